/// One way of seeing how alike the answers of two models are, over a whole population.
enum PairView: Int, Sendable, Hashable, CaseIterable {
    /// Character 4-grams of the first 600 scalars.
    case characters
    /// Character 4-grams of the first 200 scalars.
    case openingCharacters
    /// Word 3-grams.
    case wordTriples
    /// Word 5-grams.
    case wordQuintuples
    /// Words and word pairs, hashed, less the mean answer.
    case panelResidual
    /// Minus the summed differences of the logarithmic counts of nine marks: line breaks, bullets, headings, punctuation.
    case format
    /// The logarithm of the number of words that two answers begin with in common.
    case commonPrefix
    /// The share of equal positions among the first 100 scalars.
    case alignedOpening

    /// The views whose mean over probes is a kernel: an inner product of unit vectors. They carry the lineage score.
    static let kernels: [PairView] = [.characters, .openingCharacters, .wordTriples, .wordQuintuples, .panelResidual]
}
