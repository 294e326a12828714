/// One way of seeing how alike two answers to the same probe are.
public enum SimilarityView: String, Sendable, Hashable, Codable, CaseIterable {
    /// Cosine of character 4-grams of the first 600 scalars, weighed by rarity among the answers to the same probe.
    case openingCharacters = "opening_characters"
    /// Cosine of word 5-grams, weighed by rarity among the answers to the same probe.
    case wordSequences = "word_sequences"
    /// Cosine of what is left of the hashed character 4-grams when the mean answer to the same probe is taken off.
    case panelResidual = "panel_residual"

    /// Which parts of the levels of one's own and the other end ``SymmetricNormalisation`` takes off.
    var levelWeights: (own: Double, other: Double) {
        switch self {
        case .openingCharacters, .wordSequences: (1, 0.5)
        case .panelResidual: (0, 0)
        }
    }

    /// The position of the view among all views.
    var index: Int {
        switch self {
        case .openingCharacters: 0
        case .wordSequences: 1
        case .panelResidual: 2
        }
    }
}
