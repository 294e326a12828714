internal import ForensicTypes
internal import Statistics

extension VerdictPolicy {
    /// Gate 0. A dead, refusing or replaying endpoint is never cleared.
    func validityGate(_ scored: ScoredCase) -> GateResult {
        let faults =
            shortages(scored.suspectCoverage, of: "suspect")
            + shortages(scored.protectedCoverage, of: "protected model")
            + replays(scored)
            + changes(scored.suspectTimeline, of: "suspect") + changes(scored.protectedTimeline, of: "protected model")
            + instability(scored.suspectCoverage, of: "suspect")
            + instability(scored.protectedCoverage, of: "protected model")
        let suspect = scored.suspectCoverage
        let counted = Score.Reason(
            code: "usable-answers",
            text:
                "\(suspect.usable) of \(suspect.probes.counted("probe")) \(suspect.usable.agreeing("has", "have")) a usable "
                + "answer of the suspect.",
            numbers: ["usable": Double(suspect.usable), "probes": Double(suspect.probes)])
        return GateResult(
            gate: .validity, outcome: faults.isEmpty ? .passed : .rejected, references: 0,
            reasons: faults + observations(suspect, of: "suspect")
                + observations(scored.protectedCoverage, of: "protected model") + [counted]
                + stability(scored.suspectTimeline))
    }

    private func shortages(_ coverage: Coverage, of who: String) -> [Score.Reason] {
        var reasons: [Score.Reason] = []
        let numbers = [
            "usable": Double(coverage.usable), "probes": Double(coverage.probes),
            "unanswered": Double(coverage.unanswered), "refused": Double(coverage.refused),
        ]
        if coverage.usable < thresholds.minimumUsableProbes {
            reasons.append(
                Score.Reason(
                    code: "too-few-usable-probes",
                    text: "The \(who) has usable answers to \(coverage.usable.counted("probe")); "
                        + "\(thresholds.minimumUsableProbes) \(thresholds.minimumUsableProbes.agreeing("is", "are")) needed.",
                    numbers: numbers.merging(["needed": Double(thresholds.minimumUsableProbes)]) { $1 }))
        }
        if coverage.usableShare < thresholds.minimumUsableShare {
            reasons.append(
                Score.Reason(
                    code: "low-usable-share",
                    text:
                        "The \(who) left \(coverage.unanswered) of \(coverage.probes.counted("probe")) unanswered and refused "
                        + "\(coverage.refused); a share of \(thresholds.minimumUsableShare) must be usable.",
                    numbers: numbers.merging(["needed_share": thresholds.minimumUsableShare]) { $1 }))
        }
        if let share = coverage.constantShare, share > thresholds.maximumConstantShare {
            reasons.append(
                Score.Reason(
                    code: "constant-answers",
                    text:
                        "The \(who) gives one and the same answer to a share of \(share.roundedToSixDigits) of the text "
                        + "probes, as a refusal or a stub does.",
                    numbers: ["constant_share": share.roundedToSixDigits, "allowed": thresholds.maximumConstantShare]))
        }
        return reasons
    }

    /// Repeated draws that never vary where the protected model's do: a response cache.
    private func replays(_ scored: ScoredCase) -> [Score.Reason] {
        cachedDraws(scored) + cachedTexts(scored)
    }

    /// Repeated texts that come far faster than fresh ones, where the protected model varies.
    private func cachedDraws(_ scored: ScoredCase) -> [Score.Reason] {
        let screens = scored.suspectCoverage.screens
        guard let share = screens.repeatedTimeShare, share < 0.2, let own = scored.protectedCoverage.repeatedShare,
            own < 0.5
        else { return [] }
        return [
            Score.Reason(
                code: "cached-draws",
                text:
                    "\(screens.repeatedDraws.counted("sampled answer")) of the suspect "
                    + "\(screens.repeatedDraws.agreeing("repeats an earlier one, and takes", "repeat an earlier one, and take")) "
                    + "a share of \(share.roundedToSixDigits) of the time that fresh ones take, as answers from a cache do.",
                numbers: ["repeated_draws": Double(screens.repeatedDraws), "time_share": share.roundedToSixDigits])
        ]
    }

