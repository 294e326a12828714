/// The part of the reference population that a model belongs to.
///
/// A null distribution is valid for its own stratum only (Mondrian conformal prediction: Vovk, Gammerman and Shafer,
/// *Algorithmic Learning in a Random World*, 2005, section 4.5). Models that share data with the protected model resemble it
/// more than unrelated ones do, and its siblings resemble it most.
public enum Stratum: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Neither data, base nor owner in common with the protected model.
    case unrelated
    /// Trained on data that the protected model, or its teacher, was trained on or produced.
    case sameData = "same_data"
    /// From the same pretrained checkpoint by other hands.
    case sameBase = "same_base"
    /// Another model of the same owner or series.
    case sibling

    /// The order of the cases, from the least related to the most.
    public static func < (left: Stratum, right: Stratum) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .unrelated: 0
        case .sameData: 1
        case .sameBase: 2
        case .sibling: 3
        }
    }
}
