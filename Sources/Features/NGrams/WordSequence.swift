/// A text as a sequence of hashed words.
///
/// A word is a maximal run of ASCII letters and digits and of scalars above U+00BF; ASCII letters are lowered. Each scalar from
/// U+2E80 to U+D7FF and from U+F900 to U+FAFF (the scripts that are written without spaces between words) is a word by
/// itself. Everything else separates words. The rule needs no table of character properties, so that it is the same with every
/// version of Unicode.
public struct WordSequence: Sendable, Hashable {
    /// One 64-bit hash per word, in order of the text: FNV-1a over the word's scalars, each taken as one unit.
    public let words: [UInt64]

    /// Splits a text, stopping after `limit` words, and reading no more than `scalarLimit` scalars, where limits are given.
    public init(_ bytes: [UInt8], limit: Int = .max, scalarLimit: Int = .max) {
        let end = ScalarText.byteCount(of: bytes, scalars: scalarLimit)
        let text = bytes.span
        // A word takes two bytes with its separator, or is a scalar of three bytes.
        var words = [UInt64](repeating: 0, count: end / 2 &+ 1)
        var output = words.mutableSpan
        let classes = Self.steps.span
        var (index, count) = (0, 0)
        var (hash, isOpen) = (Self.basis, 0)
        while index < end, count < limit {
            let byte = text[index]
            guard byte < 0x80 else {
                let decoded = ScalarText.scalar(in: bytes, at: index)
                index &+= decoded.length
                let folded = Self.folded(decoded.scalar)
                if folded != 0, !Self.standsAlone(folded) {
                    hash = (hash ^ UInt64(folded)) &* Self.prime
                    isOpen = 1
                    continue
                }
                if isOpen == 1 {
                    output[count] = hash
                    count &+= 1
                }
                if folded != 0 {
                    output[count] = (Self.basis ^ UInt64(folded)) &* Self.prime
                    count &+= 1
                }
                (hash, isOpen) = (Self.basis, 0)
                continue
            }
            // Written at every byte and counted after the last one of a word, without a branch: where words end is hard to foresee.
            let step = classes[Int(byte)]
            output[count] = hash
            count &+= isOpen & (1 &- step.isWord)
            hash = (hash ^ step.unit) &* step.multiplier &+ step.addend
            isOpen = step.isWord
            index &+= 1
        }
        if isOpen == 1 {
            output[count] = hash
            count &+= 1
        }
        words.removeLast(words.count &- min(count, limit))
        self.words = words
    }

    /// What a byte below 0x80 does to the hash of a word: `(hash ^ unit) · multiplier + addend`.
    private struct Step {
        let unit: UInt64
        let multiplier: UInt64
        let addend: UInt64
        /// 1 for a letter or digit, 0 for a separator, after which the hash begins anew.
        let isWord: Int
    }

    private static let steps: [Step] = (UInt32(0)..<128).map { byte in
        let unit = folded(byte)
        return unit == 0
            ? Step(unit: 0, multiplier: 0, addend: basis, isWord: 0)
            : Step(unit: UInt64(unit), multiplier: prime, addend: 0, isWord: 1)
    }

    /// Splits scalars, stopping after `limit` words where a limit is given.
    public init(scalars: [UInt32], limit: Int = .max) {
        var words: [UInt64] = []
        words.reserveCapacity(min(limit, scalars.count / 5))
        var hash = Self.basis
        var open = false
        for scalar in scalars {
            let folded = Self.folded(scalar)
            if folded == 0 || Self.standsAlone(folded) {
                if open {
                    words.append(hash)
                    hash = Self.basis
                    open = false
                }
                if folded != 0, words.count < limit { words.append((Self.basis ^ UInt64(folded)) &* Self.prime) }
                if words.count >= limit { break }
            } else {
                hash = (hash ^ UInt64(folded)) &* Self.prime
                open = true
            }
        }
        if open, words.count < limit { words.append(hash) }
        self.words = words
    }

    /// The scalar of a word, lowered if it is an ASCII letter; 0 for a separator.
    static func folded(_ scalar: UInt32) -> UInt32 {
        switch scalar {
        case 0x61...0x7A, 0x30...0x39: scalar
        case 0x41...0x5A: scalar + 0x20
        case 0...0xBF: 0
        case 0x2000...0x206F, 0x3000...0x303F, 0xDC80...0xDCFF, 0xFF00...0xFF0F: 0
        default: scalar
        }
    }

    static func standsAlone(_ scalar: UInt32) -> Bool {
        (0x2E80...0xD7FF).contains(scalar) || (0xF900...0xFAFF).contains(scalar)
    }

    static let basis: UInt64 = 0xCBF2_9CE4_8422_2325
    static let prime: UInt64 = 0x0000_0100_0000_01B3
}
