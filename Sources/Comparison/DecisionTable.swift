internal import Features
internal import ForensicTypes

/// What each model decided on each probe that asks for a decision.
struct DecisionTable {
    /// A probe that asks for a decision.
    struct Item {
        /// The probe.
        let id: Digest
        /// The correct decision, where there is one.
        let gold: Decision?
        /// The number of options, where the probe shows them.
        let options: Int?
        /// Reads the answers.
        let parser: DecisionParser
    }

    /// The probes that ask for a decision.
    let items: [Item]

    /// Collects the probes. An open answer counts only where the probe has a correct one: other texts are not decisions.
    init(_ probes: [IdentifiedProbe]) {
        self.items = probes.compactMap { probe in
            let parser = DecisionParser(probe: probe.probe)
            let gold = parser.gold(of: probe.probe)
            switch probe.probe.reading {
            case .choice(let options): return Item(id: probe.id, gold: gold, options: options.count, parser: parser)
            case .number, .integerList: return Item(id: probe.id, gold: gold, options: nil, parser: parser)
            case .text where gold != nil: return Item(id: probe.id, gold: gold, options: nil, parser: parser)
            case .text, .nextToken, .promptTokens: return nil
            }
        }
    }

    /// A model's decisions over its draws, by item: shares that sum to 1, or nil where no draw can be read.
    func shares(of responses: ResponseSet) -> [[Decision: Double]?] {
        items.map { item in
            let read = (responses.completions[item.id] ?? []).compactMap { item.parser.parse($0.text).decision }
            guard !read.isEmpty else { return nil }
            return Dictionary(grouping: read) { $0 }.mapValues { Double($0.count) / Double(read.count) }
        }
    }

    /// A model's settled decisions, by item: the one with at least three quarters of the readable draws, or nil.
    func settled(of responses: ResponseSet) -> [Decision?] {
        shares(of: responses).map { shares in shares?.first { $0.value >= 0.75 }?.key }
    }

    /// How many answers were there, and how many of them could be read.
    func readability(of responses: ResponseSet) -> (answers: Int, read: Int) {
        var answers = 0
        var read = 0
        for item in items {
            for completion in responses.completions[item.id] ?? [] {
                answers += 1
                if item.parser.parse(completion.text).decision != nil { read += 1 }
            }
        }
        return (answers, read)
    }
}
