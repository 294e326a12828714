extension HashedNGrams {
    /// Counts scalar n-grams of the lengths 3, 4 and 5 in one pass over the text, three buckets per scalar.
    func addScalars3to5(_ text: [UInt8], to counts: inout [UInt32]) {
        let shift = UInt64(64 - bucketBits)
        var table = counts.mutableSpan
        Self.eachScalar(text) { keys, number in
            if number >= 3 { table[Self.bucket(keys.three, 3, shift)] &+= 1 }
            if number >= 4 { table[Self.bucket(keys.four, 4, shift)] &+= 1 }
            if number >= 5 { table[Self.bucket(keys.five, 5, shift)] &+= 1 }
        }
    }

    /// Counts scalar n-grams of the length 4 in one pass over the text.
    func addScalars4(_ text: [UInt8], to counts: inout [UInt32]) {
        let shift = UInt64(64 - bucketBits)
        var table = counts.mutableSpan
        Self.eachScalar(text) { keys, number in
            if number >= 4 { table[Self.bucket(keys.four, 4, shift)] &+= 1 }
        }
    }

    /// Hands over the keys that end at each scalar of a text, and its number from 1.
    @inline(__always)
    private static func eachScalar(_ text: [UInt8], _ body: (NGramKeys.Chain, Int) -> Void) {
        let bytes = text.span
        var keys = NGramKeys.Chain()
        var (index, number) = (0, 0)
        while index < bytes.count {
            let lead = bytes[index]
            number &+= 1
            if lead < 0x80 {
                keys.append(UInt64(lead))
                index &+= 1
            } else {
                let next = ScalarText.scalar(in: text, at: index)
                keys.append(UInt64(next.scalar))
                index &+= next.length
            }
            body(keys, number)
        }
    }
}
