internal import ForensicTypes

extension VerdictPolicy {
    /// Gate 1. Is the suspect's sampler the protected model's?
    ///
    /// Three answers, each with its own test. *Another one*: the suspect lies farther away than the honest redeployments do,
    /// by their ranks. *Equivalent*: an upper bound of its distance lies inside the largest distance of a redeployment, and
    /// that lies below every lineage of the panel. Otherwise the gate cannot tell. That equality is not rejected is no
    /// finding, and that it is rejected excludes no copy behind another prompt or sampler.
    func samenessGate(_ scored: ScoredCase) -> GateResult {
        let definition = thresholds.sameness
        func result(_ outcome: GateResult.Outcome, _ null: RankNull?, _ reasons: [Score.Reason]) -> GateResult {
            let references = null?.references.count ?? 0
            return GateResult(
                gate: .sameness, outcome: outcome, pValue: references == 0 ? nil : null?.pValue,
                floor: references == 0 ? nil : ConformalFloor.pValue(references: references), level: definition.level,
                references: references, reasons: reasons)
        }
        guard let score = scored.suspect[.promptStratifiedMMD], let distance = score.value, score.validity == .valid
        else {
            let missing = Score.Reason(
                code: "no-two-sample-test",
                text: "The two samplers were not compared: that needs several draws of one probe from both models.")
            return result(.notTested, nil, [missing] + (scored.suspect[.promptStratifiedMMD]?.reasons ?? []))
        }
        // Distances: a large rank means far away.
        let honest = scored.redeployments.compactMap { $0[.promptStratifiedMMD]?.value }
        let null = RankNull(value: distance, references: honest)
        let reasons = [equality(score, distance: distance, level: definition.level)].compactMap(\.self)
        guard ConformalFloor.attains(level: definition.level, references: honest.count) else {
            return result(.cannotTell, null, reasons + [tooFewRedeployments(honest.count, level: definition.level)])
        }
        if null.pValue <= definition.level, definition.effect == .excludes {
            let nearer = honest.count { $0 < distance }
            let farther = Score.Reason(
                code: "beyond-redeployments",
                text: "The suspect lies farther from the protected model than \(nearer) of "
                    + "\(honest.count.counted("honest redeployment")).",
                numbers: [
                    "distance": distance.roundedToSixDigits, "nearer": Double(nearer),
                    "redeployments": Double(honest.count),
                ])
            return result(.rejected, null, reasons + [farther])
        }
        let margins = margins(scored, distance: distance, error: score.standardError, honest: honest)
        return result(margins.equivalent ? .equivalent : .cannotTell, null, reasons + [margins.reason])
    }

    private func equality(_ score: Score, distance: Double, level: Double) -> Score.Reason? {
        guard let pValue = score.details["p_value"] else { return nil }
        let numbers = ["p_value": pValue.roundedToSixDigits, "distance": distance.roundedToSixDigits, "level": level]
        return pValue <= level
            ? Score.Reason(
                code: "equality-rejected",
                text: "Equal samplers are rejected; a copy behind another prompt, sampler or quantisation is not.",
                numbers: numbers)
            : Score.Reason(
                code: "equality-not-rejected",
                text: "Equal samplers are not rejected. That alone is no finding of sameness.", numbers: numbers)
    }

    private func tooFewRedeployments(_ count: Int, level: Double) -> Score.Reason {
        let needed = ConformalFloor.referencesNeeded(level: level)
        return Score.Reason(
            code: "too-few-redeployments",
            text:
                "A margin at level \(level) needs \(needed.counted("honest redeployment")) of the protected model; there "
                + "\(count.agreeing("is", "are")) \(count).",
            numbers: ["redeployments": Double(count), "needed": Double(needed), "level": level])
    }

    private func margins(
        _ scored: ScoredCase, distance: Double, error: Double?, honest: [Double]
    ) -> (equivalent: Bool, reason: Score.Reason) {
        let margin = honest.max() ?? 0
        let upper = distance + 1.644854 * (error ?? 0)
        let nearest = lineageValues(scored, in: .unrelated) { $0[.promptStratifiedMMD]?.value.map { -$0 } }
            .map { -$0.value }.min()
        var numbers = ["margin": margin.roundedToSixDigits, "upper_bound": upper.roundedToSixDigits]
        numbers["nearest_panel_lineage"] = nearest?.roundedToSixDigits
        guard let nearest, error != nil, margin < nearest else {
            return (
                false,
                Score.Reason(
                    code: "margins-overlap",
                    text:
                        "Honest redeployments reach as far as the nearest lineage of the panel, or one of the two is not "
                        + "known: sameness cannot be told at this budget.", numbers: numbers)
            )
        }
        return upper <= margin
            ? (
                true,
                Score.Reason(
                    code: "within-margin",
                    text:
                        "The suspect lies within the margin of honest redeployments, and every lineage of the panel lies "
                        + "outside.", numbers: numbers)
            )
            : (
                false,
                Score.Reason(
                    code: "outside-margin",
                    text: "The suspect is not shown to lie within the margin of honest redeployments.", numbers: numbers
                )
            )
    }
}
