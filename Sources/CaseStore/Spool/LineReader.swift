internal import ForensicTypes

/// Reads canonical JSON of a known shape, piece by piece.
///
/// It is fast because it is not strict: whoever uses it writes the value anew and compares the bytes, so what is not
/// canonical, or has more keys than are known, never passes.
struct LineReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether everything has been read.
    var isAtEnd: Bool { position == bytes.count }

    /// Takes a byte if it is the next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Takes a key with its colon, and the comma before it, if it is the next.
    mutating func takeKey(_ key: StaticString) -> Bool {
        let start = position
        _ = take(UInt8(ascii: ","))
        let count = key.utf8CodeUnitCount
        guard position + count + 3 <= bytes.count, bytes[position] == UInt8(ascii: "\""),
            bytes[position + count + 1] == UInt8(ascii: "\""), bytes[position + count + 2] == UInt8(ascii: ":"),
            key.withUTF8Buffer({ unsafe $0.elementsEqual(bytes[(position + 1)..<(position + 1 + count)]) })
        else {
            position = start
            return false
        }
        position += count + 3
        return true
    }

    /// Reads a whole number.
    mutating func number() -> Int? {
        let isNegative = take(UInt8(ascii: "-"))
        var value = 0
        let start = position
        while position < bytes.count, position - start < 18, (0x30...0x39).contains(bytes[position]) {
            value = value * 10 + Int(bytes[position] - 0x30)
            position += 1
        }
        return position > start ? (isNegative ? -value : value) : nil
    }

    /// Reads a text.
    mutating func text() -> String? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = position
        var escaped: [UInt8]?
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") {
                return String(decoding: escaped ?? Array(bytes[start..<(position - 1)]), as: UTF8.self)
            }
            guard byte == UInt8(ascii: "\\") else {
                escaped?.append(byte)
                continue
            }
            var text = escaped ?? Array(bytes[start..<(position - 1)])
            guard let original = escape() else { return nil }
            text.append(original)
            escaped = text
        }
        return nil
    }

    /// Reads a digest.
    mutating func digest() -> Digest? {
        guard position + 66 <= bytes.count, bytes[position] == UInt8(ascii: "\""),
            bytes[position + 65] == UInt8(ascii: "\""),
            let digest = Digest(hexDigits: bytes[(position + 1)..<(position + 65)])
        else { return nil }
        position += 66
        return digest
    }

    private mutating func escape() -> UInt8? {
        guard position < bytes.count else { return nil }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "u"):
            guard position + 4 <= bytes.count else { return nil }
            let digits = String(decoding: bytes[position..<(position + 4)], as: UTF8.self)
            position += 4
            return UInt16(digits, radix: 16).flatMap { $0 < 0x20 ? UInt8($0) : nil }
        default: return byte
        }
    }
}
