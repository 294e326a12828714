internal import ForensicTypes
internal import Statistics

/// Measures what the scores and their calibration achieve on a population of known lineage.
///
/// No pair is scored, normalised or calibrated with anything that touches either of its two lineages. Intervals are by
/// resampling lineages.
public enum Evaluation {
    /// How an evaluation is run.
    public struct Settings: Sendable, Hashable {
        /// Draws of lineages for the intervals.
        public let bootstrapDraws: Int
        /// The seed of all draws.
        public let seed: UInt64
        /// How many false positives are named.
        public let falsePositives: Int
        /// The level of the conformal test.
        public let level: Double

        /// Chooses settings.
        public init(bootstrapDraws: Int = 2000, seed: UInt64 = 1, falsePositives: Int = 20, level: Double = 0.05) {
            self.bootstrapDraws = bootstrapDraws
            self.seed = seed
            self.falsePositives = falsePositives
            self.level = level
        }
    }

    /// Evaluates.
    ///
    /// - Parameters:
    ///   - measurement: The scores of a population.
    ///   - calibration: A frozen calibration; nil to fit one per pair of lineages, both left out.
    ///   - settings: How.
    /// - Throws: `ComparisonError` with the code `tooFewPairs` if no hypothesis has pairs on both sides.
    public static func run(
        _ measurement: PopulationMeasurement, calibration: Calibration? = nil, settings: Settings = Settings()
    ) throws(ComparisonError) -> EvaluationReport {
        var figures: [String: EvaluationReport.Figures] = [:]
        var ratios: [Contrast: [Double]] = [:]
        for hypothesis in EvaluatedHypothesis.allCases {
            let contrast = hypothesis.contrast
            let regression = PairRegression(
                contrast, measurement.pairs, lineageOfModel: measurement.lineageOfModel)
            let logRatios = ratios[contrast] ?? logRatios(regression, contrast, calibration)
            ratios[contrast] = logRatios
            figures[hypothesis.rawValue] =
                HypothesisEvaluation(
                    hypothesis, measurement: measurement, regression: regression, logRatios: logRatios,
                    calibration: calibration, settings: settings
                )?.figures
        }
        guard !figures.isEmpty else {
            throw ComparisonError(
                .tooFewPairs, "the population has no related and unrelated pairs of any hypothesis; nothing to evaluate"
            )
        }
        let fitted = Set(calibration?.lineages ?? [])
        return EvaluationReport(
            format: "whorl-evaluation-1", population: measurement.population.hex, models: measurement.models.count,
            lineages: measurement.lineages.count, pairs: measurement.pairs.count, probes: measurement.probes,
            calibration: calibration == nil ? "leave-one-lineage-out" : "frozen",
            sharedLineages: measurement.lineages.filter(fitted.contains).map(\.name), seed: settings.seed,
            bootstrapDraws: settings.bootstrapDraws, hypotheses: figures, budgets: budgets(measurement),
            falsePositives: falsePositives(measurement, count: settings.falsePositives),
            identification: identification(measurement, settings: settings),
            conformal: ConformalEvaluation(measurement).test(level: settings.level))
    }

    private static func logRatios(
        _ regression: PairRegression, _ contrast: Contrast, _ calibration: Calibration?
    ) -> [Double] {
        guard let model = calibration?.models[contrast] else { return regression.leftOut() }
        return regression.logRatios(
            LogisticCalibration(intercept: model.intercept, coefficients: model.coefficients))
    }

