/// A number type that matrices are made of: `Float` or `Double`.
///
/// The two conformances below are the only ones. A further one could not be written outside this module, because the
/// table of routines has no public initialiser.
public protocol MatrixScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
    /// The BLAS and LAPACK routines for this type.
    static var routines: BLASRoutines<Self> { get }
}

extension Float: MatrixScalar {
    /// The single-precision routines.
    public static var routines: BLASRoutines<Float> { .single }
}

extension Double: MatrixScalar {
    /// The double-precision routines.
    public static var routines: BLASRoutines<Double> { .double }
}
