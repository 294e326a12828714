internal import Glibc

extension ProbeSelection {
    /// The candidates of one family, best first; ties go to the smaller digest.
    static func order(
        _ indices: [Int], scores: [CandidateScores], profiles: [[Double]], rule: SelectionRule
    ) -> [Int] {
        func byValue(_ value: (CandidateScores) -> Double?) -> [Int] {
            indices.sorted { left, right in
                let leftValue = value(scores[left]) ?? -.infinity
                let rightValue = value(scores[right]) ?? -.infinity
                return leftValue == rightValue ? scores[left].probe < scores[right].probe : leftValue > rightValue
            }
        }
        switch rule {
        case .discrimination: return byValue(\.discrimination)
        case .informationPerToken: return byValue(\.informationPerKilotoken)
        case .diverse(let weight):
            return diverse(byValue(\.discrimination), scores: scores, profiles: profiles, weight: weight)
        }
    }

    /// The greedy order by d′ plus the weighted log-determinant gain, with a Cholesky factor that grows by one row per choice.
    ///
    /// The kernel is `½ + ½ ρ`, plus a ridge of 0.1, where ρ is the correlation of two candidates' agreements over pairs of
    /// lineages. Only the first 400 places are ordered so: beyond them the order by d′ stays.
    private static func diverse(
        _ byValue: [Int], scores: [CandidateScores], profiles: [[Double]], weight: Double
    ) -> [Int] {
        let ridge = 0.1
        let places = min(400, byValue.count)
        let rows = byValue.map { standardised(profiles[$0]) }
        var remaining = Array(byValue.indices)
        var residual = [Double](repeating: 1 + ridge, count: byValue.count)
        var factors = [[Double]](repeating: [], count: byValue.count)
        var result: [Int] = []
        for _ in 0..<places {
            var best = remaining[0]
            var bestGain = -Double.infinity
            for candidate in remaining {
                let value = scores[byValue[candidate]].discrimination ?? 0
                let gain = CandidateScorer.rounded(value + weight * log(max(residual[candidate], 1e-9)))
                if gain > bestGain {
                    best = candidate
                    bestGain = gain
                }
            }
            result.append(byValue[best])
            remaining.removeAll { $0 == best }
            let pivot = residual[best].squareRoot()
            for candidate in remaining {
                let kernel = 0.5 + 0.5 * dot(rows[best], rows[candidate])
                let entry = (kernel - dot(factors[best], factors[candidate])) / pivot
                factors[candidate].append(entry)
                residual[candidate] -= entry * entry
            }
        }
        return result + remaining.map { byValue[$0] }
    }

    private static func dot(_ left: [Double], _ right: [Double]) -> Double {
        var sum = 0.0
        for index in 0..<min(left.count, right.count) { sum += left[index] * right[index] }
        return sum
    }

    /// Mean 0 and length 1; zeros where the values do not vary.
    private static func standardised(_ values: [Double]) -> [Double] {
        guard let mean = CandidateScorer.mean(values) else { return [] }
        let centred = values.map { $0 - mean }
        let length = dot(centred, centred).squareRoot()
        return length < 1e-9 ? centred.map { _ in 0 } : centred.map { $0 / length }
    }
}
