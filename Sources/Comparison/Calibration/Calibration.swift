internal import ContentAddressing
public import ForensicTypes
internal import Statistics

/// Coefficients that turn scores into likelihood ratios, fitted once on pairs of known relation and then frozen.
///
/// It is bound by digest to the code of the features and to the population: the one is refused where it differs, and the
/// lineages that calibrated may not report (rule 4 of inference).
public struct Calibration: Sendable, Equatable {
    /// One fitted contrast.
    public struct Model: Sendable, Equatable {
        /// The names of the numbers that the regression reads.
        public let features: [String]
        /// The intercept, in nats.
        public let intercept: Double
        /// One coefficient per feature, in nats.
        public let coefficients: [Double]
        /// Intercept and coefficients of fits on resampled lineages, for intervals.
        public let resampled: [[Double]]
        /// Lineages and pairs behind the numerator.
        public let numeratorLineages: Int
        /// Pairs behind the numerator.
        public let numeratorPairs: Int
        /// Lineages behind the denominator.
        public let denominatorLineages: Int
        /// Pairs behind the denominator.
        public let denominatorPairs: Int
        /// The score that 1 % of the denominator's pairs reach.
        public let thresholdAt1Percent: Double
        /// The score that 0.1 % of the denominator's pairs reach.
        public let thresholdAt01Percent: Double
    }

    /// The digest of the features' definition in the code that fitted it.
    public let featureCode: Digest
    /// The digest of the population that it was fitted on.
    public let population: Digest
    /// The lineages that it was fitted on.
    public let lineages: [Lineage]
    /// How many probes the scores rest on.
    public let probes: Int
    /// The fitted contrasts.
    public let models: [Contrast: Model]

    init(featureCode: Digest, population: Digest, lineages: [Lineage], probes: Int, models: [Contrast: Model]) {
        self.featureCode = featureCode
        self.population = population
        self.lineages = lineages.sorted()
        self.probes = probes
        self.models = models
    }

    /// The digest of the definition of the features in this code.
    public static var currentFeatureCode: Digest { SHA256Digest.of(Array(featureDefinition.utf8)) }

    /// Everything that a coefficient depends on, in words and numbers. A change here makes every calibration a mismatch.
    static let featureDefinition = """
        pair-features 1
        kernels characters4/\(AnswerFeatures.openingScalars) characters4/200 words3 words5 residual512
        conditional-ridge \(ConditionalSimilarity.ridge)
        competition lineages>=\(CompetitiveNormalisation.fewestLineages) views>=\(PairScores.fewestViews)
        student min(format\(AnswerFeatures.marks.count), opening\(AnswerFeatures.alignedScalars)) median/q84
        contrasts asinh ridge \(PairRegression.ridge) \(Contrast.allCases.map { $0.features.joined(separator: "+") }.joined(separator: " "))
        """

    /// Fits every contrast that has pairs on both sides, on all pairs of a population.
    ///
    /// - Parameters:
    ///   - measurement: The scores.
    ///   - resamples: How many times lineages are resampled for intervals.
    ///   - seed: The seed of the resampling.
    /// - Throws: `ComparisonError` with the code `tooFewPairs` if there are no related or no unrelated pairs.
    public static func fit(
        _ measurement: PopulationMeasurement, resamples: Int = 100, seed: UInt64 = 1
    ) throws(ComparisonError) -> Calibration {
        var models: [Contrast: Model] = [:]
        for contrast in Contrast.allCases {
            let regression = PairRegression(
                contrast, measurement.pairs, lineageOfModel: measurement.lineageOfModel)
            // A population without siblings, or without students, leaves their contrast out.
            guard let fit = regression.fit() else { continue }
            models[contrast] = Model(
                features: contrast.features, intercept: fit.intercept.roundedToSixDigits,
                coefficients: fit.coefficients.map(\.roundedToSixDigits),
                resampled: resampled(regression, lineages: measurement.lineages.count, draws: resamples, seed: seed),
                numeratorLineages: regression.lineageCount(targets: true),
                numeratorPairs: regression.count(targets: true),
                denominatorLineages: regression.lineageCount(targets: false),
                denominatorPairs: regression.count(targets: false),
                thresholdAt1Percent: threshold(contrast, regression, rate: 0.01),
                thresholdAt01Percent: threshold(contrast, regression, rate: 0.001))
        }
        guard models[.derivedIndependent] != nil else {
            throw ComparisonError(
                .tooFewPairs,
                "a calibration needs related and unrelated pairs; \(measurement.models.count) models of "
                    + "\(measurement.lineages.count) lineages have none of one kind")
        }
        return Calibration(
            featureCode: currentFeatureCode, population: measurement.population, lineages: measurement.lineages,
            probes: measurement.probes, models: models)
    }

