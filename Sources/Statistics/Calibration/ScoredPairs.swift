/// Scores of pairs whose truth is known, sorted once, so that weighted statistics over many bootstrap draws take one pass
/// each.
///
/// High scores speak for the target hypothesis. Equal scores form one step: nothing depends on their order.
public struct ScoredPairs: Sendable, Hashable {
    /// Pairs with one score: their original positions.
    struct Step: Sendable, Hashable {
        let score: Double
        let targets: [Int]
        let nonTargets: [Int]
    }

    /// How many pairs there are.
    public let count: Int
    /// The steps, from the highest score to the lowest.
    let steps: [Step]

    /// Sorts pairs.
    /// - Parameters:
    ///   - scores: finite or infinite, none NaN.
    ///   - isTarget: whether the target hypothesis is true of each pair.
    /// - Throws: `lengthMismatch`, `invalidNumber` for a NaN, or `empty` without a target or without a non-target.
    public init(scores: [Double], isTarget: [Bool]) throws(StatisticsError) {
        guard scores.count == isTarget.count else {
            throw StatisticsError(.lengthMismatch, "\(scores.count) scores and \(isTarget.count) labels")
        }
        if let bad = scores.firstIndex(where: \.isNaN) {
            throw StatisticsError(.invalidNumber, "the score of pair \(bad) is NaN; leave pairs without a score out")
        }
        let targets = isTarget.count { $0 }
        guard targets > 0, targets < scores.count else {
            throw StatisticsError(
                .empty, "\(targets) target and \(scores.count - targets) non-target pairs; both kinds are needed")
        }
        count = scores.count
        var steps: [Step] = []
        var order = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }[...]
        while let first = order.first {
            let step = order.prefix { scores[$0] == scores[first] }
            steps.append(
                Step(
                    score: scores[first], targets: step.filter { isTarget[$0] },
                    nonTargets: step.filter { !isTarget[$0] }))
            order = order.dropFirst(step.count)
        }
        self.steps = steps
    }

    /// Sorts the two kinds of pairs given apart.
    public init(targets: [Double], nonTargets: [Double]) throws(StatisticsError) {
        try self.init(
            scores: targets + nonTargets,
            isTarget: targets.map { _ in true } + nonTargets.map { _ in false })
    }

    /// The weight of targets and non-targets at each step, and in all; nil if a kind weighs nothing.
    func weighed(_ weights: [Double]?) -> WeighedSteps? {
        guard let weights else {
            return WeighedSteps(
                targets: steps.map { Double($0.targets.count) }, nonTargets: steps.map { Double($0.nonTargets.count) })
        }
        precondition(weights.count == count, "\(weights.count) weights for \(count) pairs")
        return WeighedSteps(
            targets: steps.map { step in step.targets.reduce(0) { $0 + weights[$1] } },
            nonTargets: steps.map { step in step.nonTargets.reduce(0) { $0 + weights[$1] } })
    }
}

/// What the pairs of each step weigh, from the highest score to the lowest.
struct WeighedSteps {
    let targets: [Double]
    let nonTargets: [Double]
    let allTargets: Double
    let allNonTargets: Double

    init?(targets: [Double], nonTargets: [Double]) {
        self.targets = targets
        self.nonTargets = nonTargets
        allTargets = targets.reduce(0, +)
        allNonTargets = nonTargets.reduce(0, +)
        guard allTargets > 0, allNonTargets > 0 else { return nil }
    }
}
