internal import ContentAddressing
internal import ForensicTypes

/// Records and parts as they stream by. Lines come before segments, so every part is expected when it comes.
struct RecordInspection {
    struct Leaf {
        let sequence: Int
        let hash: Digest
        /// When the attempt began and ended, in nanoseconds since 1970.
        let started: Int64
        let ended: Int64
        /// Whether it went over a wire, and was not imported.
        let isOfWire: Bool
    }

    /// A draw that has an answer.
    struct AnsweredDraw: Hashable {
        let probe: Digest
        let draw: Int
    }

    /// A draw of one model: what an attempt is counted under.
    struct Draw: Hashable {
        let model: String
        let probe: Digest
        let draw: Int
        let run: String
    }

    private(set) var leaves: [Leaf] = []
    private(set) var tally = RecordTally()
    /// Attempts by draw.
    private(set) var attempts: [Draw: Int] = [:]
    /// By model, the draws that have an answer.
    private(set) var answered: [String: Set<AnsweredDraw>] = [:]
    /// The certificates that records name.
    private(set) var certificates: Set<Digest> = []
    /// What servers presented, and when the exchanges began.
    private(set) var presented: [PresentedChain: ExchangeTimes] = [:]
    /// By model, how many records that went over a wire bear which plan.
    private(set) var plans: [String: [Digest?: Int]] = [:]
    /// The first thing wrong with a line.
    private(set) var lineError: EvidenceError?
    private var line: [UInt8] = []

    private var parts: [RecordFields.Part] = []
    private(set) var partCount = 0
    private(set) var partProblem: String?
    private var partHasher = SHA256Hasher()
    private var partDone = 0

    /// How many parts the lines announce.
    var expectedParts: Int { parts.count }

    /// Whether every announced part has come.
    var isComplete: Bool { partCount == parts.count && partDone == 0 }

    /// Whether the last line ended with a line feed.
    var isEnded: Bool { line.isEmpty }

    mutating func readLines(_ piece: [UInt8]) {
        guard lineError == nil else { return }
        var start = piece.startIndex
        while let end = piece[start...].firstIndex(of: UInt8(ascii: "\n")) {
            if line.isEmpty {
                readLine(piece[start..<end])
            } else {
                line += piece[start..<end]
                readLine(line[...])
                line = []
            }
            if lineError != nil { return }
            start = end + 1
        }
        line += piece[start...]
        if line.count > CanonicalJSON.maximumLineLength {
            lineError = EvidenceError(.limit, "record line \(leaves.count) is longer than the format allows")
        }
    }

    private mutating func readLine(_ line: ArraySlice<UInt8>) {
        do throws(EvidenceError) {
            let fields = try RecordFields(line: line)
            guard leaves.count < BundleLayout.maximumRecords else {
                throw EvidenceError(.limit, "more than \(BundleLayout.maximumRecords) records")
            }
            leaves.append(
                Leaf(
                    sequence: fields.sequence, hash: MerkleTree.leafHash(line), started: fields.started,
                    ended: fields.ended, isOfWire: fields.outcome != "imported"))
            if fields.isAnswered {
                answered[fields.model, default: []].insert(.init(probe: fields.probe, draw: fields.draw))
            }
            certificates.formUnion(fields.certificates)
            if !fields.certificates.isEmpty { note(fields) }
            try tally.add(fields)
            parts += fields.parts
            if fields.outcome != "imported" {
                plans[fields.model, default: [:]][fields.plan, default: 0] += 1
                let draw = Draw(model: fields.model, probe: fields.probe, draw: fields.draw, run: fields.run)
                attempts[draw, default: 0] += 1
            }
        } catch {
            lineError = EvidenceError(error.code, "record line \(leaves.count): \(error.message)")
        }
    }

    private mutating func note(_ fields: RecordFields) {
        let chain = PresentedChain(
            server: ServerName(text: fields.serverName), chain: fields.certificates,
            isVerified: fields.isServerVerified)
        if presented[chain]?.add(fields.started) == nil { presented[chain] = ExchangeTimes(fields.started) }
    }

    mutating func readParts(_ piece: [UInt8]) {
        guard partProblem == nil, lineError == nil else { return }
        var rest = piece[...]
        while !rest.isEmpty {
            guard partCount < parts.count else {
                partProblem = "bytes after the last part"
                return
            }
            let part = parts[partCount]
            let taken = rest.prefix(part.length - partDone)
            guard part.masked.allSatisfy({ $0.isMasked(in: taken, at: partDone) }) else {
                partProblem = "a masked place of part \(partCount) holds something"
                return
            }
            partHasher.update(taken)
            partDone += taken.count
            rest = rest.dropFirst(taken.count)
            guard partDone == part.length else { return }
            guard partHasher.finalize() == part.commitment else {
                partProblem = "part \(partCount) does not fit its commitment"
                return
            }
            partHasher = SHA256Hasher()
            partDone = 0
            partCount += 1
        }
    }
}
