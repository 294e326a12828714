/// How the best candidates of a family are ordered.
public enum SelectionRule: Sendable, Hashable {
    /// By d′ with a moderated variance. The default: it does best on lineages that selection has not seen.
    case moderatedDiscrimination
    /// By plain d′: the gap between related and unrelated agreement over its spread. The baseline to beat.
    case discrimination
    /// By information per token, where tokens are dear.
    case informationPerToken
    /// Greedily by moderated d′ plus `weight` times the logarithm of what a candidate adds to the determinant of the chosen
    /// candidates' correlation over pairs of lineages: probes on which models agree in the same way count once.
    case diverse(weight: Double)
    /// The same with information in place of d′.
    case diverseInformation(weight: Double)

    /// The name in a record.
    public var name: String {
        switch self {
        case .moderatedDiscrimination: "moderated_discrimination"
        case .discrimination: "discrimination"
        case .informationPerToken: "information_per_token"
        case .diverse(let weight): "diverse \(weight)"
        case .diverseInformation(let weight): "diverse_information \(weight)"
        }
    }

    /// What the mean variance of all candidates weighs beside a candidate's own in d′.
    var moderation: Double {
        if case .discrimination = self { 0 } else { 0.3 }
    }
}
