/// What the corrections for multiple testing share.
enum PValues {
    static func check(_ pValues: [Double]) throws(StatisticsError) {
        for (index, value) in pValues.enumerated() where !(value >= 0 && value <= 1) {
            throw StatisticsError(.invalidNumber, "p-value \(index) is \(value), outside [0, 1]")
        }
    }

    /// Indices from the least to the greatest p-value; equal ones in the order given.
    static func ascendingOrder(_ pValues: [Double]) -> [Int] {
        pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    }
}
