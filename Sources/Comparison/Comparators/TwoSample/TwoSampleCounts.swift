/// The numbers of pairs, and with them the statistic of a labelling as a ratio of whole numbers.
struct TwoSampleCounts: Sendable, Hashable {
    /// Σ n(n−1), the ordered pairs within side a.
    let withinA: Int
    /// Σ m(m−1), the ordered pairs within side b.
    let withinB: Int
    /// Σ nm, the pairs across.
    let across: Int
    /// The whole number that stands for a similarity of 1.
    let unit: Int

    /// Counts the pairs of prompts that both sides answered.
    init(_ groups: [[TwoSampleObservation]], kernel: TwoSampleKernel) throws(ComparisonError) {
        var (withinA, withinB, across) = (0, 0, 0)
        var samples = 0
        for group in groups {
            let a = group.count { $0.side == .a }
            withinA += a * (a - 1)
            withinB += (group.count - a) * (group.count - a - 1)
            across += a * (group.count - a)
            samples += group.count
        }
        guard !groups.isEmpty else {
            throw ComparisonError(
                .tooFewSamples, "no prompt was answered by both sides; the test compares answers to the same prompt")
        }
        guard withinA > 0, withinB > 0 else {
            throw ComparisonError(
                .tooFewSamples,
                "side \(withinA == 0 ? "a" : "b") has no prompt with two samples in \(groups.count) prompts; draw at least "
                    + "two answers per prompt from both models")
        }
        // With these limits every number below stays under 2¹²⁶.
        guard samples <= 1 << 22, withinA + withinB + across <= 1 << 30 else {
            throw ComparisonError(
                .outOfRange,
                "\(samples) samples in \(groups.count) prompts make too many pairs; give fewer samples per prompt")
        }
        self.withinA = withinA
        self.withinB = withinB
        self.across = across
        unit = kernel.unit
    }

    /// The statistic times `denominator`.
    ///
    /// With `S_ab = touching − within` and `S_bb = total − 2 touching + within` it is linear in the two sums.
    func numerator(within: Int, touching: Int, total: Int) -> Int128 {
        let (a, b, c) = (Int128(withinA), Int128(withinB), Int128(across))
        let crossing = Int128(touching) - Int128(within)
        let rest = Int128(total) - 2 * Int128(touching) + Int128(within)
        return Int128(within) * b * c - 2 * crossing * a * b + rest * a * c
    }

    /// The product of the numbers of pairs and the unit.
    var denominator: Double { Double(withinA) * Double(withinB) * Double(across) * Double(unit) }
}
