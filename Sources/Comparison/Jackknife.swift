/// The delete-one jackknife (Tukey 1958; Efron and Tibshirani, *An Introduction to the Bootstrap*, chapter 11).
package enum Jackknife {
    /// The standard error from the values with one unit left out at a time: `√((n − 1)/n · Σ (θ_i − θ̄)²)`; nil for fewer
    /// than two.
    package static func standardError(of values: [Double]) -> Double? {
        guard values.count >= 2 else { return nil }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return ((count - 1) / count * square).squareRoot()
    }

    /// The standard error of the ratio `Σ numerator / Σ denominator` with one unit left out at a time; nil for fewer than two
    /// units, or where leaving one out leaves nothing.
    package static func standardErrorOfRatio(_ numerators: [Double], _ denominators: [Double]) -> Double? {
        let numerator = numerators.reduce(0, +)
        let denominator = denominators.reduce(0, +)
        var values: [Double] = []
        for (upper, lower) in zip(numerators, denominators) {
            guard abs(denominator - lower) > 1e-12 else { return nil }
            values.append((numerator - upper) / (denominator - lower))
        }
        return standardError(of: values)
    }
}
