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
        var values =
            switch kernel {
            case .hamming(let length):
                EqualPositions(texts: Self.scalars(observations, length), length: length).counts()
            case .spectrum(let order, let length):
                try SpectrumCosines(texts: Self.scalars(observations, length), order: order, unit: kernel.unit).values()
            case .embedding(let length):
                try EmbeddingKernel(
                    rows: WordEmbedding(texts: observations.map(\.text), scalars: length).rows, unit: kernel.unit
                ).values()
            }
        for sample in 0..<count { values[sample * count + sample] = 0 }
        rowSums = (0..<count).map { row in values[row * count..<(row + 1) * count].reduce(0) { $0 + Int($1) } }
        total = rowSums.reduce(0, +)
        // Every partial sum of a product is at most a sum of a row.
        self.kernel =
            (rowSums.max() ?? 0) < 1 << 24
            ? .single(try Matrix(rows: count, columns: count, elements: values.map { Float($0) }))
            : .double(try Matrix(rows: count, columns: count, elements: values.map { Double($0) }))
        self.isA = observations.map { $0.side == .a }
        self.strata = Dictionary(grouping: observations.indices, by: { observations[$0].timeBlock })
            .sorted { $0.key < $1.key }
            .map(\.value)
    }

    private static func scalars(_ observations: [TwoSampleObservation], _ limit: Int) -> [[UInt32]] {
        observations.map { ScalarText($0.text, limit: limit).scalars }
    }
}