    private func cachedTexts(_ scored: ScoredCase) -> [Score.Reason] {
        guard let suspect = scored.suspectCoverage.repeatedShare, let own = scored.protectedCoverage.repeatedShare,
            suspect > 0.9, own < 0.5
        else { return [] }
        return [
            Score.Reason(
                code: "response-cache",
                text:
                    "The suspect repeats its first draw on a share of \(suspect.roundedToSixDigits) of the sampled probes, "
                    + "the protected model on \(own.roundedToSixDigits), as a cache that replays answers does.",
                numbers: ["suspect_repeated": suspect.roundedToSixDigits, "protected_repeated": own.roundedToSixDigits])
        ]
    }

    /// Border inputs that answer otherwise from some moment on: more than one model, or stack, was asked.
    private func changes(_ timeline: TimeSegmentation?, of who: String) -> [Score.Reason] {
        guard let timeline, let first = timeline.changes.first else { return [] }
        return [
            Score.Reason(
                code: "endpoint-changed",
                text:
                    "The endpoint of the \(who) changed during the collection: from some moment on its border inputs answer "
                    + "otherwise. What was asked before and after is not of one model served in one way: another model, or "
                    + "another serving stack.",
                numbers: [
                    "changes": Double(timeline.changes.count), "p_value": first.pValue.value.roundedToSixDigits,
                    "seconds_after_first_draw": (Double(first.at - timeline.startedAt) / 1e9).roundedToSixDigits,
                    "draws": Double(timeline.draws),
                ])
        ]
    }

    /// That no change was found, or that it was not looked for.
    private func stability(_ timeline: TimeSegmentation?) -> [Score.Reason] {
        guard let timeline else {
            return [
                Score.Reason(
                    code: "stability-not-tested",
                    text: "Whether the suspect's endpoint changed during the collection was not tested: that needs "
                        + "\(TimeSegmentation.fewestDraws) timed draws of \(TimeSegmentation.fewestProbes) border inputs or more."
                )
            ]
        }
        guard timeline.changes.isEmpty else { return [] }
        return [
            Score.Reason(
                code: "no-change-found",
                text:
                    "In \(timeline.draws.counted("draw")) of \(timeline.probes.counted("border input")) no change of the suspect's endpoint was "
                    + "found. Small changes would not be.",
                numbers: [
                    "p_value": timeline.first.value.roundedToSixDigits, "draws": Double(timeline.draws),
                    "probes": Double(timeline.probes), "seconds": timeline.seconds.roundedToSixDigits,
                ])
        ]
    }

    /// Answers that depend on when, over which connection or by which instance they came: not one model's.
    private func instability(_ coverage: Coverage, of who: String) -> [Score.Reason] {
        let tests: [(String, String, ServingScreens.GroupTest?)] = [
            ("unstable-in-time", "the first and the second half of the collection", coverage.screens.time),
            ("unstable-between-connections", "its connections", coverage.screens.connections),
            ("unstable-between-instances", "the fingerprints that the server shows", coverage.screens.instances),
        ]
        return tests.compactMap { code, groups, test in
            guard let test, test.pValue <= ServingScreens.level else { return nil }
            return Score.Reason(
                code: code,
                text:
                    "The \(who) answers the same probes differently between \(groups), which one model served in one way "
                    + "would seldom do (p = \(test.pValue.roundedToSixDigits)). An update, or a router between models, does.",
                numbers: [
                    "p_value": test.pValue.roundedToSixDigits, "level": ServingScreens.level,
                    "draws": Double(test.draws), "groups": Double(test.groups),
                ])
        }
    }

    /// What is worth knowing and honest providers show too: it excludes nothing.
    private func observations(_ coverage: Coverage, of who: String) -> [Score.Reason] {
        let screens = coverage.screens
        var reasons: [Score.Reason] = []
        if screens.modelNames > 1 {
            reasons.append(
                Score.Reason(
                    code: "model-name-changed",
                    text: "The \(who) was presented under \(screens.modelNames) names during the collection.",
                    numbers: ["names": Double(screens.modelNames)]))
        }
        if screens.fingerprints > 1 {
            reasons.append(
                Score.Reason(
                    code: "fingerprint-changed",
                    text: "The server of the \(who) showed \(screens.fingerprints) fingerprints of its configuration.",
                    numbers: ["fingerprints": Double(screens.fingerprints)]))
        }
        if coverage.refused > 0 {
            reasons.append(
                Score.Reason(
                    code: "refusals",
                    text:
                        "The \(who) refused, or left empty, every answer to \(coverage.refused) of \(coverage.probes.counted("probe")).",
                    numbers: ["refused": Double(coverage.refused), "probes": Double(coverage.probes)]))
        }
        return reasons
    }
}
