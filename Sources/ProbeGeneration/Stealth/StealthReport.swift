public import ForensicTypes

/// What simple filters flag in a set of probes.
public struct StealthReport: Sendable, Hashable, Encodable {
    /// The counts of some probes.
    public struct Counts: Sendable, Hashable, Encodable {
        /// How many probes there are.
        public internal(set) var probes = 0
        /// How many a perplexity filter flags.
        public internal(set) var perplexity = 0
        /// How many a template filter flags.
        public internal(set) var template = 0
        /// How many at least one of both flags.
        public internal(set) var either = 0

        /// The share that at least one filter flags, 0 to 1.
        public var share: Double { probes == 0 ? 0 : Double(either) / Double(probes) }
    }

    /// The share of ordinary text that each filter flags.
    public let level: Double
    /// How many sentences of ordinary text the filters were set by.
    public let ordinaryTexts: Int
    /// All probes.
    public let all: Counts
    /// By family.
    public let families: [String: Counts]

    private enum CodingKeys: String, CodingKey {
        case level, all, families
        case ordinaryTexts = "ordinary_texts"
    }

    /// Examines probes.
    ///
    /// The text of a probe is its raw prompt or its last message: system messages belong to the deployer.
    public init(_ probes: [IdentifiedProbe], detectors: TrafficDetectors) {
        level = detectors.level
        ordinaryTexts = detectors.ordinaryTexts
        let texts = probes.map { Self.text(of: $0.probe) }
        var all = Counts()
        var families: [String: Counts] = [:]
        for (probe, flags) in zip(probes, detectors.flags(texts)) {
            var counts = families[probe.probe.family] ?? Counts()
            counts.add(flags)
            families[probe.probe.family] = counts
            all.add(flags)
        }
        self.all = all
        self.families = families
    }

    /// What a filter sees of a probe.
    static func text(of probe: Probe) -> [UInt8] {
        switch probe.prompt {
        case .raw(let text): Array(text.utf8)
        case .chat(let messages): Array((messages.last?.content ?? "").utf8)
        }
    }
}

extension StealthReport.Counts {
    mutating func add(_ flags: (perplexity: Bool, template: Bool)) {
        probes += 1
        if flags.perplexity { perplexity += 1 }
        if flags.template { template += 1 }
        if flags.perplexity || flags.template { either += 1 }
    }
}
