/// Rolling 64-bit keys of the n-grams of a sequence.
///
/// The key of `u(1) … u(n)` is the polynomial `Σ u(k) · B^(n-k)` modulo 2^64 with a fixed odd base `B`. Equal n-grams have
/// equal keys; different ones collide with a probability of about 2^-64 for texts that were not made to collide.
public enum NGramKeys {
    /// The keys of all n-grams of `units`, in order; empty if there are fewer than `length` units.
    ///
    /// - Parameters:
    ///   - units: Scalars or word hashes.
    ///   - length: The n of the n-gram, 1 or more.
    public static func keys(of units: [UInt64], length: Int) -> [UInt64] {
        precondition(length >= 1, "an n-gram has at least one unit")
        guard units.count >= length else { return [] }
        var keys: [UInt64] = []
        keys.reserveCapacity(units.count - length + 1)
        var rolling = Rolling(length: length)
        for index in 0..<(length - 1) { rolling.fill(units[index]) }
        for index in (length - 1)..<units.count {
            rolling.append(units[index], first: units[index &- length &+ 1])
            keys.append(rolling.key)
        }
        return keys
    }

    /// The keys of all n-grams of scalars, as ``keys(of:length:)``.
    public static func keys(ofScalars scalars: [UInt32], length: Int) -> [UInt64] {
        precondition(length >= 1, "an n-gram has at least one unit")
        guard scalars.count >= length else { return [] }
        var keys: [UInt64] = []
        keys.reserveCapacity(scalars.count - length + 1)
        var rolling = Rolling(length: length)
        for index in 0..<(length - 1) { rolling.fill(UInt64(scalars[index])) }
        for index in (length - 1)..<scalars.count {
            rolling.append(UInt64(scalars[index]), first: UInt64(scalars[index &- length &+ 1]))
            keys.append(rolling.key)
        }
        return keys
    }

    /// Keys of one length, one after the other.
    struct Rolling {
        private let outgoing: UInt64
        private var leaving: UInt64 = 0
        private(set) var key: UInt64 = 0

        init(length: Int) {
            var power: UInt64 = 1
            for _ in 0..<length { power = power &* NGramKeys.base }
            outgoing = power
        }

        /// Goes on by one unit, before the n-gram is full.
        @inline(__always)
        mutating func fill(_ unit: UInt64) { key = key &* NGramKeys.base &+ unit &+ 1 }

        /// Goes on by one unit to a full n-gram that begins with `first`.
        @inline(__always)
        mutating func append(_ unit: UInt64, first: UInt64) {
            // What leaves is multiplied off the path from one key to the next.
            key = key &* NGramKeys.base &- leaving &+ unit &+ 1
            leaving = (first &+ 1) &* outgoing
        }
    }

    /// The keys of the last one to five units: that of n units follows from that of the n - 1 before the last one.
    struct Chain {
        private(set) var one: UInt64 = 0
        private(set) var two: UInt64 = 0
        private(set) var three: UInt64 = 0
        private(set) var four: UInt64 = 0
        private(set) var five: UInt64 = 0

        /// Goes on by one unit.
        @inline(__always)
        mutating func append(_ unit: UInt64) {
            let last = unit &+ 1
            five = four &* NGramKeys.base &+ last
            four = three &* NGramKeys.base &+ last
            three = two &* NGramKeys.base &+ last
            two = one &* NGramKeys.base &+ last
            one = last
        }
    }

    /// Spreads a key over all bits: the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
    public static func mixed(_ key: UInt64) -> UInt64 {
        var value = key
        value = (value ^ (value >> 30)) &* firstMultiplier
        value = (value ^ (value >> 27)) &* secondMultiplier
        return value ^ (value >> 31)
    }

    static let firstMultiplier: UInt64 = 0xBF58_476D_1CE4_E5B9
    static let secondMultiplier: UInt64 = 0x94D0_49BB_1331_11EB
    fileprivate static let base: UInt64 = 0x9E37_79B9_7F4A_7C15
}
