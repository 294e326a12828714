/// The name of a comparator, as results, calibrations and reports write it.
public enum ComparatorIdentifier: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Are the two samplers the same?
    case promptStratifiedMMD = "prompt-stratified-mmd"
    /// Resemblance of texts beyond what unrelated models show on the same probes.
    case panelNormalisedSimilarity = "panel-normalised-similarity"
    /// Inherited idiosyncratic decisions.
    case decisionAgreement = "decision-agreement"
    /// Shared mistakes beyond chance.
    case errorConsistency = "error-consistency"
    /// Equal prompt token counts.
    case tokenAccounting = "token-accounting"
    /// Equal distributions over small alphabets.
    case smallAlphabet = "small-alphabet"
    /// The same law of the next token.
    case topLogprobDivergence = "top-logprob-divergence"
    /// Exact copy, or a change of weights or stack.
    case borderInputs = "border-inputs"
    /// Text that looks drawn from the owner's model.
    case ownerLikelihood = "owner-likelihood"

    /// The order of the names.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
