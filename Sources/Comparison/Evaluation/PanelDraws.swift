internal import ForensicTypes
internal import Statistics

/// What ``PanelNormalisedSimilarity`` achieves with few probes and a small panel, on models of known lineage.
///
/// Every draw takes some of the prompts and an order of the lineages at random. A pair is scored by the comparator itself, as in a case: one model is
/// the protected one, the other the suspect, and the panel are all models of the first lineages in the order that neither of the two belongs to.
/// Related pairs are those of one model and of a derivative; unrelated ones have no documented relation.
///
/// A single draw says little: the panel's means and deviations are estimates from a handful of lineages, and related pairs are few. The spread
/// over draws is that of another panel and other probes from the same models. It is not the uncertainty about other models: all draws share them.
public enum PanelDraws {
    /// Whose answers say which n-grams are rare and what the mean answer is.
    public enum Rarity: String, Sendable, Hashable, Codable, CaseIterable {
        /// Those of the pair and its panel, as in a case.
        case panel
        /// Those of all models, relatives sharing the weight of one lineage. Published evaluations are made so. It knows more than a case does.
        case population
    }

    /// How the draws are made.
    public struct Settings: Sendable, Hashable {
        /// Prompts per draw.
        public var probes = 100
        /// Lineages of a panel, 3 or more.
        public var lineages = 12
        /// Draws.
        public var draws = 16
        /// Unrelated pairs per draw, drawn at random; nil for all of them.
        public var unrelatedPairs: Int? = 1000
        /// Whose answers say what is rare.
        public var rarity = Rarity.panel
        /// The seed of all draws.
        public var seed: UInt64 = 1

        /// Chooses the defaults.
        public init() {}
    }

    /// The answers of models, by model and prompt.
    public typealias Texts = [String: [String: [UInt8]]]

    /// Draws, scores and measures.
    ///
    /// - Parameters:
    ///   - texts: The answers of every model of the record.
    ///   - record: What is documented about the models.
    ///   - settings: How.
    ///   - progress: Called with the number of pairs that are scored, and of all.
    /// - Throws: `ComparisonError` with the code `panelBelowFloor` if the record has too few lineages for a panel beside a pair, `foreignProbes` if there are
    ///   fewer shared prompts than a draw takes, `tooFewPairs` without a related or an unrelated pair.
    public static func measure(
        _ texts: Texts, record: LineageRecord, settings: Settings = Settings(),
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws(ComparisonError) -> PanelDrawsReport {
        let models = record.entries.keys.filter { texts[$0] != nil }.sorted()
        let lineages = Set(models.compactMap { record.entries[$0]?.lineage }).sorted()
        let prompts = shared(models.compactMap { texts[$0] })
        try check(settings, lineages: lineages.count, prompts: prompts.count)
        let (related, unrelated) = pairs(of: models, record: record)
        guard !related.isEmpty, !unrelated.isEmpty else {
            throw ComparisonError(
                .tooFewPairs, "\(related.count) related and \(unrelated.count) unrelated pairs; both kinds are needed")
        }
        let wanted = min(settings.unrelatedPairs ?? unrelated.count, unrelated.count)
        let total = settings.draws * (related.count + wanted)
        var generator = SeededGenerator(seed: settings.seed)
        var draws: [PanelDrawsReport.Draw] = []
        var done = 0
        for _ in 0..<settings.draws {
            var stream = generator.split()
            var (order, chosen, negatives) = (lineages, prompts, unrelated)
            stream.shuffle(&chosen)
            stream.shuffle(&order)
            stream.shuffle(&negatives)
            let panel = DrawnPanel(
                prompts: Array(chosen.prefix(settings.probes)), order: order, settings: settings, texts: texts,
                record: record)
            func scores(_ pairs: some Sequence<ModelPair>) -> [Double] {
                pairs.compactMap { pair in
                    done += 1
                    progress(done, total)
                    return panel.score(pair)
                }
            }
            let (positive, negative) = (scores(related), scores(negatives.prefix(wanted)))
            guard let scored = try? ScoredPairs(targets: positive, nonTargets: negative) else { continue }
            let curve = ReceiverOperatingCurve(scored)
            draws.append(
                PanelDrawsReport.Draw(
                    auc: curve.area() ?? 0,
                    truePositiveRate: curve.operatingPoint(atFalsePositiveRate: 0.01)?.truePositiveRate ?? 0,
                    related: positive.count, unrelated: negative.count))
        }
        return PanelDrawsReport(
            models: models.count, lineages: lineages.count, prompts: prompts.count, settings: settings, draws: draws)
    }

    private static func check(_ settings: Settings, lineages: Int, prompts: Int) throws(ComparisonError) {
        guard settings.lineages >= SymmetricNormalisation.fewestLineages, lineages >= settings.lineages + 2 else {
            throw ComparisonError(
                .panelBelowFloor,
                "a panel of \(settings.lineages) lineages was asked for; give \(SymmetricNormalisation.fewestLineages) or more, "
                    + "and two less than the \(lineages) of the population")
        }
        guard settings.probes > 0, settings.probes <= prompts else {
            throw ComparisonError(
                .foreignProbes, "\(settings.probes) probes were asked for; most models answered \(prompts) prompts")
        }
        guard settings.draws > 0, settings.unrelatedPairs ?? 1 > 0 else {
            throw ComparisonError(.outOfRange, "give one draw and one unrelated pair or more")
        }
    }

    /// The prompts that more than half of the models answered, in scalar order.
    private static func shared(_ answers: [[String: [UInt8]]]) -> [String] {
        var counts: [String: Int] = [:]
        for prompt in answers.joined() where !prompt.value.isEmpty { counts[prompt.key, default: 0] += 1 }
        return counts.filter { 2 * $0.value > answers.count }.keys.sorted()
    }

    private static func pairs(
        of models: [String], record: LineageRecord
    ) -> (related: [ModelPair], unrelated: [ModelPair]) {
        var (related, unrelated): ([ModelPair], [ModelPair]) = ([], [])
        for (index, first) in models.enumerated() {
            for second in models[(index + 1)...] {
                switch EvaluatedHypothesis.lineage.isTarget(record.kind(first, second)) {
                case true?: related.append(ModelPair(first, second))
                case false?: unrelated.append(ModelPair(first, second))
                case nil: break
                }
            }
        }
        return (related, unrelated)
    }
}
