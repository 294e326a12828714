/// A text as Unicode scalars, with a rule for bytes that are not UTF-8.
///
/// Every byte that is not part of a well-formed sequence becomes the number 0xDC00 plus the byte, one per byte, so that
/// different broken bytes stay different and no two texts become equal. (Those numbers are lone surrogates, which well-formed
/// UTF-8 cannot hold; it is the rule of the `surrogateescape` handler of Python, PEP 383.)
/// Nothing is normalised: a composed and a decomposed accent are different texts.
public struct ScalarText: Sendable, Hashable {
    /// The scalars.
    public let scalars: [UInt32]
    /// How many bytes were not UTF-8.
    public let brokenBytes: Int

    /// Decodes bytes, stopping after `limit` scalars where a limit is given.
    public init(_ bytes: [UInt8], limit: Int = .max) {
        var scalars: [UInt32] = []
        scalars.reserveCapacity(min(bytes.count, limit))
        var broken = 0
        var index = 0
        while index < bytes.count, scalars.count < limit {
            let lead = bytes[index]
            if lead < 0x80 {
                scalars.append(UInt32(lead))
                index += 1
                continue
            }
            let length = Self.sequenceLength(bytes, at: index)
            if length == 0 {
                scalars.append(0xDC00 + UInt32(lead))
                broken += 1
                index += 1
            } else {
                var scalar = UInt32(lead) & (0x7F >> UInt32(length))
                for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[index + offset] & 0x3F) }
                scalars.append(scalar)
                index += length
            }
        }
        self.scalars = scalars
        self.brokenBytes = broken
    }

    /// The length of the well-formed multi-byte sequence at an index (2, 3 or 4), or 0 where there is none.
    ///
    /// The table is that of well-formed UTF-8 sequences in the Unicode standard (table 3-7): no overlong form, no
    /// surrogate, nothing above U+10FFFF.
    private static func sequenceLength(_ bytes: [UInt8], at index: Int) -> Int {
        let second: ClosedRange<UInt8>
        let length: Int
        switch bytes[index] {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
        for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
