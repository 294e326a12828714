#if canImport(Glibc)
    internal import Glibc
#endif

/// The Tippett plot: for each likelihood ratio, how often a target and a non-target pair exceed it.
///
/// The share of non-targets above 0 and of targets below 0 are the rates of misleading evidence.
public struct TippettCurves: Sendable, Hashable {
    /// One step of the curves.
    public struct Point: Sendable, Hashable, Codable {
        /// The decimal logarithm of the likelihood ratio.
        public let log10LR: Double
        /// The share of target pairs with at least this ratio.
        public let targets: Double
        /// The share of non-target pairs with at least this ratio.
        public let nonTargets: Double
    }

    /// The steps, from the greatest ratio to the least.
    public let points: [Point]
    /// The share of target pairs whose ratio is below 1.
    public let misleadingTargets: Double
    /// The share of non-target pairs whose ratio is above 1.
    public let misleadingNonTargets: Double

    /// Computes the curves of pairs whose scores are natural logarithms of likelihood ratios.
    public init(_ pairs: ScoredPairs) {
        points = ReceiverOperatingCurve(pairs).points.map {
            Point(
                log10LR: $0.threshold / log(10), targets: $0.truePositiveRate, nonTargets: $0.falsePositiveRate)
        }
        misleadingTargets = 1 - (points.last { $0.log10LR >= 0 }?.targets ?? 0)
        misleadingNonTargets = points.last { $0.log10LR > 0 }?.nonTargets ?? 0
    }
}
