/// `X = Q R` with orthonormal columns in Q and an upper triangular R: the thin decomposition.
public struct QRDecomposition<Scalar: MatrixScalar>: Sendable {
    /// Rows of X × min(rows, columns); the columns are orthonormal.
    public let q: Matrix<Scalar>
    /// min(rows, columns) × columns of X; upper triangular. The signs of its diagonal are LAPACK's.
    public let r: Matrix<Scalar>
}

extension Matrix {
    /// The thin QR decomposition by Householder reflections (LAPACK `gelqf` and `orglq` on the transposed view, which is
    /// the row-major matrix itself, so that nothing is copied across).
    /// - Throws: `empty`, `nonFinite`, `tooLarge`.
    public func qr() throws(LinearAlgebraError) -> QRDecomposition<Scalar> {
        try checkOperand("the operand")
        let rank = min(rows, columns)
        let (m, n, k, stride) = (Int32(columns), Int32(rows), Int32(rank), Int32(columns))
        var factors = storage
        var tau = [Scalar](repeating: 0, count: rank)
        var r = Matrix(rows: rank, columns: columns)

        try unsafe Self.runWithWorkspace("the QR factorisation") { work, size in
            unsafe Scalar.routines.gelqf(m, n, &factors, stride, &tau, work, size)
        }
        for row in 0..<rank {
            for column in row..<columns { r.storage[row &* columns &+ column] = factors[row &* columns &+ column] }
        }
        try unsafe Self.runWithWorkspace("the QR factorisation") { work, size in
            unsafe Scalar.routines.orglq(k, n, k, &factors, stride, tau, work, size)
        }
        if rank == columns {
            return QRDecomposition(q: Matrix(unchecked: factors, rows: rows, columns: columns), r: r)
        }
        var q = Matrix(rows: rows, columns: rank)
        for row in 0..<rows {
            for column in 0..<rank { q.storage[row &* rank &+ column] = factors[row &* columns &+ column] }
        }
        return QRDecomposition(q: q, r: r)
    }

    /// Asks a routine for its workspace, allocates it and runs the routine.
    static func runWithWorkspace(
        _ name: String, _ routine: (UnsafeMutablePointer<Scalar>, Int32) -> Int32
    ) throws(LinearAlgebraError) {
        var query: Scalar = 0
        var status = unsafe routine(&query, -1)
        if status == 0 {
            let size = max(1, Int(query.rounded(.up)))
            var work = [Scalar](repeating: 0, count: size)
            status = unsafe routine(&work, Int32(clamping: size))
        }
        guard status == 0 else {
            throw LinearAlgebraError(.notConverged, "\(name) failed with LAPACK status \(status)")
        }
    }
}
