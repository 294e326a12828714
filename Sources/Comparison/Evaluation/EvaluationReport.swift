/// What a method achieves on a population of known lineage, every pair scored with its own lineages left out.
///
/// All figures are rounded to six significant digits. An interval is 95 %, by resampling lineages; it is absent where a figure
/// is not defined on enough draws.
public struct EvaluationReport: Sendable, Equatable, Codable {
    /// An interval.
    public struct Interval: Sendable, Equatable {
        /// The lower end.
        public let lower: Double
        /// The upper end.
        public let upper: Double
    }

    /// The intervals of a hypothesis, by figure.
    public typealias Intervals = [String: Interval]

    /// The figures of one hypothesis.
    public struct Figures: Sendable, Equatable, Codable {
        /// The probability that a related pair scores above an unrelated one.
        public let auc: Double
        /// The share of related pairs above the score that at most 1 % of unrelated pairs reach.
        public let truePositiveRateAt1Percent: Double
        /// The same at 0.1 %.
        public let truePositiveRateAt01Percent: Double
        /// The cost of the likelihood ratios, in bits, before they are bounded.
        public let cllr: Double
        /// The cost after the best monotone recalibration of the same pairs.
        public let cllrMinimum: Double
        /// The loss by calibration: the difference of the two.
        public let calibrationLoss: Double
        /// The cost of the ratios as reported, bounded by the number of lineages.
        public let cllrBounded: Double
        /// Related pairs.
        public let pairs: Int
        /// Lineages of related pairs.
        public let lineages: Int
        /// Unrelated pairs.
        public let unrelatedPairs: Int
        /// Lineages of unrelated pairs.
        public let unrelatedLineages: Int
        /// Intervals, by the names of the figures.
        public let intervals: Intervals
        /// How the hypothesis fares against harder kinds of pairs, by kind.
        public let strata: [String: StratumFigures]
        /// The Tippett curves, from a ratio of 1/1,000 to one of 1,000.
        public let tippett: [TippettPoint]
        /// With a frozen calibration: the rates at its threshold of 1 %.
        public let frozen: FrozenFigures?

        private enum CodingKeys: String, CodingKey {
            case auc, cllr, strata, tippett, frozen
            case truePositiveRateAt1Percent = "tpr_at_fpr_01"
            case truePositiveRateAt01Percent = "tpr_at_fpr_001"
            case cllrMinimum = "cllr_min"
            case calibrationLoss = "cllr_cal"
            case cllrBounded = "cllr_bounded"
            case pairs = "n_pairs"
            case lineages = "n_lineages"
            case unrelatedPairs = "n_unrelated_pairs"
            case unrelatedLineages = "n_unrelated_lineages"
            case intervals = "ci"
        }
    }

    /// One point of the Tippett curves.
    public struct TippettPoint: Sendable, Equatable, Codable {
        /// The logarithm to base 10 of a likelihood ratio.
        public let log10Ratio: Double
        /// The share of related pairs with at least this ratio.
        public let related: Double
        /// The share of unrelated pairs with at least this ratio.
        public let unrelated: Double

        private enum CodingKeys: String, CodingKey {
            case related, unrelated
            case log10Ratio = "log10_lr"
        }
    }

    /// Related pairs against the pairs of one stratum.
    public struct StratumFigures: Sendable, Equatable, Codable {
        /// The probability that a related pair scores above one of the stratum.
        public let auc: Double
        /// The share of the stratum's pairs above the score that at most 1 % of unrelated pairs reach.
        public let falsePositiveRate: Double
        /// Pairs of the stratum.
        public let pairs: Int

        private enum CodingKeys: String, CodingKey {
            case auc
            case falsePositiveRate = "fpr_at_threshold_01"
            case pairs = "n_pairs"
        }
    }

    /// The rates at a threshold that was fixed elsewhere.
    public struct FrozenFigures: Sendable, Equatable, Codable {
        /// The threshold.
        public let threshold: Double
        /// The share of related pairs at or above it.
        public let truePositiveRate: Double
        /// The share of unrelated pairs at or above it.
        public let falsePositiveRate: Double

        private enum CodingKeys: String, CodingKey {
            case threshold
            case truePositiveRate = "tpr"
            case falsePositiveRate = "fpr"
        }
    }

