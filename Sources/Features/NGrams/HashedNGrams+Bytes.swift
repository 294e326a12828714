extension HashedNGrams {
    /// The bucket of a byte n-gram: its bytes as one number, tagged by the length, times the golden ratio, top bits.
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Counts byte n-grams of any lengths.
    func addBytes(_ text: [UInt8], to counts: inout [UInt32]) {
        for length in lengths where text.count >= length {
            let shift = UInt64(64 - bucketBits)
            let tag = UInt64(length) << 56
            let mask = (UInt64(1) << UInt64(8 * length)) - 1
            var window: UInt64 = 0
            for index in 0..<text.count {
                window = window << 8 | UInt64(text[index])
                if index >= length - 1 {
                    let bucket = Int(truncatingIfNeeded: ((window & mask | tag) &* Self.multiplier) &>> shift)
                    counts[bucket] &+= 1
                }
            }
        }
    }

    /// Counts byte n-grams of the lengths 3, 4 and 5 in one pass over the text, three buckets per byte.
    func addBytes3to5(_ text: [UInt8], to counts: inout [UInt32]) {
        guard text.count >= 5 else { return addBytes(text, to: &counts) }
        let shift = UInt64(64 - bucketBits)
        // Buckets are below 2^bucketBits, the length of `counts`; the spans let the compiler see one bound.
        var table = counts.mutableSpan
        let bytes = text.span
        var window = UInt64(bytes[0]) << 24 | UInt64(bytes[1]) << 16 | UInt64(bytes[2]) << 8 | UInt64(bytes[3])
        table[Self.bucket(window >> 8, tag: 3, shift)] &+= 1
        table[Self.bucket(window & 0xFF_FFFF, tag: 3, shift)] &+= 1
        table[Self.bucket(window, tag: 4, shift)] &+= 1
        for index in 4..<bytes.count {
            window = window << 8 | UInt64(bytes[index])
            table[Self.bucket(window & 0xFF_FFFF, tag: 3, shift)] &+= 1
            table[Self.bucket(window & 0xFFFF_FFFF, tag: 4, shift)] &+= 1
            table[Self.bucket(window & 0xFF_FFFF_FFFF, tag: 5, shift)] &+= 1
        }
    }

    @inline(__always)
    private static func bucket(_ gram: UInt64, tag: UInt64, _ shift: UInt64) -> Int {
        Int(truncatingIfNeeded: ((gram | tag << 56) &* multiplier) &>> shift)
    }
}
