internal import CaseStore
public import ContentAddressing
internal import ForensicTypes

/// One record taken out of a bundle, with the proof that it belongs to the signed tree; everything else stays sealed.
///
/// It is a file of canonical JSON. Bytes of the wire stand in it as base64. A part that is not disclosed is known by its
/// salted commitment alone, so a response can be shown without the probe that drew it.
public struct Disclosure: Sendable, Equatable {
    /// A part of the record.
    public struct Part: Sendable, Equatable {
        /// What the bytes are: `request` or `response`.
        public let name: String
        /// The bytes as they went over the wire, secrets masked; nil where they stay sealed.
        public let bytes: [UInt8]?
    }

    /// The record's line.
    public let line: [UInt8]
    /// Where the record stands in the tree.
    public let proof: InclusionProof
    /// The signed statement with the tree's root.
    public let envelope: DSSEEnvelope
    /// The salted parts in the order of the line, nil where they stay sealed.
    private let salted: [[UInt8]?]

    /// Takes a record out of a verified bundle.
    ///
    /// - Parameters:
    ///   - sequence: The record's number.
    ///   - parts: The names of the parts to disclose; the others stay sealed.
    /// - Throws: `contents` if the bundle does not hold the record, and what reading it throws.
    public init(record sequence: Int, parts: Set<String>, from bundle: VerifiedBundle) throws {
        var found: StoredRecord?
        try bundle.forEachRecord { if $0.sequence == sequence { found = $0 } }
        guard let record = found, (0..<bundle.tree.count).contains(sequence) else {
            throw EvidenceError(.contents, "the bundle does not disclose a record \(sequence)")
        }
        self.line = record.line
        self.proof = try bundle.inclusionProof(record: sequence)
        self.envelope = bundle.envelope
        self.salted = record.parts.map { parts.contains($0.name) ? $0.saltedBytes : nil }
    }

    /// The file's bytes.
    public var bytes: [UInt8] {
        CanonicalJSON.encode(
            .object([
                "v": .integer(1), "line": .string(String(decoding: line, as: UTF8.self)),
                "index": .integer(Int64(proof.index)), "size": .integer(Int64(proof.size)),
                "path": .array(proof.path.map { .string($0.hex) }),
                "envelope": .string(String(decoding: envelope.bytes, as: UTF8.self)),
                "parts": .array(salted.map { part in part.map { .string(Base64.encode($0)) } ?? .null }),
            ]))
    }

    /// Reads a file and checks it against a key that did not come with it.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - pinned: The signer's public key.
    /// - Throws: `canonical`, `signature`, `version`; `digest` if the record is not under the signed root or a part does not
    ///   fit its commitment.
    public init(bytes: [UInt8], pinned: VerificationKey) throws(EvidenceError) {
        guard let value = try? CanonicalJSON.parse(bytes), let line = value["line"]?.text,
            let index = value["index"]?.number, let size = value["size"]?.number, let path = value["path"]?.elements,
            let envelope = value["envelope"]?.text, let parts = value["parts"]?.elements
        else { throw EvidenceError(.canonical, "the file is no canonical disclosure") }
        guard value["v"]?.number == 1 else { throw EvidenceError(.version, "a disclosure of an unknown version") }
        let siblings = path.compactMap { $0.text.flatMap { Digest(hex: $0) } }
        guard siblings.count == path.count else { throw EvidenceError(.canonical, "the path holds no digests") }
        self.line = Array(line.utf8)
        self.proof = InclusionProof(index: Int(index), size: Int(size), path: siblings)
        self.envelope = try DSSEEnvelope(bytes: Array(envelope.utf8))
        var salted: [[UInt8]?] = []
        for part in parts {
            if part == .null {
                salted.append(nil)
            } else {
                guard let bytes = part.text.flatMap({ Base64.decode($0) }) else {
                    throw EvidenceError(.canonical, "a part is not in standard base64")
                }
                salted.append(bytes)
            }
        }
        self.salted = salted
        try check(pinned: pinned)
    }

    private func check(pinned: VerificationKey) throws(EvidenceError) {
        let statement = try Statement<CollectionPredicate>(
            payload: try envelope.verifiedPayload(key: pinned), type: .collection)
        guard statement.predicate.v == 1, statement.predicate.crit.isEmpty else {
            throw EvidenceError(.version, "the statement is of an unknown version")
        }
        let fields = try RecordFields(line: line)
        guard fields.sequence == proof.index, proof.size == statement.predicate.merkle.size,
            proof.verify(leafHash: MerkleTree.leafHash(line), root: statement.predicate.merkle.root)
        else { throw EvidenceError(.digest, "the record is not under the signed root") }
        guard fields.parts.count == salted.count,
            zip(fields.parts, salted).allSatisfy({ field, part in
                part.map { $0.count == field.length && SHA256Digest.of($0) == field.commitment } ?? true
            })
        else { throw EvidenceError(.digest, "a part does not fit its commitment") }
    }

    /// The parts, in the order of the line.
    public var parts: [Part] {
        let names = (try? CanonicalJSON.parse(line))?["parts"]?.elements?.map { $0["name"]?.text ?? "" } ?? []
        return zip(names, salted).map { Part(name: $0, bytes: $1.map { Array($0.dropFirst(Salt.count)) }) }
    }
}
