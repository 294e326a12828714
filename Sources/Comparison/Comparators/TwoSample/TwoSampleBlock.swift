internal import Features
internal import LinearAlgebra

/// The samples of one prompt with the kernel of all their pairs.
struct TwoSampleBlock: Sendable {
    /// The kernel with a diagonal of 0. Products with 0/1 columns stay whole numbers: in `Float` while no row sum reaches
    /// 2²⁴, in `Double` otherwise.
    enum Kernel: Sendable {
        case single(Matrix<Float>)
        case double(Matrix<Double>)
    }

    let kernel: Kernel
    /// The sum of each row of the kernel.
    let rowSums: [Int]
    /// The sum of the kernel.
    let total: Int
    /// Which samples are of side a.
    let isA: [Bool]
    /// The samples among which labels may be exchanged, in order of time.
    let strata: [[Int]]

    var countA: Int { isA.count { $0 } }
    var countB: Int { isA.count - countA }

    init(_ observations: [TwoSampleObservation], kernel: TwoSampleKernel) throws(LinearAlgebraError) {
        let count = observations.count
        let texts = observations.map { ScalarText($0.text, limit: kernel.length).scalars }
        // No entry of a kernel exceeds its unit.
        let isSmall = count.multipliedReportingOverflow(by: kernel.unit)
        var single = Matrix<Float>(rows: count, columns: count)
        var double = Matrix<Double>(rows: 0, columns: 0)
        let fitsFloat = !isSmall.overflow && isSmall.partialValue < 1 << 24
        if !fitsFloat {
            single = Matrix(rows: 0, columns: 0)
            double = Matrix(rows: count, columns: count)
        }
        var rowSums = [Int](repeating: 0, count: count)
        func store(_ row: Int, _ column: Int, _ value: Int) {
            guard row != column else { return }
            rowSums[row] += value
            if fitsFloat { single[row, column] = Float(value) } else { double[row, column] = Double(value) }
        }
        switch kernel {
        case .hamming(let length): EqualPositions(texts: texts, length: length).forEachPair(store)
        case .spectrum(let order, _):
            try SpectrumCosines(texts: texts, order: order, unit: kernel.unit).forEachPair(store)
        }
        self.kernel = fitsFloat ? .single(single) : .double(double)
        self.rowSums = rowSums
        self.total = rowSums.reduce(0, +)
        self.isA = observations.map { $0.side == .a }
        self.strata = Dictionary(grouping: observations.indices, by: { observations[$0].timeBlock })
            .sorted { $0.key < $1.key }
            .map(\.value)
    }
}
