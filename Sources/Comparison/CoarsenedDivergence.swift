/// The Jensen–Shannon divergence of two laws that are known on some tokens only.
enum CoarsenedDivergence {
    /// The divergence in bits, within 0...1, of the shared tokens and one class for everything else.
    ///
    /// - Parameter logprobs: The natural log-probabilities of each shared token under the two laws.
    static func bits(_ logprobs: [(Double, Double)]) -> Double {
        var left = logprobs.map { Logarithm.exponential($0.0) }
        var right = logprobs.map { Logarithm.exponential($0.1) }
        left.append(max(0, 1 - left.reduce(0, +)))
        right.append(max(0, 1 - right.reduce(0, +)))
        return bits(left, right)
    }

    /// The Jensen–Shannon divergence in bits of two vectors of non-negative numbers that are scaled to sum to one.
    static func bits(_ left: [Double], _ right: [Double]) -> Double {
        let leftSum = left.reduce(0, +)
        let rightSum = right.reduce(0, +)
        guard leftSum > 0, rightSum > 0 else { return 0 }
        var divergence = 0.0
        for (first, second) in zip(left, right) {
            let p = first / leftSum
            let q = second / rightSum
            let middle = (p + q) / 2
            if p > 0 { divergence += p / 2 * Logarithm.natural(p / middle) }
            if q > 0 { divergence += q / 2 * Logarithm.natural(q / middle) }
        }
        return min(1, max(0, divergence / Logarithm.natural(2)))
    }
}
