internal import LinearAlgebra

/// The rational quadratic kernel of the embeddings of all pairs of answers to one prompt, as whole multiples of 1/`unit`.
///
/// `k(x, y) = s / (s + |x − y|²)` with s the median of the positive squared distances of the prompt's pooled answers, the lower one of two. Distances
/// are whole numbers and exact, and the one division is rounded as IEEE 754 says, so that the result is the same everywhere. The kernel
/// is a mixture of Gaussian ones over their widths (Rasmussen and Williams, 2006, section 4.2), and like them tells any two distributions
/// of embeddings apart. Labels take no part in s, so that permuting them stays exact.
struct EmbeddingKernel {
    private let rows: [[Int32]]
    private let unit: Int

    /// Takes the embeddings, at least one.
    init(rows: [[Int32]], unit: Int) {
        self.rows = rows
        self.unit = unit
    }

    /// The rounded kernel of all pairs, row by row.
    func values() throws(LinearAlgebraError) -> [Int32] {
        let count = rows.count
        let products = try Matrix<Float>(
            rows: count, columns: WordEmbedding.dimensions, elements: rows.joined().map { Float($0) }
        ).gram()
        var distances = [Int](repeating: 0, count: count * count)
        var positive: [Int] = []
        for row in 0..<count {
            for column in (row + 1)..<max(count, row + 1) {
                let distance =
                    Int(products[row, row]) + Int(products[column, column]) - 2 * Int(products[row, column])
                distances[row * count + column] = distance
                distances[column * count + row] = distance
                if distance > 0 { positive.append(distance) }
            }
        }
        positive.sort()
        let scale = positive.isEmpty ? 1 : Double(positive[(positive.count - 1) / 2])
        return distances.map { Int32((Double(unit) * scale / (scale + Double($0))).rounded()) }
    }
}
