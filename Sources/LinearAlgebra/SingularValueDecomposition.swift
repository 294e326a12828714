/// `X = U Σ Vᵀ`, the thin decomposition, with k = min(rows, columns) singular values.
///
/// Each pair of singular vectors is fixed up to one common sign; here the component of the left vector that is largest
/// in magnitude (the first of equals) is positive. Vectors of equal singular values are fixed up to a rotation only.
public struct SingularValueDecomposition<Scalar: MatrixScalar>: Sendable {
    /// Rows of X × k; the columns are the left singular vectors.
    public let u: Matrix<Scalar>
    /// The k singular values, largest first.
    public let values: [Scalar]
    /// k × columns of X; the rows are the right singular vectors.
    public let vTransposed: Matrix<Scalar>
}

extension Matrix {
    /// The singular values, largest first, by divide and conquer (LAPACK `gesdd`).
    /// - Throws: `empty`, `nonFinite`, `tooLarge`, `notConverged`.
    public func singularValues() throws(LinearAlgebraError) -> [Scalar] {
        try checkOperand("the operand")
        let rank = min(rows, columns)
        var copy = storage
        var values = [Scalar](repeating: 0, count: rank)
        var integers = [Int32](repeating: 0, count: 8 * rank)
        let (m, n) = (Int32(columns), Int32(rows))
        try unsafe Self.runWithWorkspace("the singular values") { work, size in
            unsafe Scalar.routines.gesdd(false, m, n, &copy, m, &values, nil, m, nil, n, work, size, &integers)
        }
        return values
    }

    /// The thin singular value decomposition, by divide and conquer (LAPACK `gesdd`).
    /// - Throws: `empty`, `nonFinite`, `tooLarge`, `notConverged`.
    public func thinSVD() throws(LinearAlgebraError) -> SingularValueDecomposition<Scalar> {
        try checkOperand("the operand")
        let rank = min(rows, columns)
        var copy = storage
        var values = [Scalar](repeating: 0, count: rank)
        var integers = [Int32](repeating: 0, count: 8 * rank)
        // LAPACK sees Xᵀ, so its U is our V and its Vᵀ our Uᵀ; read row by row, both come out as wanted.
        var u = Matrix(rows: rows, columns: rank)
        var vTransposed = Matrix(rows: rank, columns: columns)
        let (m, n, k) = (Int32(columns), Int32(rows), Int32(rank))
        try unsafe Self.runWithWorkspace("the singular value decomposition") { work, size in
            unsafe Scalar.routines.gesdd(
                true, m, n, &copy, m, &values, &vTransposed.storage, m, &u.storage, k, work, size, &integers)
        }
        for index in 0..<rank where u.hasNegativePeak(column: index) {
            for row in 0..<rows { u[row, index].negate() }
            for column in 0..<columns { vTransposed[index, column].negate() }
        }
        return SingularValueDecomposition(u: u, values: values, vTransposed: vTransposed)
    }

    /// Whether the element of a column that is largest in magnitude, the first of equals, is negative.
    func hasNegativePeak(column: Int) -> Bool {
        var peak: Scalar = 0
        for row in 0..<rows where self[row, column].magnitude > peak.magnitude { peak = self[row, column] }
        return peak < 0
    }
}
