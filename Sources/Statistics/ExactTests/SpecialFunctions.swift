#if canImport(Glibc)
    internal import Glibc
#endif

/// The special functions behind the exact tests.
enum SpecialFunctions {
    /// `log Γ(x)` for x > 0: Stirling's series at x ≥ 15, reached by the recurrence.
    static func logGamma(_ x: Double) -> Double {
        var (argument, product) = (x, 1.0)
        while argument < 15 {
            product *= argument
            argument += 1
        }
        let inverse = 1 / argument
        let square = inverse * inverse
        // Bernoulli terms up to 1/x¹³; the next is below 1e-18 at 15.
        let coefficients = [
            1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156,
        ]
        let series = coefficients.reversed().reduce(0) { $0 * square + $1 } * inverse
        return (argument - 0.5) * log(argument) - argument + 0.918_938_533_204_672_741_8 + series - log(product)
    }

    /// `log (n choose k)` for 0 ≤ k ≤ n.
    static func logChoose(_ n: Int, _ k: Int) -> Double {
        logGamma(Double(n + 1)) - logGamma(Double(k + 1)) - logGamma(Double(n - k + 1))
    }

    /// The regularised incomplete beta function `I_x(a, b)` for a, b > 0, by the continued fraction of DLMF 8.17.22
    /// (modified Lentz).
    static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        let logFront =
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x)
        if x > (a + 1) / (a + b + 2) {
            return 1 - exp(logFront) * betaFraction(1 - x, b, a) / b
        }
        return exp(logFront) * betaFraction(x, a, b) / a
    }

    private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func guarded(_ value: Double) -> Double { value.magnitude < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / guarded(1 - (a + b) * x / (a + 1))
        var fraction = d
        for step in 1...10_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / guarded(1 + even * d)
            c = guarded(1 + even / c)
            fraction *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / guarded(1 + odd * d)
            c = guarded(1 + odd / c)
            let factor = d * c
            fraction *= factor
            if (factor - 1).magnitude < 1e-15 { break }
        }
        return fraction
    }

    /// The x with `I_x(a, b) = probability`, by bisection to the last bit.
    static func inverseIncompleteBeta(_ probability: Double, _ a: Double, _ b: Double) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<1100 {
            let middle = (low + high) / 2
            if middle == low || middle == high { break }
            if incompleteBeta(middle, a, b) < probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
