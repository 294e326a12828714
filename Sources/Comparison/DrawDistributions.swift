internal import Statistics

/// The outcomes of repeated draws of two models on one probe, compared at equal sample sizes.
///
/// Two samples of one law differ by chance, and the more so the smaller they are. So the difference between the models is
/// measured between a random half of the protected model's draws and equally many of the suspect's, and the same
/// measure between the two halves of the protected model's own draws is taken off. The excess is 0 on average where the laws are equal.
struct DrawDistributions<Outcome: Hashable & Comparable & Sendable> {
    /// How many random halves are averaged.
    static var splits: Int { 40 }

    private let own: [Int]
    private let theirs: [Int]
    private let outcomes: Int

    /// Numbers the outcomes; nil if the protected model has fewer than `fewest` draws, or the suspect fewer than half of that.
    init?(own: [Outcome], theirs: [Outcome], fewest: Int) {
        guard own.count >= max(2, fewest), theirs.count >= max(1, fewest / 2) else { return nil }
        let names = Set(own).union(theirs).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        self.own = own.compactMap { numbers[$0] }
        self.theirs = theirs.compactMap { numbers[$0] }
        self.outcomes = names.count
    }

    /// A difference between the models, and between halves of the protected model's own draws.
    struct Excess {
        let between: Double
        let within: Double
    }

    /// The mean of a distance over random halves.
    func excess(_ distance: ([Double], [Double]) -> Double, generator: inout SeededGenerator) -> Excess {
        var between = 0.0
        var within = 0.0
        var shuffledOwn = own
        var shuffledTheirs = theirs
        let half = min(own.count / 2, theirs.count)
        for _ in 0..<Self.splits {
            generator.shuffle(&shuffledOwn)
            generator.shuffle(&shuffledTheirs)
            let first = counts(shuffledOwn.prefix(half))
            between += distance(first, counts(shuffledTheirs.prefix(half)))
            within += distance(first, counts(shuffledOwn.suffix(half)))
        }
        return Excess(between: between / Double(Self.splits), within: within / Double(Self.splits))
    }

    private func counts(_ draws: ArraySlice<Int>) -> [Double] {
        var counts = [Double](repeating: 0, count: outcomes)
        for draw in draws { counts[draw] += 1 }
        return counts
    }
}
