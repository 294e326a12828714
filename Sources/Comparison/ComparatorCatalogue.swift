/// Every comparator that this version has.
public enum ComparatorCatalogue {
    /// The comparators, in the order of their names.
    public static let all: [any Comparator] = [
        BorderInputs(), DecisionAgreement(), ErrorConsistency(), OwnerLikelihood(), PanelNormalisedSimilarity(),
        PromptStratifiedMMD(), SmallAlphabet(), TokenAccounting(), TopLogprobDivergence(),
    ]

    /// Scores a pair with every comparator: a score, or what the comparator would need.
    public static func compareAll(_ evidence: PairEvidence) -> [Score] {
        all.map { $0.score(evidence) }
    }
}
