internal import Glibc

/// The greedy order by value plus the weighted log-determinant gain, with a Cholesky factor that grows by one row per choice.
///
/// The kernel is `½ + ½ ρ`, plus a ridge of 0.1, where ρ is the correlation of two candidates' agreements over pairs of
/// lineages: candidates on which models agree in the same way count once. Only the first 400 places are ordered so: beyond
/// them the order by value stays.
enum DiverseOrder {
    /// How many places are ordered greedily.
    static let places = 400

    /// Orders candidates.
    ///
    /// - Parameters:
    ///   - values: The candidates' values, best first.
    ///   - profiles: The candidates' agreements by pair of lineages; nan where missing.
    ///   - weight: What the logarithm of the determinant weighs.
    /// - Returns: Places in `values`.
    static func of(_ values: [Double], profiles: [[Double]], weight: Double) -> [Int] {
        let ridge = 0.1
        let rows = profiles.map(standardised)
        var remaining = Array(values.indices)
        var residual = [Double](repeating: 1 + ridge, count: values.count)
        var factors = [[Double]](repeating: [], count: values.count)
        var result: [Int] = []
        for _ in 0..<min(places, values.count) {
            var best = remaining[0]
            var bestGain = -Double.infinity
            for candidate in remaining {
                let gain = CandidateScorer.rounded(values[candidate] + weight * log(max(residual[candidate], 1e-9)))
                if gain > bestGain {
                    best = candidate
                    bestGain = gain
                }
            }
            result.append(best)
            remaining.removeAll { $0 == best }
            let pivot = residual[best].squareRoot()
            for candidate in remaining {
                let kernel = 0.5 + 0.5 * dot(rows[best], rows[candidate])
                let entry = (kernel - dot(factors[best], factors[candidate])) / pivot
                factors[candidate].append(entry)
                residual[candidate] -= entry * entry
            }
        }
        return result + remaining
    }

    private static func dot(_ left: [Double], _ right: [Double]) -> Double {
        var sum = 0.0
        for index in 0..<min(left.count, right.count) { sum += left[index] * right[index] }
        return sum
    }

    /// Mean 0 and length 1, missing values at the mean; zeros where the values do not vary.
    private static func standardised(_ values: [Double]) -> [Double] {
        guard let mean = CandidateScorer.mean(values.filter { !$0.isNaN }) else { return values.map { _ in 0 } }
        let centred = values.map { $0.isNaN ? 0 : $0 - mean }
        let length = dot(centred, centred).squareRoot()
        return length < 1e-9 ? centred.map { _ in 0 } : centred.map { $0 / length }
    }
}
