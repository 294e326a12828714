internal import COpenBLAS

/// The table of BLAS and LAPACK routines for one scalar type. Opaque outside this module.
///
/// A table instead of protocol requirements keeps every pointer out of the public interface. OpenBLAS is touched only
/// through the two tables below, whose first use sets the library to one thread.
@safe
public struct BLASRoutines<Scalar>: Sendable {
    typealias Pointer = UnsafePointer<Scalar>
    typealias MutablePointer = UnsafeMutablePointer<Scalar>
    typealias Integers = UnsafeMutablePointer<Int32>

    /// `C = op(A) op(B)`, row-major: transpose A, transpose B, m, n, k, A, lda, B, ldb, C, ldc.
    let gemm: @Sendable (Bool, Bool, Int32, Int32, Int32, Pointer, Int32, Pointer, Int32, MutablePointer, Int32) -> Void
    /// The upper triangle of `C = A Aᵀ`, or of `Aᵀ A` if transposed, row-major: transpose, n, k, A, lda, C, ldc.
    let syrk: @Sendable (Bool, Int32, Int32, Pointer, Int32, MutablePointer, Int32) -> Void
    /// LQ factorisation, column-major: m, n, A, lda, tau, work, lwork.
    let gelqf: @Sendable (Int32, Int32, MutablePointer, Int32, MutablePointer, MutablePointer, Int32) -> Int32
    /// The rows of Q of an LQ factorisation, column-major: m, n, k, A, lda, tau, work, lwork.
    let orglq: @Sendable (Int32, Int32, Int32, MutablePointer, Int32, Pointer, MutablePointer, Int32) -> Int32
    /// Singular values, column-major: vectors, m, n, A, lda, s, U, ldu, Vᵀ, ldvt, work, lwork, iwork.
    let gesdd:
        @Sendable (
            Bool, Int32, Int32, MutablePointer, Int32, MutablePointer, MutablePointer?, Int32, MutablePointer?, Int32,
            MutablePointer, Int32, Integers
        ) -> Int32
    /// Eigenvalues and vectors of a symmetric matrix: n, A, lda, w, work, lwork, iwork, liwork.
    let syevd: @Sendable (Int32, MutablePointer, Int32, MutablePointer, MutablePointer, Int32, Integers, Int32) -> Int32
}

extension BLASRoutines where Scalar == Float {
    static let single: BLASRoutines<Float> = {
        BLASRuntime.prepare()
        return unsafe BLASRoutines(
            gemm: whorl_sgemm, syrk: whorl_ssyrk, gelqf: whorl_sgelqf, orglq: whorl_sorglq, gesdd: whorl_sgesdd,
            syevd: whorl_ssyevd)
    }()
}

extension BLASRoutines where Scalar == Double {
    static let double: BLASRoutines<Double> = {
        BLASRuntime.prepare()
        return unsafe BLASRoutines(
            gemm: whorl_dgemm, syrk: whorl_dsyrk, gelqf: whorl_dgelqf, orglq: whorl_dorglq, gesdd: whorl_dgesdd,
            syevd: whorl_dsyevd)
    }()
}
