import ForensicTypes

/// Turns the scores of a case into a verdict, by thresholds that were fixed before.
///
/// The policy is a pure function: the same scores give the same verdict, whatever order they come in.
public struct VerdictPolicy: Sendable {
    /// What was fixed.
    public let thresholds: AnalysisThresholds
    /// Unrelated lineages of the panel that the plan counts on.
    public let plannedLineages: Int
    /// Honest redeployments that the plan counts on.
    public let plannedRedeployments: Int
    /// What turns scores into likelihood ratios; nil to report a bet on the suspect's rank.
    public let calibration: Calibration?

    /// Makes a policy for a planned panel.
    ///
    /// - Throws: `ComparisonError` with the code `unattainableGate` where a gate is to exclude something that its
    ///   references are too few for, `invalidThreshold` where a threshold is out of range.
    public init(
        thresholds: AnalysisThresholds, panelLineages: Int, redeployments: Int = 0, calibration: Calibration? = nil
    ) throws(ComparisonError) {
        try thresholds.validate(panelLineages: panelLineages, redeployments: redeployments)
        self.thresholds = thresholds
        self.plannedLineages = panelLineages
        self.plannedRedeployments = redeployments
        self.calibration = calibration
    }

    /// The verdict on a case.
    ///
    /// - Throws: `ComparisonError` with the code `lineageReused` if the calibration was fitted on a lineage of the panel.
    public func verdict(on scored: ScoredCase) throws(ComparisonError) -> Verdict {
        try calibration?.validate(reporting: scored.panel.compactMap(\.model.lineage))
        let validity = validityGate(scored)
        guard validity.outcome == .passed else { return uninformative(scored, validity) }
        let sameness = samenessGate(scored)
        let lineage = lineageGate(scored)
        let student = studentGate(scored, lineage: lineage.result)
        let tokenizer = tokenizerFinding(scored, lineage: lineage.result)
        var standing = Set(Hypothesis.allCases)
        if sameness.outcome == .rejected { standing.remove(.copy) }
        if lineage.result.outcome == .rejected { standing.remove(.independent) }
        if tokenizer == .excludes { standing.subtract([.copy, .derivative]) }
        let gates = [validity, sameness, lineage.result, student]
        let ratios = ratios(scored, bet: lineage.ratio, tokenizer: tokenizer)
        return Verdict(
            protected: scored.protected.name, suspect: scored.suspect.model.name,
            outcome: standing.count == Hypothesis.allCases.count ? .inconclusive : .narrowed, hypotheses: standing,
            likelihoodRatios: ratios, gates: gates,
            sentences: VerdictProse(
                scored: scored, standing: standing, gates: gates, ratios: ratios, tokenizer: tokenizer
            )
            .sentences,
            whatWouldStrengthen: strengthening(scored, gates: gates))
    }

    private func uninformative(_ scored: ScoredCase, _ validity: GateResult) -> Verdict {
        let untested = Gate.allCases.dropFirst().map { gate in
            GateResult(
                gate: gate, outcome: .notTested,
                reasons: [Score.Reason(code: "collection-not-valid", text: "The validity gate was not passed.")])
        }
        let gates = [validity] + untested
        return Verdict(
            protected: scored.protected.name, suspect: scored.suspect.model.name, outcome: .uninformative,
            hypotheses: Set(Hypothesis.allCases), likelihoodRatios: [], gates: gates,
            sentences: VerdictProse(
                scored: scored, standing: Set(Hypothesis.allCases), gates: gates, ratios: [], tokenizer: .silent
            ).sentences,
            whatWouldStrengthen: strengthening(scored, gates: gates))
    }
}
