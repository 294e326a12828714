internal import LinearAlgebra

/// The cosines of run counts for all pairs of texts of one prompt, as whole multiples of 1/`unit`.
struct SpectrumCosines {
    private static let columns = 16_384
    private let texts: [[UInt32]]
    private let order: Int
    private let unit: Int

    /// Takes the texts, at least one.
    init(texts: [[UInt32]], order: Int, unit: Int) {
        self.texts = texts
        self.order = order
        self.unit = unit
    }

    /// The rounded cosines of all pairs, row by row.
    ///
    /// The inner products are whole numbers and exact: none exceeds the square of the number of runs in a text, which picks
    /// the scalar. Square root and division are rounded as IEEE 754 says, so that the result is the same everywhere.
    func values() throws(LinearAlgebraError) -> [Int32] {
        let runs = texts.map(\.count).max() ?? 0
        return runs < 1 << 12 ? try values(as: Float.self) : try values(as: Double.self)
    }

    private func values<Scalar: MatrixScalar>(as scalar: Scalar.Type) throws(LinearAlgebraError) -> [Int32] {
        let products = try counts(as: scalar).gram()
        let norms = (0..<products.rows).map { Double(products[$0, $0]) }
        var result: [Int32] = []
        result.reserveCapacity(products.rows * products.columns)
        for row in 0..<products.rows {
            for column in 0..<products.columns {
                let square = norms[row] * norms[column]
                let cosine =
                    square > 0
                    ? Double(products[row, column]) / square.squareRoot() : norms[row] == norms[column] ? 1 : 0
                result.append(Int32((cosine * Double(unit)).rounded()))
            }
        }
        return result
    }

    private func counts<Scalar: MatrixScalar>(as scalar: Scalar.Type) -> Matrix<Scalar> {
        var counts = Matrix<Scalar>(rows: texts.count, columns: Self.columns)
        counts.withMutableElements { elements in
            for (row, text) in texts.enumerated() where text.count >= order {
                for start in 0...(text.count - order) {
                    elements[row &* Self.columns &+ Self.column(of: text, from: start, order: order)] += 1
                }
            }
        }
        return counts
    }

    /// FNV-1a over the scalars of a run, folded to 14 bits.
    private static func column(of text: [UInt32], from start: Int, order: Int) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in start..<start &+ order { hash = (hash ^ UInt64(text[index])) &* 0x0000_0100_0000_01b3 }
        return Int((hash ^ hash >> 32 ^ hash >> 14) & UInt64(columns - 1))
    }
}
