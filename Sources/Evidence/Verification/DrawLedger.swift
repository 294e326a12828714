internal import ContentAddressing
internal import ForensicTypes

/// How often each draw was attempted, and which planned draws have an answer: at most 24 bytes for each record.
struct DrawLedger {
    /// Stands for one draw of one model in one run: the first half of a SHA-256 digest.
    private struct Attempt: Comparable {
        let words: (UInt64, UInt64)

        init(_ fields: RecordFields) {
            // The length says where the first text ends: no two draws have the same bytes.
            var bytes = Array("\(fields.draw) \(fields.model.utf8.count) ".utf8)
            bytes += fields.probe.bytes
            bytes += fields.model.utf8
            bytes += fields.run.utf8
            words = SHA256Digest.of(bytes).leadingWords
        }

        static func == (left: Attempt, right: Attempt) -> Bool { left.words == right.words }

        static func < (left: Attempt, right: Attempt) -> Bool { left.words < right.words }
    }

    /// A planned draw that has an answer.
    private struct Answer: Comparable {
        let model: UInt32
        let number: UInt32

        static func < (left: Answer, right: Answer) -> Bool {
            (left.model, left.number) < (right.model, right.number)
        }
    }

    /// The planned draws; nil where the bundle does not hold the probe set itself.
    let planned: PlannedDraws?
    private var attempts: [Attempt] = []
    private var answers: [Answer] = []
    private var models: [String: UInt32] = [:]
    /// By model, how many records that went over a wire are of draws that were not planned.
    private(set) var unplanned: [String: Int] = [:]

    init(planned: PlannedDraws?, records: Int) {
        self.planned = planned
        attempts.reserveCapacity(records)
        if planned != nil { answers.reserveCapacity(records) }
    }

    /// Counts a record.
    mutating func add(_ fields: RecordFields) {
        let number = planned?.number(of: fields.probe, draw: fields.draw)
        if let number, fields.isAnswered {
            let model = models[fields.model] ?? UInt32(models.count)
            models[fields.model] = model
            answers.append(Answer(model: model, number: UInt32(number)))
        }
        guard fields.isOfWire else { return }
        attempts.append(Attempt(fields))
        if number == nil { unplanned[fields.model, default: 0] += 1 }
    }

    /// Brings the records in an order in which they can be counted, once all have come.
    mutating func sort() {
        attempts.sort()
        answers.sort()
    }

    /// How many draws were attempted more than some times in one run. The ledger has to be sorted.
    func countAttempted(moreThan limit: Int) -> Int {
        var count = 0
        var start = 0
        while start < attempts.count {
            var end = start + 1
            while end < attempts.count, attempts[end] == attempts[start] { end += 1 }
            if end - start > limit { count += 1 }
            start = end
        }
        return count
    }

    /// By model, how many planned draws have an answer. The ledger has to be sorted.
    func answeredDraws() -> [String: Int] {
        var counts = [Int](repeating: 0, count: models.count)
        for index in answers.indices where index == 0 || answers[index] != answers[index - 1] {
            counts[Int(answers[index].model)] += 1
        }
        return models.mapValues { counts[Int($0)] }
    }
}
