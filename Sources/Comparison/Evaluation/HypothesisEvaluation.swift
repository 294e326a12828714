internal import Statistics

/// The figures of one hypothesis.
struct HypothesisEvaluation {
    let figures: EvaluationReport.Figures

    /// Nil if the population has no pairs on one side.
    init?(
        _ hypothesis: EvaluatedHypothesis, measurement: PopulationMeasurement, regression: PairRegression,
        logRatios: [Double], calibration: Calibration?, settings: Evaluation.Settings
    ) {
        let chosen = regression.pairs.indices.filter { hypothesis.isTarget(regression.pairs[$0].kind) != nil }
        let isTarget = chosen.map { hypothesis.isTarget(regression.pairs[$0].kind) ?? false }
        let scores = chosen.map { hypothesis.contrast.score(regression.pairs[$0]) }
        let ratios = chosen.map { logRatios[$0] }
        let lineages = chosen.map { regression.lineages[$0] }
        guard let scored = try? ScoredPairs(scores: scores, isTarget: isTarget),
            let weighed = try? ScoredPairs(scores: ratios, isTarget: isTarget),
            let point = Statistic(scored, weighed, weights: nil)
        else { return nil }
        let targets = Self.lineageCount(lineages, isTarget, true)
        let nonTargets = Self.lineageCount(lineages, isTarget, false)
        let bound = LikelihoodRatioBound(numeratorLineages: targets, denominatorLineages: nonTargets)
        let decade = Logarithm.natural(10)
        let bounded = try? ScoredPairs(
            scores: ratios.map { bound.bound(log10LR: $0 / decade).log10LR * decade }, isTarget: isTarget)
        figures = EvaluationReport.Figures(
            auc: point.area.roundedToSixDigits, truePositiveRateAt1Percent: point.rate1.roundedToSixDigits,
            truePositiveRateAt01Percent: point.rate01.roundedToSixDigits, cllr: point.cost.roundedToSixDigits,
            cllrMinimum: point.least.roundedToSixDigits,
            calibrationLoss: max(0, point.cost - point.least).roundedToSixDigits,
            cllrBounded: (bounded.flatMap { CostOfLogLR($0)?.value } ?? point.cost).roundedToSixDigits,
            pairs: isTarget.count { $0 }, lineages: targets, unrelatedPairs: isTarget.count { !$0 },
            unrelatedLineages: nonTargets,
            intervals: Self.intervals(
                scored, weighed, lineages: lineages, count: measurement.lineages.count, settings: settings),
            strata: Self.strata(hypothesis, measurement: measurement, scores: scores, isTarget: isTarget),
            tippett: Self.tippett(ratios.map { $0 / decade }, isTarget),
            frozen: Self.frozen(hypothesis, calibration: calibration, scores: scores, isTarget: isTarget))
    }

    /// The five figures of one draw.
    private struct Statistic {
        let area: Double
        let rate1: Double
        let rate01: Double
        let cost: Double
        let least: Double

        init?(_ scored: ScoredPairs, _ ratios: ScoredPairs, weights: [Double]?) {
            let curve = ReceiverOperatingCurve(scored)
            guard let area = curve.area(weights: weights),
                let rate1 = curve.operatingPoint(atFalsePositiveRate: 0.01, weights: weights),
                let rate01 = curve.operatingPoint(atFalsePositiveRate: 0.001, weights: weights),
                let cost = CostOfLogLR(ratios, weights: weights)
            else { return nil }
            self.area = area
            self.rate1 = rate1.truePositiveRate
            self.rate01 = rate01.truePositiveRate
            self.cost = cost.value
            self.least = cost.minimum
        }
    }

