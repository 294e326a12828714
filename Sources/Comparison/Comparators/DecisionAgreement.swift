internal import Features
internal import ForensicTypes

/// Inherited idiosyncratic decisions: the same unusual labels, choices and numbers.
///
/// **Formula.** Let `a_j(M)` be the decision that model M holds to on question j: three quarters of its readable draws, and where the question was
/// asked with its options in several orders, the same content in every order that can be read. A model that chooses a place rather than an option
/// holds to nothing. The weighted agreement of a source S with a model X is `A(S→X) = Σ_j w_j · f_j / Σ_j w_j` over the questions that both decided,
/// with `f_j` the share of X's decided forms of the question that are `a_j(S)` (0 or 1 where there is one form) and
/// `w_j = −ln((1 + h_j) / (n_j + 2))`, where `h_j` of the `n_j` lineages that decided the question did as S:
/// agreement on what most models answer weighs little. Questions on which S is right are left out; they measure competence. The value is
/// the symmetric normalisation `½ · ((A(S→X) − μ_S)/σ_S + (A(X→S) − μ_X)/σ_X)` by the cohort, one weight per
/// lineage. Where a member R is scored, the weights are recomputed with X in R's place, so that member and suspect are treated alike.
///
/// Controls in the details: `agreement_where_right` on the questions that S answers correctly; `shuffled_source_agreement`, the mean of A with a
/// lineage of the panel in the source's place, the empirical zero; of rotated questions the share that each model holds to, the share of the others on
/// which it chose one place in all orders, and `agreement_where_unstable`, form by form, on those that S does not hold to: agreement
/// of letters, which does not count.
///
/// **Null hypothesis.** The suspect is another model from the population that the panel stands for. The score is no test of it by
/// itself.
///
/// **Needs.** Readable decisions from the suspect, the protected model and at least three unrelated lineages.
///
/// **Blind to.** Fine-tuning on the very format of the questions; refusals. Models of like ability share popular wrong answers: the
/// panel must be matched in capability, and the details give the accuracies and the agreement where the source is right.
///
/// **Source.** Weights by the panel's hits after the test of model provenance of Nikolic et al. (2025), against whose pooled z-test over
/// prompts see the first rule of inference; the normalisation as in ``SymmetricNormalisation``.
public struct DecisionAgreement: Comparator {
    /// The comparator's name.
    public static let identifier = ComparatorIdentifier.decisionAgreement
    /// The fewest lineages for a valid score.
    public static let validLineages = 8
    /// The fewest probes for a valid score.
    public static let validProbes = 30

    /// What it needs from the suspect.
    public let requirement =
        "A readable label, choice or number for 30 probes or more, and the same from at least 8 unrelated lineages."

    /// Makes the comparator.
    public init() {}

    /// Computes the score of a pair.
    public func score(_ evidence: PairEvidence) -> Score {
        let table = DecisionTable(evidence.probes)
        let own = table.decisions(of: evidence.protected)
        let theirs = table.decisions(of: evidence.suspect)
        let cohort = evidence.cohort
        let groups = Dictionary(grouping: cohort) { $0.model.lineage }
        let lineages = groups.keys.compactMap(\.self).sorted().map { (groups[$0] ?? []).map(table.decisions(of:)) }
        let gold = table.items.map(\.gold)
        let agreement = WeightedAgreement(lineages: lineages, gold: gold)
        let usable = gold.indices.filter {
            own.held[$0] != nil && theirs.shares[$0] != nil && own.held[$0] != gold[$0]
        }
        var details = Self.details(table, own: own.held, theirs: theirs.held, evidence: evidence)
        details.merge(RotationStability(table, own: own, theirs: theirs).details) { $1 }
        details["cohort_lineages"] = Double(lineages.count)
        if let control = agreement.shuffledSource(theirs) {
            details["shuffled_source_agreement"] = control.mean
            details["shuffled_source_deviation"] = control.deviation
        }
        guard !usable.isEmpty else {
            return .notComputable(
                Self.identifier, reasons: [.few(0, of: Self.validProbes, "decisions")], details: details)
        }
        guard let result = agreement.normalised(own, theirs, leavingOut: nil) else {
            let reason: Score.Reason =
                lineages.count < SymmetricNormalisation.fewestLineages
                ? .few(lineages.count, of: SymmetricNormalisation.fewestLineages, "lineages")
                : Score.Reason(
                    code: "no-spread", text: "All of the panel agrees equally often, so there is no unit to measure in."
                )
            return .notComputable(
                Self.identifier, usableProbes: usable.count, reasons: [reason], details: details)
        }
        details["weighted_agreement"] = result.agreement
        details["panel_mean_agreement"] = result.panelMean
        var reasons: [Score.Reason] = []
        if usable.count < Self.validProbes { reasons.append(.few(usable.count, of: Self.validProbes, "decisions")) }
        if lineages.count < Self.validLineages {
            reasons.append(.few(lineages.count, of: Self.validLineages, "lineages"))
        }
        let replicates = (0..<min(20, usable.count)).compactMap { fold in
            agreement.normalised(own, theirs, leavingOut: (fold, 20))?.value
        }
        return Score(
            comparator: Self.identifier, value: result.value, standardError: Jackknife.standardError(of: replicates),
            usableProbes: usable.count, validity: reasons.isEmpty ? .valid : .limited, reasons: reasons,
            details: details)
    }

    /// Accuracies, readability, and the agreement where the protected model is right.
    private static func details(
        _ table: DecisionTable, own: [Decision?], theirs: [Decision?], evidence: PairEvidence
    ) -> [String: Double] {
        var details: [String: Double] = [:]
        let readable = table.readability(of: evidence.suspect)
        if readable.answers > 0 { details["suspect_readable_share"] = Double(readable.read) / Double(readable.answers) }
        var right = (0.0, 0.0)
        var graded = 0.0
        var control = (0.0, 0.0)
        for (index, item) in table.items.enumerated() {
            guard let gold = item.gold, let mine = own[index], let other = theirs[index] else { continue }
            graded += 1
            right.0 += mine == gold ? 1 : 0
            right.1 += other == gold ? 1 : 0
            if mine == gold {
                control.0 += other == gold ? 1 : 0
                control.1 += 1
            }
        }
        if graded > 0 {
            details["protected_accuracy"] = right.0 / graded
            details["suspect_accuracy"] = right.1 / graded
        }
        if control.1 > 0 { details["agreement_where_right"] = control.0 / control.1 }
        return details
    }
}
