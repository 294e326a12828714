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
        var outgoing: UInt64 = 1
        for _ in 0..<length { outgoing = outgoing &* base }
        var key: UInt64 = 0
        for index in 0..<units.count {
            key = key &* base &+ units[index] &+ 1
            if index >= length { key = key &- (units[index - length] &+ 1) &* outgoing }
            if index >= length - 1 { keys.append(key) }
        }
        return keys
    }

    /// The keys of all n-grams of scalars, as ``keys(of:length:)``.
    public static func keys(ofScalars scalars: [UInt32], length: Int) -> [UInt64] {
        precondition(length >= 1, "an n-gram has at least one unit")
        guard scalars.count >= length else { return [] }
        var keys: [UInt64] = []
        keys.reserveCapacity(scalars.count - length + 1)
        var outgoing: UInt64 = 1
        for _ in 0..<length { outgoing = outgoing &* base }
        var key: UInt64 = 0
        for index in 0..<scalars.count {
            key = key &* base &+ UInt64(scalars[index]) &+ 1
            if index >= length { key = key &- (UInt64(scalars[index - length]) &+ 1) &* outgoing }
            if index >= length - 1 { keys.append(key) }
        }
        return keys
    }

    /// Spreads a key over all bits: the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
    public static func mixed(_ key: UInt64) -> UInt64 {
        var value = key
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15
}
