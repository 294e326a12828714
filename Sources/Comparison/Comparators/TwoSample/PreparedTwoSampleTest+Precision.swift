internal import LinearAlgebra

extension PreparedTwoSampleTest {
    /// The standard error of the statistic over prompts, by the jackknife; nil where leaving one prompt out leaves too few
    /// samples.
    ///
    /// It is the precision for these two models if other prompts of the kind had been asked.
    public var standardError: Double? {
        let parts = blocks.map(TwoSampleTotals.init)
        guard parts.count > 1 else { return nil }
        let all = parts.reduce(TwoSampleTotals(), +)
        var statistics: [Double] = []
        for part in parts {
            guard let statistic = (all - part).statistic(unit: test.kernel.unit) else { return nil }
            statistics.append(statistic)
        }
        let mean = statistics.reduce(0, +) / Double(parts.count)
        let squares = statistics.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares * Double(parts.count - 1) / Double(parts.count)).squareRoot()
    }
}

/// The kernel sums and pair counts of some prompts under the observed labels.
private struct TwoSampleTotals {
    private var sums = SIMD3<Double>()
    private var pairs = SIMD3<Double>()

    init() {}

    init(_ block: TwoSampleBlock) {
        let (a, b) = (Double(block.countA), Double(block.countB))
        pairs = SIMD3(a * (a - 1), a * b, b * (b - 1))
        var within = 0.0
        var touching = 0
        for row in block.isA.indices where block.isA[row] {
            touching += block.rowSums[row]
            within += block.sumOfRowA(row)
        }
        let total = Double(block.total)
        sums = SIMD3(within, Double(touching) - within, total - 2 * Double(touching) + within)
    }

    static func + (left: Self, right: Self) -> Self {
        var result = left
        result.sums += right.sums
        result.pairs += right.pairs
        return result
    }

    static func - (left: Self, right: Self) -> Self {
        var result = left
        result.sums -= right.sums
        result.pairs -= right.pairs
        return result
    }

    func statistic(unit: Int) -> Double? {
        guard pairs.min() > 0 else { return nil }
        let means = sums / pairs
        return (means.x - 2 * means.y + means.z) / Double(unit)
    }
}

extension TwoSampleBlock {
    /// The sum of one row of the kernel over the samples of side a.
    fileprivate func sumOfRowA(_ row: Int) -> Double {
        switch kernel {
        case .single(let matrix): zip(matrix.row(row), isA).reduce(0) { $1.1 ? $0 + Double($1.0) : $0 }
        case .double(let matrix): zip(matrix.row(row), isA).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
        }
    }
}
