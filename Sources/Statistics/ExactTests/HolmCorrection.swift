/// Holm's step-down correction (1979): it bounds the probability of even one false rejection, whatever the dependence.
public enum HolmCorrection {
    /// Adjusted p-values in the order given; rejecting those at most α keeps the family-wise error rate at α.
    /// - Throws: `invalidNumber` for a p-value outside `[0, 1]`.
    public static func adjusted(_ pValues: [Double]) throws(StatisticsError) -> [Double] {
        try PValues.check(pValues)
        var result = pValues
        var running = 0.0
        for (rank, index) in PValues.ascendingOrder(pValues).enumerated() {
            running = max(running, min(1, Double(pValues.count - rank) * pValues[index]))
            result[index] = running
        }
        return result
    }
}
