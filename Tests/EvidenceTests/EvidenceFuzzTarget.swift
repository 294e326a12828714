import CaseStore
import ContentAddressing
import Evidence
import ForensicTypes

/// What is fuzzed of evidence: each target reads bytes and fails by crashing. `Tools/Fuzz` feeds it made-up inputs, the tests replay
/// those that were kept.
enum EvidenceFuzzTarget: String, CaseIterable {
    /// Canonical JSON.
    case canonical
    /// Signed envelopes, and the statements in them.
    case envelope
    /// Answers of time-stamp authorities, questions to them, and what an answer states.
    case token
    /// Certificates, one in DER or several in PEM, and the way from the first to a root.
    case certificate
    /// Checkpoint notes.
    case note
    /// Disclosures of one record.
    case disclosure
    /// Plans, registers of plans and custody logs.
    case history
    /// A record's line with its parts.
    case record
    /// A segment of a spool.
    case spool
    /// A file that is taken for a bundle: the coat and the archive's headers.
    case container
    /// An archive put together from the input, so that its headers fit.
    case tape
    /// A bundle with one file of the input, signed again so that every later check is reached.
    case bundle

    func run(_ bytes: [UInt8], on ground: FuzzGround) {
        switch self {
        case .canonical: Self.canonical(bytes)
        case .envelope: Self.envelope(bytes, on: ground)
        case .token: Self.token(bytes, on: ground)
        case .certificate: Self.certificate(bytes, on: ground)
        case .note: Self.note(bytes, on: ground)
        case .disclosure: Self.disclosure(bytes, on: ground)
        case .history: Self.history(bytes)
        case .record: Self.record(bytes)
        case .spool: Self.spool(bytes, on: ground)
        case .container: Self.verify(bytes, on: ground, isSigned: false)
        case .tape: Self.tape(bytes, on: ground)
        case .bundle: Self.bundle(bytes, on: ground)
        }
    }

    private static func canonical(_ bytes: [UInt8]) {
        guard let value = try? CanonicalJSON.parse(bytes) else { return }
        precondition(CanonicalJSON.encode(value) == bytes)
        precondition((try? CanonicalJSON.decode(JSONValue.self, from: bytes)) == value)
    }

    private static func envelope(_ bytes: [UInt8], on ground: FuzzGround) {
        _ = try? Statement<CollectionPredicate>(payload: bytes, type: .collection)
        _ = try? Statement<HandoverStatement>(payload: bytes, type: .handover)
        guard let envelope = try? DSSEEnvelope(bytes: bytes) else { return }
        precondition(envelope.bytes == bytes)
        _ = try? envelope.verifiedPayload(key: ground.key.verificationKey)
        _ = try? Statement<CollectionPredicate>(payload: envelope.payload, type: .collection)
    }

    private static func token(_ bytes: [UInt8], on ground: FuzzGround) {
        if let query = try? TimestampQuery(der: bytes) { precondition(query.der == bytes) }
        if let info = try? TimestampInfo(der: bytes) { precondition(info.time >= 0) }
        if let stored = try? TimestampToken.stored(answer: bytes) {
            precondition((try? TimestampToken.stored(answer: stored)) == stored)
        }
        guard let token = try? TimestampToken(response: bytes) else { return }
        // Every byte of a token that is accepted is the authority's word or has one spelling.
        precondition((try? TimestampToken.stored(answer: bytes)) == bytes)
        let query = TimestampQuery(imprint: token.imprint)
        try? token.verify(imprint: token.imprint, query: query, roots: ground.trust.timestampRoots, now: .max / 2)
    }

    private static func certificate(_ bytes: [UInt8], on ground: FuzzGround) {
        let found =
            if bytes.starts(with: "-".utf8) {
                (try? X509Certificate.decode(pem: String(decoding: bytes, as: UTF8.self))) ?? []
            } else {
                [try? X509Certificate(der: bytes)].compactMap { $0 }
            }
        for certificate in found {
            _ = (certificate.subject, certificate.issuer, certificate.fingerprint, try? certificate.verificationKey())
            precondition((try? X509Certificate.decode(pem: certificate.pem)) == [certificate])
            for time in [certificate.notBefore, certificate.notAfter, .max, .min] {
                _ = certificate.leads(to: ground.trust.roots + found, among: found, at: time)
            }
        }
    }

