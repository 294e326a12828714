/// Every comparator that this version has.
public enum ComparatorCatalogue {
    /// The comparators, in the order of their names.
    public static let all: [any Comparator] = [
        BorderInputs(), DecisionAgreement(), ErrorConsistency(), OwnerLikelihood(), PanelNormalisedSimilarity(),
        PromptStratifiedMMD(), SmallAlphabet(), TokenAccounting(), TopLogprobDivergence(),
    ]

    /// Scores a pair with every comparator: a score, or what the comparator would need.
    public static func compareAll(_ evidence: PairEvidence) -> [Score] {
        all.map { $0.scoreOrNeed(evidence) }
    }
}

extension Comparator {
    /// The score of a pair; where it cannot be computed, with what the comparator needs from the suspect as the last reason.
    func scoreOrNeed(_ evidence: PairEvidence) -> Score {
        let score = score(evidence)
        guard score.value == nil, !score.reasons.contains(where: { $0.text == requirement }) else { return score }
        return .notComputable(
            score.comparator, usableProbes: score.usableProbes,
            reasons: score.reasons + [Score.Reason(code: "needs", text: requirement)], details: score.details)
    }
}
