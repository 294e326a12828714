public import Comparison

/// What a comparator is called and what it reads, for people who do not know it.
public enum ComparatorText {
    /// The name in words.
    public static func name(_ comparator: ComparatorIdentifier) -> String {
        switch comparator {
        case .promptStratifiedMMD: "two-sample test inside prompts"
        case .topLogprobDivergence: "divergence of next-token probabilities"
        default: comparator.rawValue.replacing("-", with: " ")
        }
    }

    /// One sentence: what is read, and which end of the scale speaks for a common origin.
    public static func explanation(_ comparator: ComparatorIdentifier) -> String {
        let end = comparator.orientation == .similarity ? "Larger is more alike." : "Smaller is more alike."
        let what =
            switch comparator {
            case .promptStratifiedMMD: "How far apart repeated answers to the same prompt lie."
            case .panelNormalisedSimilarity:
                "How much more alike the texts are than those of unrelated models on the same probes."
            case .decisionAgreement: "Choices and numbers that both give and few other models do."
            case .errorConsistency: "Mistakes that both make, beyond what their accuracy leads one to expect."
            case .tokenAccounting: "Whether the servers count the tokens of the same text alike."
            case .smallAlphabet: "Whether forced small choices fall in the same proportions."
            case .topLogprobDivergence: "How far apart the stated probabilities of the next token lie."
            case .borderInputs: "Whether answers at the brink between two tokens tip the same way."
            case .ownerLikelihood: "How probable the suspect's text is under the owner's model."
            }
        return what + " " + end
    }
}
