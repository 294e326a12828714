/// A percentile interval of bootstrap replicates.
public struct BootstrapInterval: Sendable, Hashable, Codable {
    /// The lower end.
    public let lower: Double
    /// The upper end.
    public let upper: Double
    /// The nominal coverage, for example 0.95.
    public let confidence: Double
    /// How many replicates were defined.
    public let replicates: Int

    /// Takes the `(1 ∓ confidence)/2` quantiles, interpolated linearly between order statistics (Hyndman and Fan's type 7).
    /// - Parameters:
    ///   - replicates: in any order; none may be NaN.
    ///   - confidence: above 0 and below 1.
    /// - Throws: `empty` without replicates, `invalidNumber` for a NaN or a confidence outside its range.
    public init(replicates: [Double], confidence: Double = 0.95) throws(StatisticsError) {
        guard !replicates.isEmpty else { throw StatisticsError(.empty, "an interval needs at least one replicate") }
        guard confidence > 0, confidence < 1, !replicates.contains(where: \.isNaN) else {
            throw StatisticsError(.invalidNumber, "an interval needs numbers and 0 < confidence < 1, not \(confidence)")
        }
        let sorted = replicates.sorted()
        self.lower = Self.quantile((1 - confidence) / 2, of: sorted)
        self.upper = Self.quantile((1 + confidence) / 2, of: sorted)
        self.confidence = confidence
        self.replicates = replicates.count
    }

    /// The quantile of numbers in ascending order, at least one; `probability` in `[0, 1]`.
    public static func quantile(_ probability: Double, of sorted: [Double]) -> Double {
        let position = probability * Double(sorted.count - 1)
        let index = min(max(0, Int(position)), sorted.count - 1)
        guard index + 1 < sorted.count, sorted[index] != sorted[index + 1] else { return sorted[index] }
        return sorted[index] + (position - Double(index)) * (sorted[index + 1] - sorted[index])
    }
}
