extension ComparatorIdentifier {
    /// Which end of a comparator's scale speaks for a common origin.
    public enum Orientation: Sendable, Hashable {
        /// Larger values: a similarity.
        case similarity
        /// Smaller values: a distance.
        case distance
    }

    /// Which end of the scale speaks for a common origin.
    public var orientation: Orientation {
        switch self {
        case .promptStratifiedMMD, .smallAlphabet, .topLogprobDivergence, .borderInputs: .distance
        case .panelNormalisedSimilarity, .decisionAgreement, .errorConsistency, .tokenAccounting, .ownerLikelihood:
            .similarity
        }
    }
}

extension Score {
    /// The value, turned so that larger means more alike; nil if there is none.
    var resemblance: Double? {
        guard let value else { return nil }
        return comparator.orientation == .similarity ? value : -value
    }
}
