#if canImport(Glibc)
    internal import Glibc
#endif

/// The exact binomial test.
///
/// Null hypothesis: every one of n independent trials succeeds with the given probability. Probes put to one pair of models
/// are not such trials for the question whether *another* model would match: never use this test over probes for that
/// (rule 1 of inference). It is for counts that are independent by construction, such as watermark tuples under a random key.
public struct BinomialTest: Sendable, Hashable {
    /// The p-value, in `[0, 1]`.
    public let pValue: Double

    /// Tests a count.
    ///
    /// A two-sided p-value sums the probabilities of all counts that are at most as likely as the observed one, with a
    /// relative tolerance of 10⁻⁷ for equal ones.
    /// - Throws: `invalidNumber` unless 0 ≤ `successes` ≤ `trials` and `probability` is in `[0, 1]`.
    public init(
        successes: Int, trials: Int, probability: Double, alternative: Alternative = .greater
    ) throws(StatisticsError) {
        guard trials >= 0, successes >= 0, successes <= trials, probability >= 0, probability <= 1 else {
            throw StatisticsError(
                .invalidNumber, "\(successes) successes in \(trials) trials at probability \(probability)")
        }
        switch alternative {
        case .greater: pValue = Self.upperTail(successes, trials, probability)
        case .less: pValue = 1 - Self.upperTail(successes + 1, trials, probability)
        case .twoSided:
            let limit = Self.logMass(successes, trials, probability) + 1e-7
            let total = (0...trials).reduce(into: 0.0) { sum, count in
                let mass = Self.logMass(count, trials, probability)
                if mass <= limit { sum += exp(mass) }
            }
            pValue = min(1, total)
        }
    }

    /// P(X ≥ k), as the incomplete beta function.
    private static func upperTail(_ k: Int, _ n: Int, _ p: Double) -> Double {
        if k <= 0 { return 1 }
        if k > n { return 0 }
        return SpecialFunctions.incompleteBeta(p, Double(k), Double(n - k + 1))
    }

    private static func logMass(_ k: Int, _ n: Int, _ p: Double) -> Double {
        if p == 0 { return k == 0 ? 0 : -.infinity }
        if p == 1 { return k == n ? 0 : -.infinity }
        return SpecialFunctions.logChoose(n, k) + Double(k) * log(p) + Double(n - k) * log1p(-p)
    }
}
