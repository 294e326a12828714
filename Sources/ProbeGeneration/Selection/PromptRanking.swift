/// Orders prompts that models of a population answered, as ``ProbeSelection`` orders the candidates of a text family.
///
/// It serves to show what selection buys: several divisions of one population rank the same prompts, each on its own models.
/// Texts are dropped as soon as they are compared; what is kept of a prompt is, for each division, some bytes a pair of its models.
public struct PromptRanking: Sendable {
    private let divisions: [PairRelations]
    private var moments: [[AgreementMoments]]
    private var agreements: [[PackedAgreement]]

    /// Prepares.
    ///
    /// - Parameter divisions: The pairs that each division may see. A model that takes no part in one is not seen by it.
    public init(divisions: [PairRelations]) {
        self.divisions = divisions
        moments = Array(repeating: [], count: divisions.count)
        agreements = Array(repeating: [], count: divisions.count)
    }

    /// How many prompts there are.
    public var prompts: Int { moments.first?.count ?? 0 }

    /// Adds a prompt.
    ///
    /// - Parameter texts: One answer for each model, nil where it is missing.
    public mutating func add(_ texts: [[UInt8]?]) {
        let views = TextViews(texts.map { $0.flatMap { $0.isEmpty ? nil : $0 } })
        for (number, relations) in divisions.enumerated() {
            let cosines = (0..<TextViews.count).map { views.cosines($0, weights: relations.weights) }
            moments[number].append(AgreementMoments(cosines, relations: relations))
            agreements[number].append(
                PackedAgreement(cosines, members: relations.members, models: relations.models))
        }
    }

    /// The prompts, best first, by the pairs of one division; ties go to the earlier prompt.
    ///
    /// Information is that of the mean related and unrelated agreement, per prompt: all prompts cost the same here.
    public func order(division: Int, rule: SelectionRule) -> [Int] {
        let relations = divisions[division]
        let moments = moments[division]
        let conditional =
            rule.isConditional ? Discrimination.conditionalMoments(agreements[division], relations: relations) : nil
        let found = Discrimination(
            conditional ?? moments, moderation: rule.moderation(replicates: relations.relatedCells))
        let information = moments.map { moment -> Double? in
            func mean(_ side: AgreementMoments.Side) -> Double? {
                side.weight > 0 ? CandidateScorer.mean(side.means) : nil
            }
            return CandidateScorer.information(hit: mean(moment.related), match: mean(moment.unrelated))
        }
        return ProbeSelection.order(
            Array(moments.indices), discrimination: found.values, information: information,
            profiles: found.profiles, rule: rule)
    }
}
