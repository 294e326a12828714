#if canImport(Glibc)
    internal import Glibc
#endif

/// The largest likelihood ratio that a calibration population can support.
///
/// A ratio argues against one of its two hypotheses. `|log₁₀ LR|` is limited to log₁₀ of the number of lineages that
/// represent that hypothesis: from n lineages nobody can learn that something happens less often than about once in n.
/// This is a rule of prudence in the spirit of the empirical bounds of Vergeer et al. (2016), not a theorem.
public struct LikelihoodRatioBound: Sendable, Hashable, Codable {
    /// A ratio after the limit.
    public struct Bounded: Sendable, Hashable, Codable {
        /// The decimal logarithm of the ratio, within the limits.
        public let log10LR: Double
        /// Whether the limit changed it.
        public let isBounded: Bool

        package init(log10LR: Double, isBounded: Bool) {
            self.log10LR = log10LR
            self.isBounded = isBounded
        }
    }

    /// The lineages that represent the hypothesis in the numerator.
    public let numeratorLineages: Int
    /// The lineages that represent the hypothesis in the denominator.
    public let denominatorLineages: Int

    /// Takes counts of lineages, 0 or more. Without lineages a hypothesis cannot be argued against at all.
    public init(numeratorLineages: Int, denominatorLineages: Int) {
        self.numeratorLineages = numeratorLineages
        self.denominatorLineages = denominatorLineages
    }

    /// The greatest decimal logarithm.
    public var ceiling: Double { log10(Double(max(1, denominatorLineages))) }

    /// The least decimal logarithm.
    public var floor: Double { -log10(Double(max(1, numeratorLineages))) }

    /// Limits a ratio. A NaN becomes 0, which argues for nothing.
    public func bound(log10LR: Double) -> Bounded {
        guard !log10LR.isNaN else { return Bounded(log10LR: 0, isBounded: true) }
        let limited = min(max(log10LR, floor), ceiling)
        return Bounded(log10LR: limited, isBounded: limited != log10LR)
    }
}