    private static func resampled(
        _ regression: PairRegression, lineages: Int, draws: Int, seed: UInt64
    ) -> [[Double]] {
        guard let bootstrap = try? LineageBootstrap(lineages: lineages, draws: draws, seed: seed) else { return [] }
        var fits: [[Double]] = []
        _ = bootstrap.replicates { multiplicities in
            let weights = regression.lineages.map {
                Double(LineageBootstrap.pairWeight($0.0, $0.1, multiplicities: multiplicities))
            }
            if let fit = regression.fit(weights: weights) {
                fits.append(([fit.intercept] + fit.coefficients).map(\.roundedToSixDigits))
            }
            return nil
        }
        return fits
    }

    private static func threshold(_ contrast: Contrast, _ regression: PairRegression, rate: Double) -> Double {
        let scores = regression.pairs.indices.filter { !regression.isTarget[$0] }
            .map { contrast.score(regression.pairs[$0]) }.sorted(by: >)
        let admitted = Int(rate * Double(scores.count))
        guard admitted < scores.count else { return 0 }
        // Rounded up: the pair that sets the threshold must not pass it.
        let rounded = scores[admitted].roundedToSixDigits
        return rounded >= scores[admitted] ? rounded : (rounded + abs(rounded) * 1e-5).roundedToSixDigits
    }

    /// The likelihood ratio of a pair of scores, inside its bounds; nil if the contrast was not fitted or its score is missing.
    ///
    /// - Parameters:
    ///   - contrast: The two propositions.
    ///   - lineage: The lineage score.
    ///   - student: The student score.
    ///   - panelLineages: Lineages of the case's own panel; the ceiling is the smaller of the two counts.
    public func likelihoodRatio(
        _ contrast: Contrast, lineage: Double, student: Double?, panelLineages: Int? = nil
    ) -> LikelihoodRatio? {
        guard let model = models[contrast] else { return nil }
        let values = contrast.values(lineage: lineage, student: student ?? .nan)
        guard !values.contains(where: \.isNaN) else { return nil }
        func log10Ratio(_ intercept: Double, _ coefficients: some Collection<Double>) -> Double {
            LogisticCalibration(intercept: intercept, coefficients: Array(coefficients)).logLikelihoodRatio(values)
                / Logarithm.natural(10)
        }
        let draws = model.resampled.filter { $0.count == values.count + 1 }.map { log10Ratio($0[0], $0.dropFirst()) }
            .sorted()
        let interval =
            draws.count < 20
            ? nil
            : BootstrapInterval.quantile(0.025, of: draws)...BootstrapInterval.quantile(0.975, of: draws)
        return LikelihoodRatio(
            numerator: contrast.numerator, denominator: contrast.denominator,
            unboundedLog10: log10Ratio(model.intercept, model.coefficients), interval: interval,
            numeratorLineages: model.numeratorLineages,
            denominatorLineages: min(model.denominatorLineages, panelLineages ?? .max), method: .calibrated)
    }

    /// Refuses a panel that shares a lineage with the population that calibrated.
    ///
    /// - Throws: `ComparisonError` with the code `lineageReused`.
    public func validate(reporting panel: [Lineage]) throws(ComparisonError) {
        if let shared = Set(lineages).intersection(panel).min() {
            throw ComparisonError(
                .lineageReused,
                "lineage '\(shared)' calibrated and is in the panel that reports; take it out of the panel")
        }
    }
}
