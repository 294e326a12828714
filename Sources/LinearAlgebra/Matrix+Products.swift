extension Matrix {
    /// The product of two matrices, each transposed first if asked.
    /// - Returns: a matrix of as many rows as `left` and as many columns as `right` have after transposition.
    /// - Throws: `empty`, `nonFinite`, `tooLarge`, or `shapeMismatch` unless the inner sizes are equal.
    public static func product(
        _ left: Matrix, _ right: Matrix, transposingLeft: Bool = false, transposingRight: Bool = false
    ) throws(LinearAlgebraError) -> Matrix {
        var result = Matrix(
            rows: transposingLeft ? left.columns : left.rows, columns: transposingRight ? right.rows : right.columns)
        try product(
            left, right, transposingLeft: transposingLeft, transposingRight: transposingRight, into: &result)
        return result
    }

    /// The same product, written into a matrix that is used again and again.
    ///
    /// Whole numbers are exact, on every processor kernel and thread count, while the sum of the absolute products of
    /// every row and column stays below 2²⁴ (`Float`) or 2⁵³ (`Double`).
    /// - Throws: as `product(_:_:)`, and `shapeMismatch` unless `result` has the shape of the product.
    public static func product(
        _ left: Matrix, _ right: Matrix, transposingLeft: Bool = false, transposingRight: Bool = false,
        into result: inout Matrix
    ) throws(LinearAlgebraError) {
        let (rows, inner) = transposingLeft ? (left.columns, left.rows) : (left.rows, left.columns)
        let (rightInner, columns) = transposingRight ? (right.columns, right.rows) : (right.rows, right.columns)
        guard inner == rightInner else {
            throw LinearAlgebraError(
                .shapeMismatch, "a product of \(rows) × \(inner) and \(rightInner) × \(columns) does not exist")
        }
        guard result.rows == rows, result.columns == columns else {
            throw LinearAlgebraError(
                .shapeMismatch, "a \(rows) × \(columns) product does not fit \(result.rows) × \(result.columns)")
        }
        try left.checkOperand("the left operand")
        try right.checkOperand("the right operand")
        unsafe Scalar.routines.gemm(
            transposingLeft, transposingRight, Int32(rows), Int32(columns), Int32(inner), left.storage,
            Int32(left.columns), right.storage, Int32(right.columns), &result.storage, Int32(columns))
    }

    /// The inner products of all pairs of rows: `X Xᵀ`, both triangles filled.
    /// - Throws: `empty`, `nonFinite`, `tooLarge`.
    public func gram() throws(LinearAlgebraError) -> Matrix {
        var result = Matrix(rows: rows, columns: rows)
        try gram(into: &result)
        return result
    }

    /// The same, written into a matrix that is used again and again.
    /// - Throws: as `gram()`, and `shapeMismatch` unless `result` has as many rows and columns as this matrix has rows.
    public func gram(into result: inout Matrix) throws(LinearAlgebraError) {
        guard result.rows == rows, result.columns == rows else {
            throw LinearAlgebraError(
                .shapeMismatch, "a \(rows) × \(rows) product does not fit \(result.rows) × \(result.columns)")
        }
        try checkShape("the operand")
        fillGram(ofRows: 0..<rows, into: &result)
        try checkGram(result)
    }

    /// The inner products of all pairs of columns: `Xᵀ X`, both triangles filled.
    /// - Throws: `empty`, `nonFinite`, `tooLarge`.
    public func columnGram() throws(LinearAlgebraError) -> Matrix {
        try checkShape("the operand")
        var result = Matrix(rows: columns, columns: columns)
        unsafe Scalar.routines.syrk(
            true, Int32(columns), Int32(rows), storage, Int32(columns), &result.storage, Int32(columns))
        result.mirrorUpperTriangle()
        try checkGram(result)
        return result
    }

    /// Checks the operand of a Gram product by its diagonal, which is read in no time.
    ///
    /// The diagonal holds sums of squares: an infinity or a NaN among the elements makes one of them infinite or NaN, whatever the rest is. Finite
    /// elements whose squares overflow do so too; only then are all elements read to tell the two apart.
    private func checkGram(_ result: Matrix) throws(LinearAlgebraError) {
        for row in 0..<result.rows where !result.storage[row &* result.columns &+ row].isFinite {
            return try checkOperand("the operand")
        }
    }

    /// The Gram matrices of groups of rows: the blocks on the diagonal of `X Xᵀ` where rows of different groups do not
    /// meet.
    /// - Parameter groups: ranges of rows, each within `[0, rows)` and not empty.
    /// - Returns: one square matrix per group, in the order of `groups`.
    /// - Throws: `empty`, `nonFinite`, `tooLarge`, or `shapeMismatch` for a range outside the rows.
    public func blockedGram(groups: [Range<Int>]) throws(LinearAlgebraError) -> [Matrix] {
        try checkOperand("the operand")
        var blocks: [Matrix] = []
        blocks.reserveCapacity(groups.count)
        for group in groups {
            guard group.lowerBound >= 0, group.upperBound <= rows else {
                throw LinearAlgebraError(.shapeMismatch, "rows \(group) are not all among \(rows) rows")
            }
            guard !group.isEmpty else {
                throw LinearAlgebraError(.empty, "the group of rows \(group) is empty")
            }
            var block = Matrix(rows: group.count, columns: group.count)
            fillGram(ofRows: group, into: &block)
            blocks.append(block)
        }
        return blocks
    }

    /// The Gram matrix of a range of rows that has been checked.
    private func fillGram(ofRows group: Range<Int>, into result: inout Matrix) {
        unsafe storage.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            unsafe Scalar.routines.syrk(
                false, Int32(group.count), Int32(columns), base + group.lowerBound * columns, Int32(columns),
                &result.storage, Int32(group.count))
        }
        result.mirrorUpperTriangle()
    }

    /// Copies the upper triangle to the lower one.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private mutating func mirrorUpperTriangle() {
        // Tiles keep the columns that are read in cache; what is written is contiguous.
        let (tile, size) = (32, rows)
        var elements = storage.mutableSpan
        for rowStart in stride(from: 0, to: size, by: tile) {
            for columnStart in stride(from: 0, through: rowStart, by: tile) {
                for row in rowStart..<min(rowStart &+ tile, size) {
                    for column in columnStart..<max(columnStart, min(columnStart &+ tile, row)) {
                        elements[row &* size &+ column] = elements[column &* size &+ row]
                    }
                }
            }
        }
    }
}
