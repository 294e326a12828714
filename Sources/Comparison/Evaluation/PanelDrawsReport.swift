/// How well the panel-normalised similarity separates related from unrelated pairs, over draws of probes and panel.
///
/// All figures are rounded to six significant digits.
public struct PanelDrawsReport: Sendable, Equatable, Codable {
    /// A figure over the draws.
    public struct Spread: Sendable, Equatable, Codable {
        /// The mean.
        public let mean: Double
        /// The standard deviation between draws; nil with one draw.
        public let deviation: Double?
        /// The deviation over the root of the number of draws: the precision of the mean for these models; nil with one draw.
        public let standardError: Double?
        /// The least.
        public let least: Double
        /// The greatest.
        public let greatest: Double

        private enum CodingKeys: String, CodingKey {
            case mean, least, greatest
            case deviation = "standard_deviation"
            case standardError = "standard_error"
        }

        init(_ values: [Double]) {
            let count = Double(values.count)
            let mean = count > 0 ? values.reduce(0, +) / count : 0
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            self.mean = mean.roundedToSixDigits
            self.deviation = count > 1 ? (squares / (count - 1)).squareRoot().roundedToSixDigits : nil
            self.standardError = count > 1 ? (squares / (count - 1) / count).squareRoot().roundedToSixDigits : nil
            self.least = (values.min() ?? 0).roundedToSixDigits
            self.greatest = (values.max() ?? 0).roundedToSixDigits
        }
    }

    /// The figures of one draw.
    public struct Draw: Sendable, Equatable, Codable {
        /// The probability that a related pair scores above an unrelated one.
        public let auc: Double
        /// The share of related pairs above the score that at most 1 % of unrelated pairs reach.
        public let truePositiveRate: Double
        /// Related pairs with a score.
        public let related: Int
        /// Unrelated pairs with a score.
        public let unrelated: Int

        private enum CodingKeys: String, CodingKey {
            case auc
            case truePositiveRate = "tpr_at_fpr_01"
            case related = "n_related"
            case unrelated = "n_unrelated"
        }

        init(auc: Double, truePositiveRate: Double, related: Int, unrelated: Int) {
            self.auc = auc.roundedToSixDigits
            self.truePositiveRate = truePositiveRate.roundedToSixDigits
            self.related = related
            self.unrelated = unrelated
        }
    }

    /// The name and version of the format.
    public let format: String
    /// Models of the population.
    public let models: Int
    /// Lineages of the population.
    public let lineages: Int
    /// Prompts that most models answered.
    public let prompts: Int
    /// Probes per draw.
    public let probes: Int
    /// Lineages of a panel.
    public let panelLineages: Int
    /// Whose answers said what is rare.
    public let rarity: PanelDraws.Rarity
    /// The seed of all draws.
    public let seed: UInt64
    /// The area under the curve.
    public let auc: Spread
    /// The true positive rate at a false positive rate of 1 %.
    public let truePositiveRate: Spread
    /// The draws, in their order.
    public let draws: [Draw]

    private enum CodingKeys: String, CodingKey {
        case format, models, lineages, prompts, probes, rarity, seed, auc, draws
        case panelLineages = "panel_lineages"
        case truePositiveRate = "tpr_at_fpr_01"
    }

    init(models: Int, lineages: Int, prompts: Int, settings: PanelDraws.Settings, draws: [Draw]) {
        self.format = "whorl-panel-draws-1"
        self.models = models
        self.lineages = lineages
        self.prompts = prompts
        self.probes = settings.probes
        self.panelLineages = settings.lineages
        self.rarity = settings.rarity
        self.seed = settings.seed
        self.auc = Spread(draws.map(\.auc))
        self.truePositiveRate = Spread(draws.map(\.truePositiveRate))
        self.draws = draws
    }
}
