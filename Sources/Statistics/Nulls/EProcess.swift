#if canImport(Glibc)
    internal import Glibc
#endif

/// A test that may be looked at after every observation: the wealth of a gambler who bets against the null hypothesis
/// (Waudby-Smith and Ramdas, JRSS-B 2024; Ville's inequality).
///
/// Observations are in `[0, 1]`, for example 1 for a match and 0 for a mismatch. With the null hypothesis "the mean of each
/// observation, given those before it, is at least `bound`", the wealth is the mean over fixed fractions
/// f = 0.05, 0.15, …, 0.95 of `∏ (1 + f (bound − x_t) / (1 − bound))`; with "at most `bound`" it is that of
/// `∏ (1 + f (x_t − bound) / bound)`. Each product is a supermartingale that starts at 1 and stays positive, and so is
/// their mean. Under the null hypothesis the wealth ever reaches 1/α with probability at most α, whatever the stopping rule.
///
/// To refute that a suspect is the protected model, `bound` is a lower confidence limit of the protected model's agreement
/// with itself. For a common origin the null hypothesis is that *some* independent model answers, so `bound` must be an
/// upper limit over the whole panel and not the mean of a probe. Low wealth is not evidence for the null hypothesis.
public struct EProcess: Sendable, Hashable {
    /// The null hypothesis about the conditional mean of each observation.
    public enum Null: String, Sendable, Hashable, Codable {
        /// The mean is at least the bound.
        case atLeast = "at_least"
        /// The mean is at most the bound.
        case atMost = "at_most"
    }

    /// The null hypothesis.
    public let null: Null
    /// Its bound, above 0 and below 1.
    public let bound: Double
    /// How many observations were made.
    public private(set) var observations = 0
    /// The natural logarithm of the largest wealth so far, 0 or more.
    public private(set) var largestLogWealth = 0.0
    private var logWealths = [Double](repeating: 0, count: fractions.count)

    private static let fractions = (0..<10).map { 0.05 + 0.1 * Double($0) }

    /// Starts with a wealth of 1.
    /// - Throws: `invalidNumber` unless `bound` is above 0 and below 1.
    public init(null: Null, bound: Double) throws(StatisticsError) {
        guard bound > 0, bound < 1 else {
            throw StatisticsError(.invalidNumber, "the bound of an e-process is above 0 and below 1, not \(bound)")
        }
        self.null = null
        self.bound = bound
    }

    /// Adds an observation.
    /// - Throws: `invalidNumber` outside `[0, 1]`.
    public mutating func observe(_ value: Double) throws(StatisticsError) {
        guard value >= 0, value <= 1 else {
            throw StatisticsError(.invalidNumber, "an observation of an e-process is in [0, 1], not \(value)")
        }
        let gain = null == .atLeast ? (bound - value) / (1 - bound) : (value - bound) / bound
        for (index, fraction) in Self.fractions.enumerated() { logWealths[index] += log1p(fraction * gain) }
        observations += 1
        largestLogWealth = max(largestLogWealth, logWealth)
    }

    /// The natural logarithm of the wealth now.
    public var logWealth: Double {
        let peak = logWealths.max() ?? 0
        return peak + log(logWealths.reduce(0) { $0 + exp($1 - peak) } / Double(logWealths.count))
    }

    /// An anytime-valid p-value: the inverse of the largest wealth so far, at most 1.
    public var pValue: Double { exp(-largestLogWealth) }

    /// Whether the null hypothesis is rejected at error rate `alpha` (Ville): the wealth has reached `1/alpha`.
    public func isRejected(alpha: Double) -> Bool { largestLogWealth >= -log(alpha) }
}
