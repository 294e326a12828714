#if canImport(Glibc)
    internal import Glibc
#endif

extension SeededGenerator {
    /// A whole number below `bound`, every one equally likely, by the rejection method of Lemire ("Fast random integer
    /// generation in an interval", ACM TOMACS 29, 2019). `bound` must be 1 or more.
    public mutating func integer(below bound: UInt64) -> UInt64 {
        precondition(bound > 0, "no whole number is below 0")
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
        }
        return product.high
    }

    /// An index below `count`, every one equally likely. `count` must be 1 or more.
    public mutating func index(below count: Int) -> Int {
        precondition(count > 0, "no index is below \(count)")
        return Int(integer(below: UInt64(count)))
    }

    /// A number in `[0, 1)` on the grid of 2⁻⁵³.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A normal deviate with mean 0 and variance 1, by the polar method of Marsaglia and Bray (1964). It takes the
    /// logarithm from the system's library, so the last bit may differ between systems.
    public mutating func normal() -> Double {
        while true {
            let (x, y) = (2 * uniform() - 1, 2 * uniform() - 1)
            let square = x * x + y * y
            if square > 0, square < 1 { return x * (-2 * log(square) / square).squareRoot() }
        }
    }

    /// Puts the elements in random order, every order equally likely (Fisher and Yates; Durstenfeld 1964).
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, index(below: last + 1))
        }
    }
}
