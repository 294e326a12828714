/// The exact confidence interval of a proportion (Clopper and Pearson, 1934). It covers at least as often as it says.
public struct ClopperPearson: Sendable, Hashable, Codable {
    /// The lower limit, in `[0, 1]`; 0 without a success.
    public let lower: Double
    /// The upper limit, in `[0, 1]`; 1 without a failure.
    public let upper: Double
    /// The coverage, for example 0.95.
    public let confidence: Double

    /// Computes both limits, each at half of the error.
    /// - Throws: `invalidNumber` unless 0 ≤ `successes` ≤ `trials`, 1 ≤ `trials`, and 0 < `confidence` < 1.
    public init(successes: Int, trials: Int, confidence: Double = 0.95) throws(StatisticsError) {
        guard trials > 0, successes >= 0, successes <= trials, confidence > 0, confidence < 1 else {
            throw StatisticsError(
                .invalidNumber, "\(successes) successes in \(trials) trials at confidence \(confidence)")
        }
        let tail = (1 - confidence) / 2
        let (k, failures) = (Double(successes), Double(trials - successes))
        self.confidence = confidence
        lower = successes == 0 ? 0 : SpecialFunctions.inverseIncompleteBeta(tail, k, failures + 1)
        upper = successes == trials ? 1 : SpecialFunctions.inverseIncompleteBeta(1 - tail, k + 1, failures)
    }
}
