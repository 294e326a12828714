public import ForensicTypes
internal import Statistics

/// The scores of every pair of a population, at one or several probe budgets.
///
/// It holds scores and labels, no features: evaluation and calibration work on it as often as they like.
public struct PopulationMeasurement: Sendable {
    /// A pair of models with its label and its scores.
    struct Pair: Sendable {
        let first: Int
        let second: Int
        let kind: PairKind
        /// The lineage score.
        let lineage: Double
        /// The student score; nan where the models show no formats to compare.
        let student: Double
    }

    /// The models, in order of their names.
    public let models: [String]
    /// The lineages, in order of their names.
    public let lineages: [Lineage]
    /// The digest of the population.
    public let population: Digest
    /// How many probes were used.
    public let probes: Int
    /// The lineage of each model.
    let lineageOfModel: [Int]
    /// The pairs with a lineage score, first before second, in order.
    let pairs: [Pair]
    /// The scores at smaller budgets, the smallest first.
    let budgets: [(probes: Int, pairs: [Pair])]

    /// Scores every pair.
    ///
    /// - Parameters:
    ///   - population: The population.
    ///   - probeBudgets: Smaller numbers of probes to score at as well. Those beyond the number of probes are left out.
    ///   - confidence: The least confidence of a documented relation.
    ///   - seed: The seed of the order in which probes enter a budget.
    /// - Throws: `ComparisonError` as ``Population/validate()`` does.
    public init(
        _ population: Population, probeBudgets: [Int] = [], confidence: Double = 0.8, seed: UInt64 = 1
    ) throws(ComparisonError) {
        try population.validate()
        let members = population.members.sorted { $0.name < $1.name }
        var prompts = population.commonPrompts
        var generator = SeededGenerator(seed: seed)
        generator.shuffle(&prompts)
        let wanted = Set(probeBudgets.filter { $0 > 0 && $0 < prompts.count })
        var views = PairViews(models: members.map { (name: $0.name, lineage: $0.entry.lineage) })
        let kinds = PairKinds(members, record: population.record, confidence: confidence)
        var budgets: [(probes: Int, pairs: [Pair])] = []
        for prompt in prompts {
            views.add(members.map { $0.answers[prompt] })
            if wanted.contains(views.probes) { budgets.append((views.probes, kinds.pairs(PairScores(views)))) }
        }
        self.models = views.models
        self.lineages = views.lineages
        self.population = population.digest
        self.probes = views.probes
        self.lineageOfModel = views.lineageOfModel
        self.pairs = kinds.pairs(PairScores(views))
        self.budgets = budgets
    }
}

/// The labels of all pairs of a population.
private struct PairKinds {
    private let kinds: [PairKind]
    private let count: Int

    init(_ members: [Population.Member], record: LineageRecord, confidence: Double) {
        count = members.count
        kinds = members.flatMap { left in
            members.map { record.kind(left.name, $0.name, confidence: confidence) }
        }
    }

    func pairs(_ scores: PairScores) -> [PopulationMeasurement.Pair] {
        var pairs: [PopulationMeasurement.Pair] = []
        for first in 0..<count {
            for second in first + 1..<max(count, first + 1) {
                guard let lineage = scores.lineageScore(first, second) else { continue }
                pairs.append(
                    PopulationMeasurement.Pair(
                        first: first, second: second, kind: kinds[first * count + second], lineage: lineage,
                        student: scores.studentScore(first, second) ?? .nan))
            }
        }
        return pairs
    }
}
