#if canImport(Glibc)
    internal import Glibc
#endif

/// The cost of likelihood ratios, in bits: Cllr (Brümmer and du Preez, "Application-independent evaluation of speaker
/// detection", 2006).
///
/// `Cllr = ½ [mean over targets of log₂(1 + 1/LR) + mean over non-targets of log₂(1 + LR)]`. 0 is perfect; a system that
/// always says LR = 1 costs 1, and above 1 the ratios mislead. `minimum` is what the best monotone recalibration of the
/// same pairs would cost; the difference is the loss by calibration.
public struct CostOfLogLR: Sendable, Hashable {
    /// Cllr, in bits; infinite if a ratio of 0 or infinity is wrong.
    public let value: Double
    /// Cllr after isotonic recalibration, in bits, in `[0, 1]`.
    public let minimum: Double

    /// The loss by calibration, `value − minimum`, 0 or more.
    public var calibrationLoss: Double { max(0, value - minimum) }

    /// Computes the cost of pairs whose scores are natural logarithms of likelihood ratios.
    /// - Parameter weights: those of a bootstrap draw, in the order in which the pairs were given.
    /// - Returns: nil if one kind of pair weighs nothing.
    public init?(_ pairs: ScoredPairs, weights: [Double]? = nil) {
        guard let steps = pairs.weighed(weights),
            let isotonic = IsotonicCalibration(pairs, weights: weights)
        else { return nil }
        var (cost, least) = (Sum(), Sum())
        var block = isotonic.posteriors.count - 1
        for (index, step) in pairs.steps.enumerated() {
            while block > 0, isotonic.lowestScores[block] > step.score { block -= 1 }
            let posterior = isotonic.posteriors[block]
            let (target, nonTarget) = (steps.targets[index], steps.nonTargets[index])
            cost.add(target, nonTarget, logLR: step.score)
            least.add(target, nonTarget, logLR: log(posterior) - log(1 - posterior))
        }
        value = cost.bits(steps)
        minimum = least.bits(steps)
    }

    private struct Sum {
        private var target = 0.0
        private var nonTarget = 0.0

        mutating func add(_ target: Double, _ nonTarget: Double, logLR: Double) {
            if target > 0 { self.target += target * Sum.softplus(-logLR) }
            if nonTarget > 0 { self.nonTarget += nonTarget * Sum.softplus(logLR) }
        }

        func bits(_ steps: WeighedSteps) -> Double {
            (target / steps.allTargets + nonTarget / steps.allNonTargets) / 2 / log(2)
        }

        /// `log(1 + eˣ)` without overflow.
        private static func softplus(_ x: Double) -> Double {
            x > 0 ? x + log1p(exp(-x)) : log1p(exp(x))
        }
    }
}
