public import CaseStore
public import ContentAddressing
internal import ForensicTypes

/// A bundle that passed every mandatory check. Only the verifier makes one.
///
/// It gives the contents for an analysis that repeats what the bundle states.
public struct VerifiedBundle: Sendable {
    /// What the verifier found.
    public let report: VerificationReport
    /// What the bundle is.
    public let facts: BundleFacts
    /// The plan; nil without one.
    public let plan: SealedPlan?
    /// The probe sets and commitments.
    public let probes: [BundleDocument]
    /// Scores and verdicts.
    public let results: [BundleDocument]
    /// The tree over every record of the case.
    let tree: MerkleTree
    /// The signed statement.
    let envelope: DSSEEnvelope
    /// The signer's certificate and its issuers, in PEM; empty without one.
    let certificates: String
    /// The tokens over the statement's envelope.
    let timestamps: [StoredTimestamp]
    private let path: String

    /// Verifies a bundle and opens it.
    ///
    /// - Parameters:
    ///   - path: The bundle.
    ///   - pinned: The signer's public key, from a source other than the bundle.
    /// - Throws: `inputOutput` if it cannot be read, `signature` if a check failed; ``BundleVerifier`` says which.
    public init(path: String, pinned: VerificationKey) throws(EvidenceError) {
        try self.init(path: path, trust: VerificationTrust(key: pinned))
    }

    /// Verifies a bundle and opens it.
    ///
    /// - Parameters:
    ///   - path: The bundle.
    ///   - trust: What is pinned.
    /// - Throws: `inputOutput` if it cannot be read, `signature` if a check failed; ``BundleVerifier`` says which.
    public init(path: String, trust: VerificationTrust) throws(EvidenceError) {
        let inspection = try BundleVerifier.inspect(path: path, trust: trust, expected: nil)
        let report = inspection.report
        guard report.exitCode == 0, let facts = report.facts, let envelope = inspection.envelope else {
            let failed = report.checks.filter { $0.outcome == .failed }.map(\.subject.rawValue)
            throw EvidenceError(.signature, "the bundle is not verified: \(failed.joined(separator: ", "))")
        }
        self.path = path
        self.report = report
        self.facts = facts
        tree = MerkleTree(leafHashes: inspection.leaves)
        self.envelope = envelope
        certificates = String(decoding: inspection.documents[BundleLayout.signerCertificate] ?? [], as: UTF8.self)
        timestamps = inspection.timestamps(over: BundleLayout.collection)
        func documents(_ folder: String) -> [BundleDocument] {
            inspection.documents.filter { $0.key.hasPrefix(folder) }.sorted { $0.key < $1.key }
                .map { BundleDocument(name: String($0.key.dropFirst(folder.count)), bytes: $0.value) }
        }
        probes = documents("data/probes/")
        results = documents("data/results/")
        if let bytes = inspection.documents[BundleLayout.plan],
            let envelope = inspection.documents[BundleLayout.planEnvelope]
        {
            plan = try SealedPlan(bytes: bytes, envelope: envelope, key: inspection.signer)
        } else {
            plan = nil
        }
    }

    /// The proof that a record of the case, disclosed or not, is under the signed root. It hashes nothing: the tree is kept.
    ///
    /// - Throws: `range` if the case has no such record.
    public func inclusionProof(record sequence: Int) throws(ContentAddressingError) -> InclusionProof {
        try tree.inclusionProof(index: sequence)
    }

    /// Reads the disclosed records in order, one in memory at a time besides the lines.
    ///
    /// - Parameter visit: Is given every record.
    /// - Throws: `digest` if the file is no longer the one that was verified, `container` or `inputOutput` if it cannot be
    ///   read, and what `visit` throws.
    public func forEachRecord(_ visit: (StoredRecord) throws -> Void) throws {
        var reader = UstarReader(stream: try ArchiveStream(path: path))
        var lines: [UInt8] = []
        var ranges: [Range<Int>] = []
        var parts = PartQueue()
        while let header = try reader.nextMember() {
            switch header.path {
            case BundleLayout.records:
                lines = try Self.whole(&reader)
                var start = 0
                while let end = lines[start...].firstIndex(of: UInt8(ascii: "\n")) {
                    ranges.append(start..<end)
                    parts.expect(try RecordFields(line: lines[start..<end]))
                    start = end + 1
                }
            case _ where header.path.hasPrefix("data/segments/"):
                while true {
                    let piece = try reader.read()
                    if piece.isEmpty { break }
                    try parts.take(piece) { index, sequence, salted in
                        let line = Array(lines[ranges[index]])
                        try visit(StoredRecord(line: line, saltedParts: salted, sequence: sequence))
                    }
                }
            default: _ = try Self.whole(&reader)
            }
        }
        guard reader.digest == facts.archive else {
            throw EvidenceError(.digest, "\(path) changed after it was verified")
        }
    }

    private static func whole(_ reader: inout UstarReader) throws(EvidenceError) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let piece = try reader.read()
            if piece.isEmpty { return bytes }
            bytes += piece
        }
    }
}

/// Cuts the bytes of the segments into the parts of records.
private struct PartQueue {
    private var records: [(sequence: Int, lengths: [Int])] = []
    private var next = 0
    private var done: [[UInt8]] = []
    private var open: [UInt8] = []

    mutating func expect(_ fields: RecordFields) {
        records.append((fields.sequence, fields.parts.map(\.length)))
    }

    mutating func take(_ piece: [UInt8], _ visit: (Int, Int, [[UInt8]]) throws -> Void) throws {
        var rest = piece[...]
        while !rest.isEmpty, next < records.count {
            let record = records[next]
            if done.count < record.lengths.count {
                let taken = rest.prefix(record.lengths[done.count] - open.count)
                open += taken
                rest = rest.dropFirst(taken.count)
                guard open.count == record.lengths[done.count] else { return }
                done.append(open)
                open = []
            }
            if done.count == record.lengths.count {
                try visit(next, record.sequence, done)
                done = []
                next += 1
            }
        }
    }
}
