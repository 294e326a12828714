public import ForensicTypes

/// What selection found out about one candidate, and what became of it.
///
/// The numbers rank probes. They are no evidence about any suspect, and the lineages behind them may neither calibrate
/// nor report.
public struct CandidateScores: Sendable, Hashable {
    /// What became of a candidate.
    public enum Fate: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is in the set.
        case kept
        /// It would fit, but better candidates of its family filled the quota.
        case quota
        /// It did not fit the budget any more.
        case budget
        /// Too few of the protected model's answers could be read.
        case unreadable
        /// The protected model does not agree with itself.
        case unstable
        /// Unrelated models agree on it as much as related ones.
        case undiscriminating
        /// The protected model or every panel model did not answer it.
        case unanswered
        /// A filter on traffic would notice it by itself, or beside the probes that were chosen before it.
        case conspicuous
    }

    /// The probe.
    public let probe: Digest
    /// Its family.
    public let family: String
    /// The expected tokens of all its draws.
    public let tokens: Int
    /// The share of the protected model's answers that could be read, 0 to 1.
    public let parseRate: Double?
    /// The mean agreement of the protected model with itself on repeats, 0 to 1.
    public let stability: Double?
    /// The agreement of the answer with that to another wording of the same question, 0 to 1.
    public let paraphrase: Double?
    /// The mean agreement with honest redeployments, 0 to 1.
    public let robustness: Double?
    /// The mean agreement with known derivatives or students, 0 to 1: conferrability.
    public let conferrability: Double?
    /// By how much the protected model's most likely answer leads its second, as a difference of probabilities, 0 to 1.
    public let margin: Double?
    /// `(1 + Σ agreement) / (n + 2)` over the panel's n lineages.
    public let panelMatch: Double?
    /// The mean agreement with each lineage of the panel that answered, by its name, 0 to 1.
    public let lineageMatches: [String: Double]
    /// d′ by the rule, in standard deviations.
    public internal(set) var discrimination: Double?
    /// `f ln(f/p₀) + (1-f) ln((1-f)/(1-p₀))` in nats, with f the mean related agreement and p₀ the panel match; 0 where f ≤ p₀.
    public let information: Double?
    /// What became of it.
    public internal(set) var fate: Fate

    /// Information per thousand tokens.
    public var informationPerKilotoken: Double? { information.map { $0 / Double(max(tokens, 1)) * 1_000 } }
}
