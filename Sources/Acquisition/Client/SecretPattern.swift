/// A text to look for on the wire, however its characters are escaped and wherever the frames of a chunked body cut it.
struct SecretPattern: Sendable, Hashable {
    let bytes: [UInt8]
    /// Whether characters may stand as escapes of JSON or of a URL.
    let mayBeEscaped: Bool

    /// A beginning that the end of the bytes cuts off counts from this many characters on.
    private static let leastBeginning = 8

    /// The most backslashes before one escape: four are JSON in JSON in JSON.
    private static let mostBackslashes = 4

    /// Where the text occurs, the frames inside it left out.
    func occurrences(in wire: [UInt8]) -> [Range<Int>] {
        guard let first = bytes.first else { return [] }
        var spans: [Range<Int>] = []
        var position = 0
        while position < wire.count {
            // The first character stands as itself or as an escape; nothing else can begin an occurrence.
            let byte = wire[position]
            let mayBegin =
                byte == first || mayBeEscaped && (byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "%"))
            guard mayBegin, let found = occurrence(in: wire, at: position) else {
                position += 1
                continue
            }
            spans += found
            position = found.last?.upperBound ?? position + 1
        }
        return spans
    }

    /// The spans of an occurrence that begins at a place; nil where none does.
    private func occurrence(in wire: [UInt8], at start: Int) -> [Range<Int>]? {
        var spans: [Range<Int>] = []
        var position = start
        var begin = start
        for (count, byte) in bytes.enumerated() {
            if position >= wire.count { return count >= Self.leastBeginning ? spans + [begin..<position] : nil }
            var length = characterLength(of: byte, in: wire, at: position)
            if length == nil, count > 0, let frame = Self.frameLength(in: wire, at: position) {
                spans.append(begin..<position)
                position += frame
                begin = position
                if position >= wire.count { return count >= Self.leastBeginning ? spans : nil }
                length = characterLength(of: byte, in: wire, at: position)
            }
            guard let length else { return nil }
            position += length
        }
        return spans + [begin..<position]
    }

    /// How many bytes a character takes at a place; nil where something else stands there.
    private func characterLength(of byte: UInt8, in wire: [UInt8], at position: Int) -> Int? {
        let found = wire[position]
        // A backslash of its own is a character, unless it begins the escape of one. JSON in a string of JSON, as error
        // messages hold it, doubles the backslashes of its escapes.
        if mayBeEscaped, found == UInt8(ascii: "\\") {
            var count = 1
            while count < Self.mostBackslashes, position + count < wire.count, wire[position + count] == found {
                count += 1
            }
            guard position + count < wire.count else { return byte == found ? 1 : nil }
            let next = wire[position + count]
            if next == UInt8(ascii: "u"), Self.value(wire, position + count + 1, digits: 4) == Int(byte) {
                return count + 5
            }
            if next == byte, [UInt8(ascii: "\""), UInt8(ascii: "/")].contains(byte) { return count + 1 }
            if byte == found { return count >= 2 ? 2 : 1 }
        }
        if mayBeEscaped, found == UInt8(ascii: "%"), Self.value(wire, position + 1, digits: 2) == Int(byte) { return 3 }
        return found == byte ? 1 : nil
    }

    /// The length of the frame between two chunks: the end of one, the size of the next, and its extensions.
    private static func frameLength(in wire: [UInt8], at position: Int) -> Int? {
        guard position + 1 < wire.count, wire[position] == 0x0D, wire[position + 1] == 0x0A else { return nil }
        var end = position + 2
        while end < wire.count, end - position < 256, wire[end] != 0x0D { end += 1 }
        guard end + 1 < wire.count, wire[end] == 0x0D, wire[end + 1] == 0x0A,
            digit(wire[position + 2]) != nil
        else { return nil }
        return end + 2 - position
    }

    private static func value(_ wire: [UInt8], _ start: Int, digits: Int) -> Int? {
        guard start + digits <= wire.count else { return nil }
        var value = 0
        for byte in wire[start..<(start + digits)] {
            guard let digit = digit(byte) else { return nil }
            value = value << 4 | digit
        }
        return value
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 0x30
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte) - 0x61 + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte) - 0x41 + 10
        default: nil
        }
    }
}
