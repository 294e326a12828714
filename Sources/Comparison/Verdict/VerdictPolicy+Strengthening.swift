import ForensicTypes

extension VerdictPolicy {
    /// What would make the verdict stronger, the most useful first.
    func strengthening(_ scored: ScoredCase, gates: [GateResult]) -> [Score.Reason] {
        var advice: [Score.Reason] = []
        if gates.first?.outcome == .rejected {
            advice.append(
                Score.Reason(
                    code: "valid-collection",
                    text:
                        "A valid collection: at least \(thresholds.minimumUsableProbes.counted("probe")) and a share of "
                        + "\(thresholds.minimumUsableShare) with usable answers, nothing from a cache, and one model served in "
                        + "one way throughout.",
                    numbers: [
                        "usable": Double(scored.suspectCoverage.usable),
                        "probes": Double(scored.suspectCoverage.probes),
                    ]))
        }
        let unrelated = scored.panel.filter { ($0.stratum ?? .unrelated) == .unrelated }
        let lineages = Set(unrelated.compactMap(\.model.lineage)).count
        let channels = thresholds.lineageChannels.count
        let missing =
            ConformalFloor.referencesNeeded(level: thresholds.lineage.level, channels: channels) - lineages
        if missing > 0 {
            advice.append(
                Score.Reason(
                    code: "more-lineages",
                    text:
                        "\(missing.counted("further unrelated lineage")) in the panel, for a lineage gate "
                        + "at level \(thresholds.lineage.level).",
                    numbers: [
                        "further": Double(missing), "lineages": Double(lineages), "level": thresholds.lineage.level,
                    ]))
        }
        if scored.siblings.isEmpty {
            advice.append(
                Score.Reason(
                    code: "siblings", text: "At least one sibling of the protected model as a reference.",
                    numbers: ["siblings": 0]))
        }
        let redeployments = scored.redeployments.count
        let honest = ConformalFloor.referencesNeeded(level: thresholds.sameness.level) - redeployments
        if honest > 0 {
            advice.append(
                Score.Reason(
                    code: "more-redeployments",
                    text: "\(honest.counted("further honest redeployment")) of the protected model "
                        + "(quantisations, prompts, samplers, stacks), for a sameness margin at level "
                        + "\(thresholds.sameness.level).",
                    numbers: ["further": Double(honest), "redeployments": Double(redeployments)]))
        }
        if scored.suspect[.promptStratifiedMMD]?.value == nil {
            advice.append(
                Score.Reason(
                    code: "more-draws",
                    text: "Several draws of each probe from both models, for a comparison of the samplers."))
        }
        return advice
    }
}