    private static func budgets(_ measurement: PopulationMeasurement) -> [EvaluationReport.Budget] {
        measurement.budgets.map { budget in
            var figures: [String: EvaluationReport.BudgetFigures] = [:]
            for hypothesis in EvaluatedHypothesis.allCases {
                let chosen = budget.pairs.compactMap { pair -> (Double, Bool)? in
                    let score = hypothesis.contrast.score(pair)
                    return score.isNaN ? nil : hypothesis.isTarget(pair.kind).map { (score, $0) }
                }
                guard let scored = try? ScoredPairs(scores: chosen.map(\.0), isTarget: chosen.map(\.1)) else {
                    continue
                }
                let curve = ReceiverOperatingCurve(scored)
                figures[hypothesis.rawValue] = EvaluationReport.BudgetFigures(
                    auc: (curve.area() ?? 0).roundedToSixDigits,
                    truePositiveRateAt1Percent: rate(curve, 0.01), truePositiveRateAt01Percent: rate(curve, 0.001))
            }
            return EvaluationReport.Budget(probes: budget.probes, hypotheses: figures)
        }
    }

    private static func rate(_ curve: ReceiverOperatingCurve, _ limit: Double) -> Double {
        (curve.operatingPoint(atFalsePositiveRate: limit)?.truePositiveRate ?? 0).roundedToSixDigits
    }

    private static func falsePositives(
        _ measurement: PopulationMeasurement, count: Int
    ) -> [String: [EvaluationReport.FalsePositive]] {
        var result: [String: [EvaluationReport.FalsePositive]] = [:]
        for hypothesis in [EvaluatedHypothesis.lineage, .student] {
            let contrast = hypothesis.contrast
            let unrelated = measurement.pairs.filter {
                hypothesis.isTarget($0.kind) == false && !contrast.score($0).isNaN
            }
            .sorted { (contrast.score($1), $0.first, $0.second) < (contrast.score($0), $1.first, $1.second) }
            result[hypothesis.rawValue] = unrelated.prefix(count).map { pair in
                EvaluationReport.FalsePositive(
                    first: measurement.models[pair.first], second: measurement.models[pair.second], kind: pair.kind,
                    score: contrast.score(pair).roundedToSixDigits)
            }
        }
        return result
    }

    private static func identification(
        _ measurement: PopulationMeasurement, settings: Settings
    ) -> EvaluationReport.Identification {
        let count = measurement.models.count
        var nearest = [(score: Double, model: Int)?](repeating: nil, count: count)
        var hasRelative = [Bool](repeating: false, count: count)
        for pair in measurement.pairs {
            let related = pair.kind == .sameModel || pair.kind == .derivative
            for (model, other) in [(pair.first, pair.second), (pair.second, pair.first)] {
                if related { hasRelative[model] = true }
                if pair.lineage > nearest[model]?.score ?? -.infinity { nearest[model] = (pair.lineage, other) }
            }
        }
        let asked = (0..<count).filter { hasRelative[$0] }
        let lineages = measurement.lineageOfModel
        let isCorrect = asked.map { model in nearest[model].map { lineages[$0.model] == lineages[model] } ?? false }
        let correct = isCorrect.count { $0 }
        var interval: EvaluationReport.Interval?
        if let bootstrap = try? LineageBootstrap(
            lineages: measurement.lineages.count, draws: settings.bootstrapDraws, seed: settings.seed)
        {
            let replicates = bootstrap.replicates { multiplicities -> Double? in
                var total = 0
                var right = 0
                for (index, model) in asked.enumerated() {
                    total += multiplicities[lineages[model]]
                    if isCorrect[index] { right += multiplicities[lineages[model]] }
                }
                return total == 0 ? nil : Double(right) / Double(total)
            }
            interval = EvaluationReport.Interval(replicates)
        }
        return EvaluationReport.Identification(
            models: asked.count, correct: correct,
            accuracy: asked.isEmpty ? 0 : (Double(correct) / Double(asked.count)).roundedToSixDigits, interval: interval
        )
    }
}

extension EvaluationReport.Interval {
    /// The 95 % percentile interval; nil with fewer than 100 values.
    package init?(_ replicates: [Double]) {
        guard replicates.count >= 100, let interval = try? BootstrapInterval(replicates: replicates) else { return nil }
        self.init(lower: interval.lower.roundedToSixDigits, upper: interval.upper.roundedToSixDigits)
    }
}
