/// How the best candidates of a family are ordered.
public enum SelectionRule: Sendable, Hashable {
    /// By d′: the gap between related and unrelated agreement over its spread. The default, and the baseline to beat.
    case discrimination
    /// By information per token, where tokens are dear.
    case informationPerToken
    /// Greedily by d′ plus `weight` times the logarithm of what a candidate adds to the determinant of the chosen
    /// candidates' correlation over pairs of models: probes on which models agree in the same way count once.
    case diverse(weight: Double)

    /// The name in a record.
    public var name: String {
        switch self {
        case .discrimination: "discrimination"
        case .informationPerToken: "information_per_token"
        case .diverse(let weight): "diverse \(weight)"
        }
    }
}
