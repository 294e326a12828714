internal import LinearAlgebra

/// The Cholesky factorisation of a small positive definite matrix, in a fixed order of summation, so that a fit gives the
/// same bits whatever processor kernel the BLAS library chose.
struct Cholesky {
    private var lower: Matrix<Double>

    /// Factors a symmetric matrix, of which only the lower triangle is read; nil unless it is positive definite.
    init?(_ matrix: Matrix<Double>) {
        lower = matrix
        for column in 0..<matrix.rows {
            for row in column..<matrix.rows {
                var sum = lower[row, column]
                for inner in 0..<column { sum -= lower[row, inner] * lower[column, inner] }
                if row == column {
                    guard sum > 0, sum.isFinite else { return nil }
                    lower[row, row] = sum.squareRoot()
                } else {
                    lower[row, column] = sum / lower[column, column]
                }
            }
        }
    }

    /// The solution x of `A x = b`.
    func solve(_ right: [Double]) -> [Double] {
        var x = right
        for row in x.indices {
            for inner in 0..<row { x[row] -= lower[row, inner] * x[inner] }
            x[row] /= lower[row, row]
        }
        for row in x.indices.reversed() {
            for inner in (row + 1)..<max(row + 1, x.count) { x[row] -= lower[inner, row] * x[inner] }
            x[row] /= lower[row, row]
        }
        return x
    }
}
