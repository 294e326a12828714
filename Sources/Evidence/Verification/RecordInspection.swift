internal import ContentAddressing
internal import ForensicTypes

/// Records and parts as they stream by. Lines come after the leaves and before the segments, so every line finds its leaf, and
/// every part is expected when it comes.
///
/// What is kept of a record is a few numbers in flat arrays. Whatever has a name in a line is counted, and the count is limited.
struct RecordInspection {
    /// When an attempt took place.
    struct Exchange {
        /// In nanoseconds since 1970.
        let started: Int64
        let ended: Int64
        let sequence: UInt32
        /// Whether it went over a wire, and was not imported.
        let isOfWire: Bool
    }

    /// The most lines that are read before the first of them counts.
    private static let batch = 1_024

    private(set) var exchanges: [Exchange] = []
    private(set) var tally: RecordTally
    private(set) var draws: DrawLedger
    /// By model, how many records that went over a wire do not bear the signed plan.
    private(set) var outsidePlan: [String: Int] = [:]
    /// By model, how many records were imported, so that no plan was sealed before their questions.
    private(set) var imported: [String: Int] = [:]
    /// The first thing wrong with a line.
    private(set) var lineError: EvidenceError?
    /// The first line that is not where the leaves have it.
    private(set) var leafProblem: String?
    private let plan: Digest?
    private var line: [UInt8] = []

    private var parts: PartLedger
    private(set) var partCount = 0
    private(set) var partProblem: String?
    private var partHasher = SHA256Hasher()
    private var partDone = 0

    /// Prepares for records.
    ///
    /// - Parameters:
    ///   - limits: How much there may be of everything.
    ///   - count: How many are said to come: memory is set aside for them, and not used before they come.
    ///   - plan: The plan that was signed.
    ///   - planned: The draws of its probe set, where that is known.
    init(limits: BundleLimits, expecting count: Int = 0, plan: Digest? = nil, planned: PlannedDraws? = nil) {
        let count = min(max(0, count), limits.records)
        self.plan = plan
        tally = RecordTally(limits: limits)
        draws = DrawLedger(planned: planned, records: count)
        parts = PartLedger(records: count)
        exchanges.reserveCapacity(count)
    }

    /// How many parts the lines announce.
    var expectedParts: Int { parts.count }

    /// Whether every announced part has come.
    var isComplete: Bool { partCount == parts.count && partDone == 0 }

    /// Whether the last line ended with a line feed.
    var isEnded: Bool { line.isEmpty }

    /// Takes the next bytes of the lines.
    mutating func readLines(_ piece: [UInt8], leaves: [Digest]) {
        guard lineError == nil else { return }
        var lines: [ArraySlice<UInt8>] = []
        var start = piece.startIndex
        while let end = piece[start...].firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(line.isEmpty ? piece[start..<end] : (line + piece[start..<end])[...])
            line = []
            start = end + 1
            guard lines.count == Self.batch else { continue }
            readLines(lines, leaves: leaves)
            if lineError != nil { return }
            lines = []
        }
        readLines(lines, leaves: leaves)
        if lineError != nil { return }
        line += piece[start...]
        if line.count > CanonicalJSON.maximumLineLength {
            lineError = EvidenceError(.limit, "record line \(tally.count) is longer than the format allows")
        }
    }

    /// Takes some whole lines. What one says does not depend on the others, so they are read side by side.
    private mutating func readLines(_ lines: [ArraySlice<UInt8>], leaves: [Digest]) {
        let share = 64
        let read = ConcurrentValues.map((lines.count + share - 1) / share) { part in
            lines[(part * share)..<min(lines.count, (part + 1) * share)].map { line in
                Result { () throws(EvidenceError) in
                    (fields: try RecordFields(line: line), hash: MerkleTree.leafHash(line))
                }
            }
        }
        for line in read.joined() {
            add(line, leaves: leaves)
            if lineError != nil { return }
        }
    }

    private mutating func add(
        _ line: Result<(fields: RecordFields, hash: Digest), EvidenceError>, leaves: [Digest]
    ) {
        do throws(EvidenceError) {
            let (fields, hash) = try line.get()
            compare(fields, hash: hash, with: leaves)
            try tally.add(fields)
            exchanges.append(
                Exchange(
                    started: fields.started, ended: fields.ended, sequence: UInt32(clamping: fields.sequence),
                    isOfWire: fields.isOfWire))
            draws.add(fields)
            parts.add(fields.parts)
            if !fields.isOfWire {
                imported[fields.model, default: 0] += 1
            } else if fields.plan != plan {
                outsidePlan[fields.model, default: 0] += 1
            }
        } catch {
            lineError = EvidenceError(error.code, "record line \(tally.count): \(error.message)")
        }
    }

    private mutating func compare(_ fields: RecordFields, hash: Digest, with leaves: [Digest]) {
        guard leafProblem == nil else { return }
        if let last = exchanges.last, fields.sequence <= last.sequence {
            leafProblem = "record \(fields.sequence) is out of order"
        } else if !leaves.indices.contains(fields.sequence) || leaves[fields.sequence] != hash {
            leafProblem = "record \(fields.sequence) is not the leaf that it claims to be"
        }
    }

    /// Brings what was counted in order, once all lines have come.
    mutating func finishLines() { draws.sort() }

    /// Takes the next bytes of the segments.
    mutating func readParts(_ piece: [UInt8]) {
        guard partProblem == nil, lineError == nil else { return }
        var rest = piece[...]
        while !rest.isEmpty {
            guard partCount < parts.count else {
                partProblem = "bytes after the last part"
                return
            }
            let length = parts.length(of: partCount)
            let taken = rest.prefix(length - partDone)
            guard parts.isMasked(taken, of: partCount, at: partDone) else {
                partProblem = "a masked place of part \(partCount) holds something"
                return
            }
            partHasher.update(taken)
            partDone += taken.count
            rest = rest.dropFirst(taken.count)
            guard partDone == length else { return }
            guard partHasher.finalize() == parts.commitment(of: partCount) else {
                partProblem = "part \(partCount) does not fit its commitment"
                return
            }
            partHasher = SHA256Hasher()
            partDone = 0
            partCount += 1
        }
    }
}