    private static func intervals(
        _ scored: ScoredPairs, _ ratios: ScoredPairs, lineages: [(Int, Int)], count: Int, settings: Evaluation.Settings
    ) -> EvaluationReport.Intervals {
        guard
            let bootstrap = try? LineageBootstrap(lineages: count, draws: settings.bootstrapDraws, seed: settings.seed)
        else { return [:] }
        var draws: [Statistic] = []
        _ = bootstrap.replicates { multiplicities in
            let weights = lineages.map {
                Double(LineageBootstrap.pairWeight($0.0, $0.1, multiplicities: multiplicities))
            }
            if let draw = Statistic(scored, ratios, weights: weights) { draws.append(draw) }
            return nil
        }
        let columns: [(String, KeyPath<Statistic, Double>)] = [
            ("auc", \.area), ("tpr_at_fpr_01", \.rate1), ("tpr_at_fpr_001", \.rate01), ("cllr", \.cost),
            ("cllr_min", \.least),
        ]
        var intervals: EvaluationReport.Intervals = [:]
        for (name, column) in columns {
            intervals[name] = EvaluationReport.Interval(draws.map { $0[keyPath: column] }.filter(\.isFinite))
        }
        return intervals
    }

    private static func strata(
        _ hypothesis: EvaluatedHypothesis, measurement: PopulationMeasurement, scores: [Double], isTarget: [Bool]
    ) -> [String: EvaluationReport.StratumFigures] {
        let related = zip(scores, isTarget).filter(\.1).map(\.0)
        let unrelated = zip(scores, isTarget).filter { !$0.1 }.map(\.0).sorted(by: >)
        let threshold = unrelated[min(unrelated.count - 1, Int(0.01 * Double(unrelated.count)))]
        var result: [String: EvaluationReport.StratumFigures] = [:]
        for kind in hypothesis.strata {
            let own = measurement.pairs.filter { $0.kind == kind }.map { hypothesis.contrast.score($0) }
                .filter { !$0.isNaN }
            guard let scored = try? ScoredPairs(targets: related, nonTargets: own),
                let area = ReceiverOperatingCurve(scored).area()
            else { continue }
            result[kind.rawValue] = EvaluationReport.StratumFigures(
                auc: area.roundedToSixDigits,
                falsePositiveRate: (Double(own.count { $0 > threshold }) / Double(own.count)).roundedToSixDigits,
                pairs: own.count)
        }
        return result
    }

    private static func frozen(
        _ hypothesis: EvaluatedHypothesis, calibration: Calibration?, scores: [Double], isTarget: [Bool]
    ) -> EvaluationReport.FrozenFigures? {
        guard let threshold = calibration?.models[hypothesis.contrast]?.thresholdAt1Percent else { return nil }
        func share(_ targets: Bool) -> Double {
            let own = zip(scores, isTarget).filter { $0.1 == targets }
            return (Double(own.count { $0.0 > threshold }) / Double(max(1, own.count))).roundedToSixDigits
        }
        return EvaluationReport.FrozenFigures(
            threshold: threshold, truePositiveRate: share(true), falsePositiveRate: share(false))
    }

    private static func tippett(_ log10Ratios: [Double], _ isTarget: [Bool]) -> [EvaluationReport.TippettPoint] {
        func shares(_ side: Bool) -> (Double) -> Double {
            let own = zip(log10Ratios, isTarget).filter { $0.1 == side }.map(\.0)
            return { limit in (Double(own.count { $0 >= limit }) / Double(max(1, own.count))).roundedToSixDigits }
        }
        let (related, unrelated) = (shares(true), shares(false))
        return (-12...12).map { step in
            let limit = Double(step) / 4
            return EvaluationReport.TippettPoint(
                log10Ratio: limit, related: related(limit), unrelated: unrelated(limit))
        }
    }

    private static func lineageCount(_ lineages: [(Int, Int)], _ isTarget: [Bool], _ side: Bool) -> Int {
        var seen: Set<Int> = []
        for (pair, target) in zip(lineages, isTarget) where target == side { seen.formUnion([pair.0, pair.1]) }
        return seen.count
    }
}