    /// The ranking figures of a hypothesis at a smaller number of probes.
    public struct BudgetFigures: Sendable, Equatable, Codable {
        /// The area under the curve.
        public let auc: Double
        /// The share of related pairs found at 1 %.
        public let truePositiveRateAt1Percent: Double
        /// The share of related pairs found at 0.1 %.
        public let truePositiveRateAt01Percent: Double

        private enum CodingKeys: String, CodingKey {
            case auc
            case truePositiveRateAt1Percent = "tpr_at_fpr_01"
            case truePositiveRateAt01Percent = "tpr_at_fpr_001"
        }
    }

    /// The figures at one number of probes.
    public struct Budget: Sendable, Equatable, Codable {
        /// The number of probes.
        public let probes: Int
        /// The figures, by hypothesis.
        public let hypotheses: [String: BudgetFigures]
    }

    /// An unrelated pair that scores high.
    public struct FalsePositive: Sendable, Equatable, Codable {
        /// A model.
        public let first: String
        /// Another.
        public let second: String
        /// What the pair counts as.
        public let kind: PairKind
        /// The score.
        public let score: Double
    }

    /// How often the nearest model is of the right lineage.
    public struct Identification: Sendable, Equatable, Codable {
        /// Models that have a relative in the population.
        public let models: Int
        /// Those whose nearest model is of their lineage.
        public let correct: Int
        /// The share.
        public let accuracy: Double
        /// Its interval.
        public let interval: Interval?

        private enum CodingKeys: String, CodingKey {
            case models, correct, accuracy
            case interval = "ci"
        }
    }

    /// The conformal test of the lineage gate, with every model as protected model and as suspect.
    public struct ConformalTest: Sendable, Equatable, Codable {
        /// The level.
        public let level: Double
        /// Tests of unrelated suspects.
        public let unrelatedTests: Int
        /// The share of them at or below the level: the rate of false exclusions of independence.
        public let falsePositiveRate: Double
        /// Tests of related suspects.
        public let relatedTests: Int
        /// The share of them at or below the level.
        public let truePositiveRate: Double

        private enum CodingKeys: String, CodingKey {
            case level
            case unrelatedTests = "n_unrelated_tests"
            case falsePositiveRate = "fpr"
            case relatedTests = "n_related_tests"
            case truePositiveRate = "tpr"
        }
    }

    /// The name and version of the format.
    public let format: String
    /// The digest of the population.
    public let population: String
    /// Models.
    public let models: Int
    /// Lineages.
    public let lineages: Int
    /// Pairs of any kind.
    public let pairs: Int
    /// Probes.
    public let probes: Int
    /// How the likelihood ratios were fitted: `leave-one-lineage-out` or `frozen`.
    public let calibration: String
    /// With a frozen calibration: lineages that were in its population too, and so are not held out.
    public let sharedLineages: [String]
    /// The seed of all draws.
    public let seed: UInt64
    /// Draws of lineages for the intervals.
    public let bootstrapDraws: Int
    /// The figures, by hypothesis: `same_model`, `derivative`, `lineage`, `student`.
    public let hypotheses: [String: Figures]
    /// The ranking at smaller budgets, the smallest first.
    public let budgets: [Budget]
    /// The unrelated pairs with the highest scores, by hypothesis (`lineage`, `student`).
    public let falsePositives: [String: [FalsePositive]]
    /// Identification by the lineage score.
    public let identification: Identification
    /// The conformal test of the lineage score.
    public let conformal: ConformalTest

    private enum CodingKeys: String, CodingKey {
        case format, population, models, lineages, pairs, probes, calibration, seed, hypotheses, identification,
            conformal
        case sharedLineages = "shared_lineages"
        case bootstrapDraws = "bootstrap_draws"
        case budgets = "probe_budgets"
        case falsePositives = "top_false_positives"
    }
}

extension EvaluationReport.Interval: Codable {
    /// Decodes a list of two numbers.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        lower = try container.decode(Double.self)
        upper = try container.decode(Double.self)
    }

    /// Encodes a list of two numbers.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(lower)
        try container.encode(upper)
    }
}
