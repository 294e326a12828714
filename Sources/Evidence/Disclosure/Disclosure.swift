internal import CaseStore
public import ContentAddressing
public import struct ForensicTypes.Digest

/// One record taken out of a bundle, with the proof that it belongs to the signed tree; everything else stays sealed.
///
/// It is a file of canonical JSON. Bytes of the wire stand in it as base64. What is not disclosed is known by its salted
/// digest alone, so a response can be shown without the probe that drew it, and the existence of a record without its line.
public struct Disclosure: Sendable, Equatable {
    /// How much of a record is shown.
    public enum Grade: Sendable, Hashable {
        /// That it exists: its place and its leaf hash.
        case proof
        /// Also its line: who was asked when, and how it ended.
        case line
        /// Also the bytes of these parts, by name.
        case parts(Set<String>)
    }

    /// A part of the record.
    public struct Part: Sendable, Equatable {
        /// What the bytes are: `request` or `response`.
        public let name: String
        /// The bytes as they went over the wire, secrets masked; nil where they stay sealed.
        public let bytes: [UInt8]?
    }

    /// The leaf hash of the record.
    public let leaf: Digest
    /// The record's line; nil where it stays sealed.
    public let line: [UInt8]?
    /// Where the record stands in the tree.
    public let proof: InclusionProof
    /// The signed statement with the tree's root.
    public let envelope: DSSEEnvelope
    /// The signer's certificate and its issuers, in PEM; empty without one.
    public let certificates: String
    /// The tokens over the statement's envelope.
    public let timestamps: [StoredTimestamp]
    /// What was checked of the certificate and of the time stamps, or why not; empty for a disclosure that was just made.
    public internal(set) var checks: [Check] = []
    /// The salted parts in the order of the line, nil where they stay sealed; empty without a line.
    let salted: [[UInt8]?]

    /// Takes a record out of a verified bundle. The proof alone needs no reading of the file.
    ///
    /// - Parameters:
    ///   - sequence: The record's number in the case.
    ///   - grade: How much is shown.
    /// - Throws: `contents` if the bundle does not hold the record or a part of this name, and what reading it throws.
    public init(record sequence: Int, grade: Grade, from bundle: VerifiedBundle) throws {
        guard bundle.tree.leafHashes.indices.contains(sequence) else {
            throw EvidenceError(.contents, "the case has no record \(sequence); its last is \(bundle.tree.count - 1)")
        }
        leaf = bundle.tree.leafHashes[sequence]
        proof = try bundle.tree.inclusionProof(index: sequence)
        envelope = bundle.envelope
        certificates = bundle.certificates
        timestamps = bundle.timestamps
        guard grade != .proof else {
            line = nil
            salted = []
            return
        }
        var found: StoredRecord?
        try bundle.forEachRecord { if $0.sequence == sequence { found = $0 } }
        guard let record = found else {
            throw EvidenceError(
                .contents, "record \(sequence) is withheld from the bundle; only its proof can be shown")
        }
        line = record.line
        guard case .parts(let names) = grade else {
            salted = record.parts.map { _ in nil }
            return
        }
        if let strange = names.subtracting(record.parts.map(\.name)).min() {
            throw EvidenceError(.contents, "record \(sequence) has no part \(strange)")
        }
        salted = record.parts.map { names.contains($0.name) ? $0.saltedBytes : nil }
    }

    init(
        leaf: Digest, line: [UInt8]?, proof: InclusionProof, envelope: DSSEEnvelope, certificates: String,
        timestamps: [StoredTimestamp], salted: [[UInt8]?]
    ) {
        self.leaf = leaf
        self.line = line
        self.proof = proof
        self.envelope = envelope
        self.certificates = certificates
        self.timestamps = timestamps
        self.salted = salted
    }

    /// Two disclosures are equal if their files are.
    public static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }

    /// The parts, in the order of the line; empty without a line.
    public var parts: [Part] {
        guard let line else { return [] }
        let names = (try? CanonicalJSON.parse(line))?["parts"]?.elements?.map { $0["name"]?.text ?? "" } ?? []
        return zip(names, salted).map { Part(name: $0, bytes: $1.map { Array($0.dropFirst(Salt.count)) }) }
    }
}
