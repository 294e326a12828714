#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Elementary functions of the C library, under one name.
package enum Logarithm {
    /// The natural logarithm.
    package static func natural(_ value: Double) -> Double { log(value) }

    /// The exponential function.
    package static func exponential(_ value: Double) -> Double { exp(value) }
}
