#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Natural logarithms of small whole numbers, computed once.
package enum LogTable {
    private static let table: [Double] = (0..<4096).map { log(1 + Double($0)) }

    /// The natural logarithm of one plus a count of 0 or more.
    package static func onePlus(_ count: Int) -> Double {
        count < 4096 ? table[count] : log(1 + Double(count))
    }
}
