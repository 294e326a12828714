/// `A = V diag(λ) Vᵀ` for a symmetric A.
///
/// Each eigenvector is fixed up to its sign; here its component of largest magnitude (the first of equals) is positive.
/// Vectors of equal eigenvalues are fixed up to a rotation only.
public struct SymmetricEigenDecomposition<Scalar: MatrixScalar>: Sendable {
    /// The eigenvalues, least first.
    public let values: [Scalar]
    /// The eigenvectors as columns, in the order of `values`.
    public let vectors: Matrix<Scalar>
}

extension Matrix {
    /// The eigenvalues and eigenvectors of a symmetric matrix, by divide and conquer (LAPACK `syevd`). Only the upper
    /// triangle is read.
    /// - Throws: `empty`, `nonFinite`, `tooLarge`, `notConverged`, or `shapeMismatch` unless the matrix is square.
    public func symmetricEigen() throws(LinearAlgebraError) -> SymmetricEigenDecomposition<Scalar> {
        guard rows == columns else {
            throw LinearAlgebraError(.shapeMismatch, "a \(rows) × \(columns) matrix is not symmetric")
        }
        try checkOperand("the operand")
        // The sizes LAPACK documents for eigenvectors: 1 + 6n + 2n² scalars and 3 + 5n integers.
        let (scalars, integerCount) = (1 + 6 * rows + 2 * rows * rows, 3 + 5 * rows)
        guard let scalarSize = Int32(exactly: scalars) else {
            throw LinearAlgebraError(
                .tooLarge, "the eigenvectors of a \(rows) × \(rows) matrix need \(scalars) numbers")
        }
        var vectors = self
        var values = [Scalar](repeating: 0, count: rows)
        var work = [Scalar](repeating: 0, count: scalars)
        var integers = [Int32](repeating: 0, count: integerCount)
        let n = Int32(rows)
        let status = unsafe Scalar.routines.syevd(
            n, &vectors.storage, n, &values, &work, scalarSize, &integers, Int32(integerCount))
        guard status == 0 else {
            throw LinearAlgebraError(.notConverged, "the eigenvalues failed with LAPACK status \(status)")
        }
        vectors = vectors.transposed
        for index in 0..<rows where vectors.hasNegativePeak(column: index) {
            for row in 0..<rows { vectors[row, index].negate() }
        }
        return SymmetricEigenDecomposition(values: values, vectors: vectors)
    }
}
