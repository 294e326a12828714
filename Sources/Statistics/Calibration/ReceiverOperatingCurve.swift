/// How well scores separate two kinds of pairs, at every threshold.
///
/// Weights, where given, are those of a bootstrap draw, in the order in which the pairs were given. A statistic is nil if
/// one kind of pair weighs nothing.
public struct ReceiverOperatingCurve: Sendable, Hashable {
    /// A threshold and what it does: a pair is called a target if its score is at least the threshold.
    public struct OperatingPoint: Sendable, Hashable {
        /// The threshold; infinite if it calls nothing a target.
        public let threshold: Double
        /// The share of non-target pairs called targets.
        public let falsePositiveRate: Double
        /// The share of target pairs called targets.
        public let truePositiveRate: Double

        package init(threshold: Double, falsePositiveRate: Double, truePositiveRate: Double) {
            self.threshold = threshold
            self.falsePositiveRate = falsePositiveRate
            self.truePositiveRate = truePositiveRate
        }
    }

    private let pairs: ScoredPairs

    /// Takes pairs.
    public init(_ pairs: ScoredPairs) { self.pairs = pairs }

    /// The area under the curve: the probability that a target scores above a non-target, ties counting one half
    /// (Mann and Whitney). It says little about the low error rates that matter: read it beside `operatingPoint`.
    public func area(weights: [Double]? = nil) -> Double? {
        guard let steps = pairs.weighed(weights) else { return nil }
        var (above, sum) = (0.0, 0.0)
        for (target, nonTarget) in zip(steps.targets, steps.nonTargets) {
            sum += nonTarget * (above + target / 2)
            above += target
        }
        return sum / (steps.allTargets * steps.allNonTargets)
    }

    /// The most sensitive threshold whose false positive rate on these pairs is at most `limit`.
    ///
    /// It is conservative: nothing is interpolated, and of equal scores all pass or none. With n non-targets a limit below
    /// 1/n admits none of them.
    public func operatingPoint(atFalsePositiveRate limit: Double, weights: [Double]? = nil) -> OperatingPoint? {
        guard let steps = pairs.weighed(weights) else { return nil }
        var best = OperatingPoint(threshold: .infinity, falsePositiveRate: 0, truePositiveRate: 0)
        var (targets, nonTargets) = (0.0, 0.0)
        for (index, step) in pairs.steps.enumerated() {
            targets += steps.targets[index]
            nonTargets += steps.nonTargets[index]
            guard nonTargets <= limit * steps.allNonTargets else { break }
            best = OperatingPoint(
                threshold: step.score, falsePositiveRate: nonTargets / steps.allNonTargets,
                truePositiveRate: targets / steps.allTargets)
        }
        return best
    }

    /// The points of the curve, from the highest threshold to the lowest.
    public var points: [OperatingPoint] {
        guard let steps = pairs.weighed(nil) else { return [] }
        var (targets, nonTargets) = (0.0, 0.0)
        return pairs.steps.indices.map { index in
            targets += steps.targets[index]
            nonTargets += steps.nonTargets[index]
            return OperatingPoint(
                threshold: pairs.steps[index].score, falsePositiveRate: nonTargets / steps.allNonTargets,
                truePositiveRate: targets / steps.allTargets)
        }
    }
}
