/// The step-up procedure of Benjamini and Hochberg (1995): it bounds the expected share of false rejections among the
/// rejections, for independent or positively dependent p-values.
public enum BenjaminiHochberg {
    /// Adjusted p-values in the order given; rejecting those at most q keeps the false discovery rate at q.
    /// - Throws: `invalidNumber` for a p-value outside `[0, 1]`.
    public static func adjusted(_ pValues: [Double]) throws(StatisticsError) -> [Double] {
        try PValues.check(pValues)
        var result = pValues
        var running = 1.0
        for (rank, index) in PValues.ascendingOrder(pValues).enumerated().reversed() {
            running = min(running, Double(pValues.count) / Double(rank + 1) * pValues[index])
            result[index] = running
        }
        return result
    }
}
