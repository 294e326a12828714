/// Views of the beginnings of texts.
public enum TextPrefix {
    /// The bytes of the first `count` Unicode scalars; a byte that is not UTF-8 counts as one scalar.
    public static func first(_ count: Int, scalarsOf bytes: [UInt8]) -> ArraySlice<UInt8> {
        guard count > 0 else { return [] }
        var seen = 0
        var index = 0
        // Decoding stops soon after the bytes that `count` scalars can take, so that a long text costs no more.
        let window = Array(bytes.prefix(count > Int.max / 4 ? bytes.count : 4 * count))
        for scalar in ScalarText(window, limit: count).scalars {
            index += encodedLength(scalar)
            seen += 1
        }
        return bytes[..<min(index, bytes.count)]
    }

    /// How many scalars two texts share from the start.
    public static func commonScalars(_ left: [UInt8], _ right: [UInt8]) -> Int {
        common(ScalarText(left).scalars, ScalarText(right).scalars)
    }

    /// How many words, by the rule of ``WordSequence``, two texts share from the start. Reads no further than the first that differs.
    ///
    /// - Parameter limit: How many bytes of each text are read at most.
    public static func commonWords(_ left: [UInt8], _ right: [UInt8], limit: Int = .max) -> Int {
        var first = WordReader(left, end: limit)
        var second = WordReader(right, end: limit)
        var count = 0
        while let word = first.next(), word == second.next() { count += 1 }
        return count
    }

    /// How many of the first `count` positions hold the same scalar in both texts.
    ///
    /// A position that only one text has differs; a position that neither has is equal, as if both were padded.
    public static func equalPositions(_ left: [UInt8], _ right: [UInt8], count: Int) -> Int {
        let first = ScalarText(left, limit: count).scalars
        let second = ScalarText(right, limit: count).scalars
        let shared = min(first.count, second.count)
        let differing = (0..<shared).count { first[$0] != second[$0] } + max(first.count, second.count) - shared
        return count - differing
    }

    private static func common<Unit: Equatable>(_ left: [Unit], _ right: [Unit]) -> Int {
        let shared = min(left.count, right.count)
        return (0..<shared).first { left[$0] != right[$0] } ?? shared
    }

    private static func encodedLength(_ scalar: UInt32) -> Int {
        switch scalar {
        case 0xDC80...0xDCFF, 0..<0x80: 1
        case 0x80..<0x800: 2
        case 0x800..<0x10000: 3
        default: 4
        }
    }
}
