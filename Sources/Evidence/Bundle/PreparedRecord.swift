internal import ContentAddressing
internal import ForensicTypes

/// A record whose line was read and whose parts fit: everything about it that does not depend on the records before it.
struct PreparedRecord: Sendable {
    let record: BundleRecord
    let leafHash: Digest
    /// What the line says; nil for a record that is withheld.
    let fields: RecordFields?

    /// Reads a record.
    ///
    /// - Throws: `canonical`, `limit` or `version` for a line that cannot be sealed, `digest` if a part does not fit its commitment.
    init(_ record: BundleRecord) throws(EvidenceError) {
        self.record = record
        leafHash = MerkleTree.leafHash(record.line)
        guard let parts = record.parts else {
            fields = nil
            return
        }
        let fields = try RecordFields(line: record.line)
        guard fields.parts.count == parts.count,
            zip(fields.parts, parts).allSatisfy({
                $0.length == $1.count && $0.commitment == SHA256Digest.of($1)
            })
        else {
            throw EvidenceError(.digest, "the parts of record \(fields.sequence) do not fit their commitments")
        }
        self.fields = fields
    }
}

/// Prepares records beside each other, and gives them on in their order.
struct RecordPreparation {
    private static let batch = 64
    private static let batchBytes = 1 << 20

    private let width: Int
    private let add: (PreparedRecord) throws(EvidenceError) -> Void
    private var records: [BundleRecord] = []
    private var bytes = 0
    private var tasks: [Task<[PreparedRecord], any Error>] = []

    /// - Parameters:
    ///   - width: How many batches are prepared at a time, from 1.
    ///   - add: Takes the records in their order.
    init(width: Int, add: @escaping (PreparedRecord) throws(EvidenceError) -> Void) {
        self.width = width
        self.add = add
    }

    /// Takes the next record.
    mutating func take(_ record: BundleRecord) async throws {
        records.append(record)
        bytes += record.line.count + (record.parts ?? []).reduce(0) { $0 + $1.count }
        if records.count == Self.batch || bytes > Self.batchBytes { try await start() }
    }

    /// Gives on what is left.
    mutating func finish() async throws {
        try await start()
        while !tasks.isEmpty { try await giveOn() }
    }

    private mutating func start() async throws {
        while tasks.count >= width { try await giveOn() }
        let batch = records
        tasks.append(Task { try batch.map { try PreparedRecord($0) } })
        records = []
        bytes = 0
    }

    private mutating func giveOn() async throws {
        for record in try await tasks.removeFirst().value { try add(record) }
    }
}