    private static func note(_ bytes: [UInt8], on ground: FuzzGround) {
        guard let checkpoint = try? Checkpoint(note: bytes) else { return }
        precondition(checkpoint.note == bytes && checkpoint.size > 0 && checkpoint.time > 0)
        _ = checkpoint.isSigned(by: ground.key.verificationKey)
    }

    private static func disclosure(_ bytes: [UInt8], on ground: FuzzGround) {
        for trust in [ground.trust, VerificationTrust(key: ground.key.verificationKey, now: ground.trust.now)] {
            guard let disclosure = try? Disclosure(bytes: bytes, trust: trust) else { continue }
            precondition(disclosure.bytes == bytes)
            _ = disclosure.parts
        }
    }

    private static func history(_ bytes: [UInt8]) {
        if let register = try? PlanRegister(bytes: bytes) { precondition(register.bytes == bytes) }
        if let log = try? CustodyLog(bytes: bytes) {
            precondition(log.lines.reduce(0) { $0 + $1.count + 1 } == bytes.count)
        }
        if let plan = try? Plan(bytes: bytes), let again = try? CanonicalJSON.encode(plan) {
            precondition((try? Plan(bytes: again)) == plan)
        }
    }

    /// The line, a line feed, then the parts one after the other. It is read as it is, and with commitments that fit.
    private static func record(_ bytes: [UInt8]) {
        let line = Array(bytes.prefix { $0 != 0x0A })
        var rest = bytes.dropFirst(line.count + 1)
        guard case .object(var members)? = try? CanonicalJSON.parse(line), let parts = members["parts"]?.elements else {
            // The fast reader of lines takes nothing that the strict one refuses.
            return precondition((try? StoredRecord(line: line, saltedParts: [], sequence: 0)) == nil)
        }
        var salted: [[UInt8]] = []
        let fitting = parts.map { part -> JSONValue in
            let length = min(max(0, Int(part["len"]?.number ?? 0)), rest.count)
            salted.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
            guard case .object(var fields) = part, let last = salted.last else { return part }
            fields["commit"] = .string(SHA256Digest.of(last).hex)
            return .object(fields)
        }
        members["parts"] = .array(fitting)
        let sequence = Int(members["seq"]?.number ?? 0)
        for line in [line, CanonicalJSON.encode(.object(members))] {
            guard let record = try? StoredRecord(line: line, saltedParts: salted, sequence: sequence) else { continue }
            precondition(record.sequence == sequence && record.line == line)
        }
    }

    /// The input as a segment, and as the frames of one: lengths and bodies, to which the header and the chain are made to fit.
    private static func spool(_ bytes: [UInt8], on ground: FuzzGround) {
        var fitting = Array("whorl spool v1\n\0".utf8) + [UInt8](repeating: 0, count: 48)
        var (head, rest, frames) = (SHA256Digest.of(fitting), bytes[...], 0)
        while rest.count > 4 {
            let length = Int(rest.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
            guard length <= rest.count - 4 else { break }
            let frame = rest.prefix(4 + length)
            head = SHA256Digest.of(head.bytes + frame)
            fitting += frame + head.bytes
            rest = rest.dropFirst(frame.count)
            frames += 1
        }
        for segment in [bytes, fitting, fitting + rest] {
            guard ground.write(segment, to: ground.caseFolder + "/spool/000000.spool") else { return }
            guard let found = try? CaseStore.verifiedPrefix(at: ground.caseFolder) else { continue }
            precondition(found.records <= frames || segment == bytes)
            precondition(found.isComplete == (found.records == frames && rest.isEmpty) || segment != fitting + rest)
        }
    }
}
