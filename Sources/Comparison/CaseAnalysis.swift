public import ForensicTypes
internal import LinearAlgebra

/// Scores a case and decides it: the whole way from recorded answers to a verdict.
///
/// It is a pure function of its arguments. The suspect and every reference go through the same comparators in the same way.
public enum CaseAnalysis {
    /// Analyses a case.
    ///
    /// - Parameters:
    ///   - probes: The probes of the plan, in the order in which they are reported.
    ///   - protected: The protected model's answers.
    ///   - suspect: The suspect's answers.
    ///   - panel: Answers of models known not to come from the protected model, each with a lineage.
    ///   - redeployments: Answers of honest redeployments of the protected model.
    ///   - siblings: Answers of siblings that are not accused.
    ///   - strata: How panel members are related to the protected model, by model name; those not named are unrelated.
    ///   - thresholds: What the plan fixed.
    ///   - calibration: Coefficients that were fitted on other lineages; nil to report a bet on the suspect's rank.
    ///   - comparators: The comparators to run.
    ///   - seed: The seed of everything that is drawn at random.
    /// - Returns: All scores, the verdict, and the arithmetic.
    /// - Throws: `ComparisonError` with the code `unattainableGate` where a gate is to exclude something that the collected
    ///   panel is too small for, `invalidThreshold` where a threshold is out of range, `lineageReused` where the calibration was
    ///   fitted on a lineage of the panel.
    public static func analyse(
        probes: [IdentifiedProbe], protected: ResponseSet, suspect: ResponseSet, panel: [ResponseSet],
        redeployments: [ResponseSet] = [], siblings: [ResponseSet] = [], strata: [String: Stratum] = [:],
        thresholds: AnalysisThresholds, calibration: Calibration? = nil,
        comparators: [any Comparator] = ComparatorCatalogue.all,
        seed: UInt64
    ) throws(ComparisonError) -> CaseResult {
        let members = panel.filter { $0.model.lineage != nil }
        let unrelated = members.filter { (strata[$0.model.name] ?? .unrelated) == .unrelated }
        let policy = try VerdictPolicy(
            thresholds: thresholds, panelLineages: Set(unrelated.compactMap(\.model.lineage)).count,
            redeployments: redeployments.count, calibration: calibration)
        let others = [suspect] + redeployments + siblings
        let features = calibration.map { _ in
            CaseFeatures(protected: protected, suspects: others, panel: unrelated, probes: probes)
        }

        // Time comes first: what was asked before a change and after it is not of one model served in one way.
        let timelines = (
            protected: TimeSegmentation(of: protected, probes: probes, seed: seed),
            suspect: TimeSegmentation(of: suspect, probes: probes, seed: seed)
        )
        let changes = [timelines.protected, timelines.suspect].flatMap { $0?.changes.map(\.at) ?? [] }

        func scored(_ model: ResponseSet, stratum: Stratum?, features: PairFeatures? = nil) -> ScoredModel {
            // The model's own lineage must not normalise its score: it would teach that the resemblance is common.
            let cohort = unrelated.filter { $0.model.lineage != model.model.lineage || model.model.lineage == nil }
            let evidence = PairEvidence(
                probes: probes, protected: protected, suspect: model, panel: cohort, seed: seed, changes: changes)
            return ScoredModel(
                model: model.model, stratum: stratum, scores: comparators.map { $0.scoreOrNeed(evidence) },
                features: features
            )
        }
        func panelFeatures(_ model: ResponseSet) -> PairFeatures? {
            unrelated.firstIndex { $0.model == model.model }.flatMap { features?.panelMember($0) }
        }

        let scoredCase = ScoredCase(
            protected: protected.model, protectedCoverage: Coverage(of: protected, probes: probes),
            suspect: scored(suspect, stratum: nil, features: features?.suspect(0)),
            suspectCoverage: Coverage(of: suspect, probes: probes),
            panel: members.map {
                scored($0, stratum: strata[$0.model.name] ?? .unrelated, features: panelFeatures($0))
            },
            redeployments: redeployments.enumerated().map {
                scored($1, stratum: nil, features: features?.suspect(1 + $0))
            },
            siblings: siblings.enumerated().map {
                scored($1, stratum: .sibling, features: features?.suspect(1 + redeployments.count + $0))
            }, protectedTimeline: timelines.protected, suspectTimeline: timelines.suspect)
        return CaseResult(
            scored: scoredCase, verdict: try policy.verdict(on: scoredCase), arithmetic: BLASConfiguration.current)
    }
}
