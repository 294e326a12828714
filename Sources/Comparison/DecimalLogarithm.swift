#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Double {
    /// The logarithm to base 10; minus infinity for 0.
    package var decimalLogarithm: Double { log10(self) }

    /// Ten to this power.
    package var decimalPower: Double { pow(10, self) }

    /// The inverse hyperbolic sine: this value near 0, its sign and logarithm far from it.
    package var inverseHyperbolicSine: Double { asinh(self) }
}
