internal import ContentAddressing
internal import ForensicTypes

/// How often each draw was attempted, and which planned draws have an answer: at most 24 bytes for each record.
struct DrawLedger {
    /// Stands for one draw of one model, in whatever run: the first half of a SHA-256 digest.
    private struct Attempt: Comparable {
        let words: (UInt64, UInt64)

        init(_ fields: RecordFields) {
            // The number ends with a blank and the digest has one length: no two draws have the same bytes.
            var bytes = Array("\(fields.draw) ".utf8)
            bytes += fields.probe.bytes
            bytes += fields.model.utf8
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
    /// By model, how many records are of draws that were not planned.
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
        if number == nil { unplanned[fields.model, default: 0] += 1 }
        if fields.isOfWire { attempts.append(Attempt(fields)) }
    }

    /// Brings the records in an order in which they can be counted, once all have come.
    mutating func sort() {
        attempts.sort()
        answers.sort()
    }

    /// How many draws were attempted more than some times, in all runs together. The ledger has to be sorted.
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

    /// By model, how many planned draws have an answer, and how many of them have several. The ledger has to be sorted.
    func answeredDraws() -> [String: (once: Int, again: Int)] {
        var counts = [(once: Int, again: Int)](repeating: (0, 0), count: models.count)
        for (index, answer) in answers.enumerated() {
            let isSame = index > 0 && answers[index - 1] == answer
            if !isSame { counts[Int(answer.model)].once += 1 }
            let isThird = index > 1 && answers[index - 2] == answer
            if isSame, !isThird { counts[Int(answer.model)].again += 1 }
        }
        return models.mapValues { counts[Int($0)] }
    }
}
