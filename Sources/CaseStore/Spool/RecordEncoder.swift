internal import ContentAddressing
internal import ForensicTypes

/// Turns transcripts into frames.
struct RecordEncoder {
    /// Where the next frame goes.
    private(set) var position: SpoolPosition

    init(position: SpoolPosition) { self.position = position }

    /// The frame of a transcript; moves the position past it.
    ///
    /// Throws `unencodableRecord`, and then the position has not moved.
    mutating func frame(
        _ transcript: Transcript, plan: Digest?
    ) throws(CaseStoreError) -> (bytes: [UInt8], record: StoredRecord) {
        var next = position
        let parts = [("request", transcript.request), ("response", transcript.response)].map { name, bytes in
            let salt = salt()
            let length = Salt.count + bytes.count
            if next.partOffset > 0 && next.partOffset + length > SpoolFormat.partSegmentLimit {
                next.partSegment += 1
                next.partOffset = 0
            }
            defer { next.partOffset += length }
            return StoredPart(
                name: name, salt: salt, bytes: bytes, commitment: SaltedCommitment.commit(salt: salt, bytes: bytes),
                segment: next.partSegment, offset: next.partOffset)
        }
        let line = try line(of: transcript, plan: plan, sequence: next.sequence, parts: parts)
        var body = SpoolFormat.bigEndian(UInt32(line.count)) + line
        for part in parts {
            body += part.salt.bytes
            body += part.bytes
        }
        guard body.count <= SpoolFormat.bodyLimit else {
            throw CaseStoreError(
                .unencodableRecord, "a record of \(body.count) bytes exceeds the limit of \(SpoolFormat.bodyLimit)")
        }
        let frame = SpoolFormat.frame(body: body, previous: next.head)
        let record = StoredRecord(
            sequence: next.sequence, line: line, parts: parts, plan: plan, transcript: transcript)
        next.sequence += 1
        next.offset += frame.bytes.count
        next.head = frame.head
        position = next
        return (frame.bytes, record)
    }

    /// Moves to a new segment, or begins the first, and returns its header.
    mutating func startSegment() -> [UInt8] {
        if position.offset > 0 { position.segment += 1 }
        let header = SpoolFormat.header(
            ordinal: position.segment, firstSequence: position.sequence, previous: position.head)
        position.offset = header.count
        position.head = SpoolFormat.head(afterHeader: header)
        return header
    }

    private func line(
        of transcript: Transcript, plan: Digest?, sequence: Int, parts: [StoredPart]
    ) throws(CaseStoreError) -> [UInt8] {
        let connection = transcript.connection
        let isSecure = connection.tlsVersion != nil || !connection.certificates.isEmpty
        var status: Int?
        if case .http(let code) = transcript.outcome { status = code }
        let line = RecordLine(
            v: RecordLine.version, seq: sequence, run: transcript.run, planSHA256: plan,
            model: .init(
                name: transcript.model.name, role: transcript.model.role, lineage: transcript.model.lineage),
            probe: transcript.probe, rep: transcript.draw, attempt: transcript.attempt,
            started: String(transcript.startedAt), ended: String(transcript.endedAt),
            elapsed: String(transcript.elapsed), clock: .init(source: "realtime"), peer: connection.peerAddress,
            serverName: connection.serverName,
            tls: isSecure ? .init(version: connection.tlsVersion, chain: connection.certificates) : nil,
            outcome: transcript.outcome.name, status: status,
            redactions: transcript.redactions.map { .init(part: $0.part, off: $0.offset, len: $0.length) },
            parts: parts.map {
                .init(
                    name: $0.name, seg: $0.segment, off: $0.offset, len: Salt.count + $0.bytes.count,
                    commit: $0.commitment)
            },
            salt: salt().hex)
        let bytes: [UInt8]
        do {
            bytes = try CanonicalJSON.encode(line)
        } catch {
            throw CaseStoreError(.unencodableRecord, "record \(sequence) has no canonical form: \(error.message)")
        }
        guard bytes.count <= CanonicalJSON.maximumLineLength else {
            throw CaseStoreError(.unencodableRecord, "the line of record \(sequence) has \(bytes.count) bytes")
        }
        return bytes
    }

    private func salt() -> Salt {
        var words = SystemRandomNumberGenerator()
        let bytes = (0..<4).flatMap { _ in SpoolFormat.bigEndian(words.next() as UInt64) }
        return Salt(bytes: bytes) ?? Salt(using: &words)
    }
}
