/// How the best candidates of a family are ordered.
public enum SelectionRule: Sendable, Hashable {
    /// By d′ of what a candidate adds to the partial correlation of two models, with a moderated variance. The default: it does
    /// best on lineages that selection has not seen. Candidates that are not compared as texts are ordered by moderated d′.
    case conditionalDiscrimination
    /// By d′ of the agreement as it is, with a moderated variance.
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
        case .conditionalDiscrimination: "conditional_discrimination"
        case .moderatedDiscrimination: "moderated_discrimination"
        case .discrimination: "discrimination"
        case .informationPerToken: "information_per_token"
        case .diverse(let weight): "diverse \(weight)"
        case .diverseInformation(let weight): "diverse_information \(weight)"
        }
    }

    /// Whether texts are compared by what is left when the models of other lineages are taken off.
    var isConditional: Bool { self == .conditionalDiscrimination }

    /// What the mean variance of all candidates weighs beside a candidate's own in d′: as much as one replicate, a prior of unit
    /// information (Kass and Wasserman, 1995). Nothing is fitted.
    ///
    /// - Parameter replicates: The lineages, or pairs of lineages, whose related models the variance is estimated from.
    func moderation(replicates: Int) -> Double {
        self == .discrimination ? 0 : 1 / Double(max(replicates, 1))
    }
}
