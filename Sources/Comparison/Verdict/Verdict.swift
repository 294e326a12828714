public import ForensicTypes

/// What the evidence leaves standing: a set of hypotheses, the ratios, and every reason.
///
/// It holds for the population that its panel represents. It never says that something was taken, and it never gives the
/// probability of a hypothesis.
public struct Verdict: Sendable, Equatable {
    /// The kind of result.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// At least one hypothesis is excluded.
        case narrowed
        /// The collection is valid and excludes nothing.
        case inconclusive
        /// The collection is not valid enough to say anything. It clears nobody.
        case uninformative
    }

    /// The protected model's name.
    public let protected: String
    /// The suspect's name.
    public let suspect: String
    /// The kind of result.
    public let outcome: Outcome
    /// The hypotheses that the evidence does not exclude, in their order.
    public let hypotheses: [Hypothesis]
    /// The likelihood ratios, each inside its bounds.
    public let likelihoodRatios: [LikelihoodRatio]
    /// The gates, in their order.
    public let gates: [GateResult]
    /// The verdict in sentences, the most important first. A panel without siblings is the first line.
    public let sentences: [String]
    /// What would make the verdict stronger, the most useful first, each with its numbers.
    public let whatWouldStrengthen: [Score.Reason]

    /// Makes a verdict.
    public init(
        protected: String, suspect: String, outcome: Outcome, hypotheses: Set<Hypothesis>,
        likelihoodRatios: [LikelihoodRatio], gates: [GateResult], sentences: [String],
        whatWouldStrengthen: [Score.Reason]
    ) {
        self.protected = protected
        self.suspect = suspect
        self.outcome = outcome
        self.hypotheses = hypotheses.sorted()
        self.likelihoodRatios = likelihoodRatios
        self.gates = gates
        self.sentences = sentences
        self.whatWouldStrengthen = whatWouldStrengthen
    }

    /// The set as one word, for tables: `copy-or-derivative`, `inconclusive`, `uninformative`.
    public var label: String {
        outcome == .narrowed ? hypotheses.map(\.rawValue).joined(separator: "-or-") : outcome.rawValue
    }

    /// The result of a gate.
    public subscript(gate: Gate) -> GateResult? { gates.first { $0.gate == gate } }
}

extension Verdict: Codable {
    private enum CodingKeys: String, CodingKey {
        case protected, suspect, outcome, hypotheses, gates, sentences
        case likelihoodRatios = "likelihood_ratios"
        case whatWouldStrengthen = "what_would_strengthen"
    }

    /// Decodes a verdict.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            protected: try container.decode(String.self, forKey: .protected),
            suspect: try container.decode(String.self, forKey: .suspect),
            outcome: try container.decode(Outcome.self, forKey: .outcome),
            hypotheses: Set(try container.decode([Hypothesis].self, forKey: .hypotheses)),
            likelihoodRatios: try container.decode([LikelihoodRatio].self, forKey: .likelihoodRatios),
            gates: try container.decode([GateResult].self, forKey: .gates),
            sentences: try container.decode([String].self, forKey: .sentences),
            whatWouldStrengthen: try container.decode([Score.Reason].self, forKey: .whatWouldStrengthen))
    }

    /// Encodes a verdict; decimals are strings of at most six significant digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(protected, forKey: .protected)
        try container.encode(suspect, forKey: .suspect)
        try container.encode(outcome, forKey: .outcome)
        try container.encode(hypotheses, forKey: .hypotheses)
        try container.encode(likelihoodRatios, forKey: .likelihoodRatios)
        try container.encode(gates, forKey: .gates)
        try container.encode(sentences, forKey: .sentences)
        try container.encode(whatWouldStrengthen, forKey: .whatWouldStrengthen)
    }
}
