public import ForensicTypes

/// Which pairs of models are related and which are not while probes are scored, and how much each pair weighs.
///
/// Lineages are the replicates: all pairs of one lineage, or of one pair of lineages, weigh one together, however many
/// models a lineage has.
public struct PairRelations: Sendable, Hashable {
    /// A pair of models, by their places.
    struct Pair: Sendable, Hashable {
        let left: Int
        let right: Int
        /// What the pair weighs; those of a kind sum to 1.
        let weight: Double
        /// The pair of lineages that it belongs to, by number.
        let cell: Int
    }

    /// How many models there are, members or not.
    let models: Int
    /// What each model weighs where answers are counted: those of a lineage sum to 1, and who takes no part weighs 0.
    let weights: [Double]
    /// The models that take part, ascending.
    let members: [Int]
    /// The lineage of each model by number; -1 for a model that takes no part.
    let lineageOfModel: [Int]
    let related: [Pair]
    let unrelated: [Pair]
    /// How many pairs of lineages the unrelated pairs belong to.
    let cells: Int
    /// How many pairs of lineages, or lineages by themselves, the related pairs belong to: the replicates of relatedness.
    let relatedCells: Int

    /// Takes the pairs.
    ///
    /// - Parameters:
    ///   - lineages: The lineage of each model; nil for a model that takes no part.
    ///   - related: Pairs of which one is a copy or derivative of the other, or both of a third.
    ///   - unrelated: Pairs without a relation.
    public init(lineages: [Lineage?], related: [(Int, Int)], unrelated: [(Int, Int)]) {
        models = lineages.count
        var sizes: [Lineage: Int] = [:]
        for lineage in lineages.compactMap(\.self) { sizes[lineage, default: 0] += 1 }
        weights = lineages.map { lineage in lineage.map { 1 / Double(sizes[$0] ?? 1) } ?? 0 }
        let numbers = Dictionary(uniqueKeysWithValues: sizes.keys.sorted().enumerated().map { ($1, $0) })
        lineageOfModel = lineages.map { $0.flatMap { numbers[$0] } ?? -1 }
        members = lineages.indices.filter { lineages[$0] != nil }
        (self.related, relatedCells) = Self.weighed(related, lineages: lineages)
        (self.unrelated, cells) = Self.weighed(unrelated, lineages: lineages)
    }

    private static func weighed(_ pairs: [(Int, Int)], lineages: [Lineage?]) -> (pairs: [Pair], cells: Int) {
        func names(_ pair: (Int, Int)) -> [Lineage] { [pair.0, pair.1].compactMap { lineages[$0] }.sorted() }
        let keys = Set(pairs.map(names)).sorted { $0.lexicographicallyPrecedes($1) }
        let numbers = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
        let cells = pairs.map { numbers[names($0)] ?? 0 }
        var sizes = [Int](repeating: 0, count: keys.count)
        for cell in cells { sizes[cell] += 1 }
        let weighed = zip(pairs, cells).map { pair, cell in
            Pair(
                left: pair.0, right: pair.1, weight: 1 / Double(sizes[cell] * max(keys.count, 1)), cell: cell)
        }
        return (weighed, keys.count)
    }
}
