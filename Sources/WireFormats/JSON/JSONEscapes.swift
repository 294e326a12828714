/// The escapes of JSON strings, in both directions.
enum JSONEscapes {
    /// Decodes the inside of a string that the scanner has passed. A lone surrogate becomes U+FFFD.
    static func decode(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(raw.count)
        var position = raw.startIndex
        while position < raw.endIndex {
            guard let escape = raw[position...].firstIndex(of: UInt8(ascii: "\\")), escape + 1 < raw.endIndex else {
                text += raw[position...]
                return text
            }
            text += raw[position..<escape]
            position = escape
            let kind = raw[position + 1]
            guard kind == UInt8(ascii: "u") else {
                text.append(simple(kind))
                position += 2
                continue
            }
            var scalar = unit(raw, at: position)
            position += 6
            if (0xD800...0xDBFF).contains(scalar) {
                let low = unit(raw, at: position)
                if (0xDC00...0xDFFF).contains(low) {
                    scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
                    position += 6
                }
            }
            if let encoded = UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") { text += encoded }
        }
        return text
    }

    /// Writes a JSON string with its quotation marks.
    static func encode(_ text: some Sequence<UInt8>, into json: inout [UInt8]) {
        json.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""): json += [UInt8(ascii: "\\"), UInt8(ascii: "\"")]
            case UInt8(ascii: "\\"): json += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
            case UInt8(ascii: "\n"): json += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\r"): json += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            case UInt8(ascii: "\t"): json += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                json += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: json.append(byte)
            }
        }
        json.append(UInt8(ascii: "\""))
    }

    /// The value of a hexadecimal digit.
    static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    /// The code unit of an escape that starts at `position`; 0 where there is none.
    private static func unit(_ raw: ArraySlice<UInt8>, at position: Int) -> UInt32 {
        guard position + 6 <= raw.endIndex, raw[position] == UInt8(ascii: "\\"), raw[position + 1] == UInt8(ascii: "u")
        else { return 0 }
        return raw[(position + 2)..<(position + 6)].reduce(0) { $0 << 4 | (digit($1) ?? 0) }
    }

    private static func simple(_ kind: UInt8) -> UInt8 {
        switch kind {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        default: kind
        }
    }
}
