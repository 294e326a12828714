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
        // A scalar takes one byte or more, so this is enough room; what is left over is dropped.
        let room = max(0, min(bytes.count, limit))
        var scalars = [UInt32](repeating: 0, count: room)
        var output = scalars.mutableSpan
        let text = bytes.span
        var (index, count, broken) = (0, 0, 0)
        while index < text.count, count < room {
            // Texts are mostly ASCII: blocks of it are widened at once.
            let block = min(Self.block, text.count &- index, room &- count)
            if Self.isASCII(text, from: index, count: block) {
                for place in 0..<block { output[count &+ place] = UInt32(text[index &+ place]) }
                index &+= block
                count &+= block
                continue
            }
            let end = index &+ block
            while index < end, count < room {
                let lead = text[index]
                if lead < 0x80 {
                    output[count] = UInt32(lead)
                    index &+= 1
                } else {
                    let next = Self.scalar(in: bytes, at: index)
                    output[count] = next.scalar
                    if next.isBroken { broken += 1 }
                    index += next.length
                }
                count &+= 1
            }
        }
        if count < room { scalars.removeLast(room - count) }
        self.scalars = scalars
        self.brokenBytes = broken
    }

    private static let block = 32

    /// Whether some bytes are ASCII.
    private static func isASCII(_ text: Span<UInt8>, from start: Int, count: Int) -> Bool {
        let block = text.extracting(start..<(start &+ count))
        var all: UInt8 = 0
        for place in block.indices { all |= block[place] }
        return all < 0x80
    }

    /// How many of the first bytes of a text hold its first `limit` scalars.
    public static func byteCount(of bytes: [UInt8], scalars limit: Int) -> Int {
        guard bytes.count > limit else { return bytes.count }
        var (index, count) = (0, 0)
        while index < bytes.count, count < limit {
            index += bytes[index] < 0x80 ? 1 : max(1, sequenceLength(bytes, at: index))
            count += 1
        }
        return index
    }

    /// The scalar that begins at an index with a byte outside ASCII, and how many bytes it takes.
    static func scalar(in bytes: [UInt8], at index: Int) -> (scalar: UInt32, length: Int, isBroken: Bool) {
        let lead = bytes[index]
        let length = sequenceLength(bytes, at: index)
        guard length > 0 else { return (0xDC00 + UInt32(lead), 1, true) }
        var scalar = UInt32(lead) & (0x7F >> UInt32(length))
        for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[index + offset] & 0x3F) }
        return (scalar, length, false)
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
