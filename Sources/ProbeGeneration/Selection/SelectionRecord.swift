public import ForensicTypes

/// How a set was chosen: every candidate's scores, and why it was kept or dropped.
public struct SelectionRecord: Sendable, Hashable {
    /// The rule's name; `order` where no answers were given and candidates were taken as they came.
    public let rule: String
    /// The budget.
    public let budget: ProbeBudget
    /// The lineages whose answers selection has seen: they may neither calibrate nor report.
    public let lineages: [Lineage]
    /// The models whose answers selection has seen, by name.
    public let models: [String]
    /// How often the protected model repeated itself where it should; nil where it was asked once.
    public let repeats: Repeats?
    /// The candidates, in order of their digests.
    public let candidates: [CandidateScores]

    /// Whether an endpoint gives the same answer twice at temperature 0.
    public struct Repeats: Sendable, Hashable, Codable {
        /// Candidates at temperature 0 that were answered in two runs.
        public let asked: Int
        /// Those with the same bytes in both.
        public let identical: Int

        /// States the counts.
        public init(asked: Int, identical: Int) {
            self.asked = asked
            self.identical = identical
        }
    }

    /// How many candidates met each fate, by name.
    public var counts: [CandidateScores.Fate: Int] {
        Dictionary(candidates.map { ($0.fate, 1) }, uniquingKeysWith: +)
    }
}

extension SelectionRecord: Codable {
    private enum CodingKeys: String, CodingKey { case rule, queries, tokens, lineages, models, repeats, candidates }

    /// Decodes what `encode(to:)` writes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rule = try container.decode(String.self, forKey: .rule)
        budget = ProbeBudget(
            queries: try container.decode(Int.self, forKey: .queries),
            tokens: try container.decode(Int.self, forKey: .tokens))
        lineages = try container.decode([Lineage].self, forKey: .lineages)
        models = try container.decode([String].self, forKey: .models)
        repeats = try container.decodeIfPresent(Repeats.self, forKey: .repeats)
        candidates = try container.decode([CandidateScores].self, forKey: .candidates)
    }

    /// Encodes whole numbers and strings only, for canonical JSON.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(rule, forKey: .rule)
        try container.encode(budget.queries, forKey: .queries)
        try container.encode(budget.tokens, forKey: .tokens)
        try container.encode(lineages, forKey: .lineages)
        try container.encode(models, forKey: .models)
        try container.encodeIfPresent(repeats, forKey: .repeats)
        try container.encode(candidates, forKey: .candidates)
    }
}

extension CandidateScores: Codable {
    /// Canonical JSON takes no names from outside as keys.
    private struct LineageMatch: Codable {
        let lineage: String
        let match: String
    }

    private enum CodingKeys: String, CodingKey {
        case probe, family, tokens, stability, paraphrase, robustness, conferrability, margin, discrimination
        case information, fate
        case parseRate = "parse_rate"
        case panelMatch = "panel_match"
        case lineageMatches = "lineage_matches"
    }

    /// Decodes what `encode(to:)` writes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func number(_ text: String, _ key: CodingKeys) throws -> Double {
            guard let value = Double(text), value.isFinite else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "expected a decimal number in a string")
            }
            return value
        }
        func decimal(_ key: CodingKeys) throws -> Double? {
            try container.decodeIfPresent(String.self, forKey: key).map { try number($0, key) }
        }
        probe = try container.decode(Digest.self, forKey: .probe)
        family = try container.decode(String.self, forKey: .family)
        tokens = try container.decode(Int.self, forKey: .tokens)
        parseRate = try decimal(.parseRate)
        stability = try decimal(.stability)
        paraphrase = try decimal(.paraphrase)
        robustness = try decimal(.robustness)
        conferrability = try decimal(.conferrability)
        margin = try decimal(.margin)
        panelMatch = try decimal(.panelMatch)
        lineageMatches = Dictionary(
            try (container.decodeIfPresent([LineageMatch].self, forKey: .lineageMatches) ?? []).map {
                ($0.lineage, try number($0.match, .lineageMatches))
            }, uniquingKeysWith: { first, _ in first })
        discrimination = try decimal(.discrimination)
        information = try decimal(.information)
        fate = try container.decode(Fate.self, forKey: .fate)
    }

    /// Encodes numbers as decimals of six significant digits, which is what selection itself computes with.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(probe, forKey: .probe)
        try container.encode(family, forKey: .family)
        try container.encode(tokens, forKey: .tokens)
        try container.encodeIfPresent(parseRate?.description, forKey: .parseRate)
        try container.encodeIfPresent(stability?.description, forKey: .stability)
        try container.encodeIfPresent(paraphrase?.description, forKey: .paraphrase)
        try container.encodeIfPresent(robustness?.description, forKey: .robustness)
        try container.encodeIfPresent(conferrability?.description, forKey: .conferrability)
        try container.encodeIfPresent(margin?.description, forKey: .margin)
        try container.encodeIfPresent(panelMatch?.description, forKey: .panelMatch)
        if !lineageMatches.isEmpty {
            let matches = lineageMatches.sorted { $0.key < $1.key }
            try container.encode(
                matches.map { LineageMatch(lineage: $0.key, match: $0.value.description) }, forKey: .lineageMatches)
        }
        try container.encodeIfPresent(discrimination?.description, forKey: .discrimination)
        try container.encodeIfPresent(information?.description, forKey: .information)
        try container.encode(fate, forKey: .fate)
    }
}
