/// Counts of n-grams in a fixed number of hash buckets.
///
/// Different n-grams may share a bucket, so a shared count is evidence of shared text only in the bulk. The number of buckets
/// and the hash are part of the feature: change one, and every stored figure must be computed anew.
public struct HashedNGrams: Sendable, Hashable {
    /// What an n-gram is made of.
    public enum Unit: String, Sendable, Hashable, Codable, CaseIterable {
        /// Bytes of the UTF-8 form, whatever they hold. The fastest; a letter outside ASCII is two to four units.
        case bytes
        /// Unicode scalars, by the rule of ``ScalarText``.
        case scalars
        /// Words, by the rule of ``WordSequence``.
        case words
    }

    /// What an n-gram is made of.
    public let unit: Unit
    /// The lengths that are counted, within 1...5.
    public let lengths: ClosedRange<Int>
    /// The base-2 logarithm of the number of buckets, within 8...24.
    public let bucketBits: Int

    /// Describes a count; nil if a length is outside 1...5 or the number of bits outside 8...24.
    public init?(unit: Unit, lengths: ClosedRange<Int>, bucketBits: Int = 16) {
        guard lengths.lowerBound >= 1, lengths.upperBound <= 5, (8...24).contains(bucketBits) else { return nil }
        self.unit = unit
        self.lengths = lengths
        self.bucketBits = bucketBits
    }

    /// How many buckets there are.
    public var bucketCount: Int { 1 << bucketBits }

    /// The counts of one text, one entry per bucket.
    public func counts(of text: [UInt8]) -> [UInt32] {
        var counts = [UInt32](repeating: 0, count: bucketCount)
        add(text, to: &counts)
        return counts
    }

    /// The natural logarithms of one plus the counts of one text, one entry per bucket.
    public func logCounts(of text: [UInt8]) -> [Double] {
        counts(of: text).map { LogTable.onePlus(Int($0)) }
    }

    /// Adds the n-grams of a text to counts.
    ///
    /// - Parameters:
    ///   - text: The text, as bytes.
    ///   - counts: One entry per bucket; its length must be ``bucketCount``. A count stops at 2^32 - 1.
    public func add(_ text: [UInt8], to counts: inout [UInt32]) {
        precondition(counts.count == bucketCount, "\(counts.count) counts for \(bucketCount) buckets")
        switch unit {
        case .bytes where lengths == 3...5: addBytes3to5(text, to: &counts)
        case .bytes: addBytes(text, to: &counts)
        case .scalars where lengths == 3...5: addScalars3to5(text, to: &counts)
        case .scalars where lengths == 4...4: addScalars4(text, to: &counts)
        case .scalars: add(ScalarText(text).scalars.span, to: &counts)
        case .words: add(WordSequence(text).words.span, to: &counts)
        }
    }

    /// Counts the n-grams of all lengths in one pass.
    private func add<Unit: FixedWidthInteger & UnsignedInteger>(
        _ units: Span<Unit>, to counts: inout [UInt32]
    ) {
        let shift = UInt64(64 - bucketBits)
        let (least, most) = (lengths.lowerBound, lengths.upperBound)
        var table = counts.mutableSpan
        var keys = NGramKeys.Chain()
        for index in units.indices {
            keys.append(UInt64(truncatingIfNeeded: units[index]))
            let longest = min(most, index &+ 1)
            if least <= 1, longest >= 1 { table[Self.bucket(keys.one, 1, shift)] &+= 1 }
            if least <= 2, longest >= 2 { table[Self.bucket(keys.two, 2, shift)] &+= 1 }
            if least <= 3, longest >= 3 { table[Self.bucket(keys.three, 3, shift)] &+= 1 }
            if least <= 4, longest >= 4 { table[Self.bucket(keys.four, 4, shift)] &+= 1 }
            if longest >= 5 { table[Self.bucket(keys.five, 5, shift)] &+= 1 }
        }
    }

    /// The top bits of the mixed key. Its last step, `v ^ v >> 31`, leaves the top 31 bits as they are, so that it is not taken.
    @inline(__always)
    static func bucket(_ key: UInt64, _ length: UInt64, _ shift: UInt64) -> Int {
        var value = key &+ length
        value = (value ^ (value &>> 30)) &* NGramKeys.firstMultiplier
        value = (value ^ (value &>> 27)) &* NGramKeys.secondMultiplier
        return Int(truncatingIfNeeded: value &>> shift)
    }
}
