internal import ContentAddressing
internal import ForensicTypes

extension RecordLine {
    /// The line of a transcript.
    init(_ transcript: Transcript, plan: Digest?, sequence: Int, parts: [StoredPart], salt: Salt) {
        let connection = transcript.connection
        v = Self.version
        seq = sequence
        run = transcript.run
        planSHA256 = plan
        model = Model(
            name: transcript.model.name, role: transcript.model.role, lineage: transcript.model.lineage)
        probe = transcript.probe
        rep = transcript.draw
        attempt = transcript.attempt
        started = String(transcript.startedAt)
        ended = String(transcript.endedAt)
        elapsed = String(transcript.elapsed)
        clock = Clock(source: "realtime")
        peer = connection.peerAddress
        serverName = connection.serverName
        conn = connection.connection.map { Shared(id: $0, n: connection.exchange ?? 0) }
        tls = Secure(connection)
        outcome = transcript.outcome.name
        status = transcript.outcome.status
        limit = transcript.limit
        redactions = transcript.redactions.map {
            Masked(
                part: $0.part, off: $0.offset, len: $0.length, why: $0.reason, salt: $0.commitment?.salt,
                commit: $0.commitment?.digest)
        }
        self.parts = parts.map {
            Part(
                name: $0.name, seg: $0.segment, off: $0.offset, len: Salt.count + $0.bytes.count,
                commit: $0.commitment)
        }
        self.salt = salt.hex
    }

    /// The transcript of a line; nil where a field is out of range.
    func transcript(parts: [StoredPart]) -> Transcript? {
        guard let started = Int64(started), let ended = Int64(ended), let elapsed = Int64(elapsed),
            let outcome = AttemptOutcome(name: outcome, status: status)
        else { return nil }
        func bytes(_ name: String) -> [UInt8] { parts.first { $0.name == name }?.bytes ?? [] }
        return Transcript(
            run: run, model: ModelIdentity(name: model.name, role: model.role, lineage: model.lineage), probe: probe,
            draw: rep, attempt: attempt, startedAt: started, endedAt: ended, elapsed: elapsed, connection: connection,
            outcome: outcome, request: bytes("request"), response: bytes("response"),
            redactions: redactions.map(\.redaction), limit: limit)
    }

    private var connection: ConnectionFacts {
        ConnectionFacts(
            peerAddress: peer, serverName: serverName, tlsVersion: tls?.version, tlsCipher: tls?.cipher,
            applicationProtocol: tls?.alpn, verification: tls?.verify, certificates: tls?.chain ?? [],
            connection: conn?.id, exchange: conn?.n)
    }
}

extension RecordLine.Secure {
    init?(_ connection: ConnectionFacts) {
        let isSecure =
            connection.tlsVersion != nil || connection.tlsCipher != nil || connection.verification != nil
            || !connection.certificates.isEmpty
        guard isSecure else { return nil }
        version = connection.tlsVersion
        cipher = connection.tlsCipher
        alpn = connection.applicationProtocol
        verify = connection.verification
        chain = connection.certificates
    }
}

extension RecordLine.Masked {
    var redaction: Redaction {
        let commitment = salt.flatMap { salt in commit.map { SecretCommitment(salt: salt, digest: $0) } }
        return Redaction(part: part, offset: off, length: len, reason: why, commitment: commitment)
    }
}
