/// The bootstrap over lineages (a cluster bootstrap): lineages are drawn with replacement, and everything that belongs to
/// a lineage comes and goes with it.
///
/// Models of one lineage, and pairs that share one, are not independent, so intervals over models, pairs or probes are too
/// narrow. A pair of models weighs as much as the product of its two lineages' multiplicities (or the multiplicity itself
/// if both models are of one lineage).
public struct LineageBootstrap: Sendable, Hashable {
    /// How many lineages there are.
    public let lineages: Int
    /// How many times they are drawn.
    public let draws: Int
    /// The seed of the draws.
    public let seed: UInt64

    /// Plans a bootstrap.
    /// - Throws: `empty` without lineages or draws.
    public init(lineages: Int, draws: Int = 2000, seed: UInt64) throws(StatisticsError) {
        guard lineages > 0, draws > 0 else {
            throw StatisticsError(.empty, "a bootstrap of \(lineages) lineages and \(draws) draws has no outcome")
        }
        self.lineages = lineages
        self.draws = draws
        self.seed = seed
    }

    /// Evaluates a statistic on every draw.
    /// - Parameter statistic: takes how often each lineage was drawn, and returns nil where it is not defined.
    /// - Returns: the values of the draws where the statistic was defined and is a number, in the order of the draws.
    public func replicates(_ statistic: (_ multiplicities: [Int]) throws -> Double?) rethrows -> [Double] {
        var generator = SeededGenerator(seed: seed)
        var multiplicities = [Int](repeating: 0, count: lineages)
        var values: [Double] = []
        values.reserveCapacity(draws)
        for _ in 0..<draws {
            for index in multiplicities.indices { multiplicities[index] = 0 }
            for _ in 0..<lineages { multiplicities[generator.index(below: lineages)] += 1 }
            if let value = try statistic(multiplicities), !value.isNaN { values.append(value) }
        }
        return values
    }

    /// The weight of a pair of models in one draw.
    public static func pairWeight(_ first: Int, _ second: Int, multiplicities: [Int]) -> Int {
        first == second ? multiplicities[first] : multiplicities[first] * multiplicities[second]
    }
}
