#if canImport(Glibc)
    internal import Glibc
#endif

extension Matrix where Scalar == Double {
    /// The principal angles between the spaces that the columns of two matrices span, in radians, least first.
    ///
    /// Cosines are the singular values of `Q₁ᵀ Q₂` (Björck and Golub, 1973). An angle below 45° is taken from its sine
    /// instead, the singular value of `Q₂ − Q₁ Q₁ᵀ Q₂`, because the cosine loses half of the digits there (Knyazev and
    /// Argentati, 2002). The columns of each matrix must be linearly independent, and no more than the rows.
    /// - Returns: as many angles as the narrower matrix has columns, in `[0, π/2]`.
    /// - Throws: `empty`, `nonFinite`, `tooLarge`, `notConverged`, or `shapeMismatch` if the row counts differ or a
    ///   matrix has more columns than rows.
    public static func principalAngles(_ left: Matrix, _ right: Matrix) throws(LinearAlgebraError) -> [Double] {
        guard left.rows == right.rows, left.columns <= left.rows, right.columns <= right.rows else {
            throw LinearAlgebraError(
                .shapeMismatch,
                "the columns of \(left.rows) × \(left.columns) and \(right.rows) × \(right.columns) matrices do not "
                    + "span two spaces of one dimension")
        }
        let (wide, narrow) = left.columns >= right.columns ? (left, right) : (right, left)
        let (first, second) = (try wide.qr().q, try narrow.qr().q)
        let overlap = try product(first, second, transposingLeft: true)
        var residual = try product(first, overlap)
        for index in residual.storage.indices {
            residual.storage[index] = second.storage[index] - residual.storage[index]
        }
        let cosines = try overlap.singularValues()
        // The largest cosine belongs to the least sine.
        let sines = Array(try residual.singularValues().reversed())
        return zip(cosines, sines).map { cosine, sine in
            cosine * cosine >= 0.5 ? asin(min(1, sine)) : acos(min(1, cosine))
        }
    }
}
