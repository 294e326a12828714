extension JSONReader {
    /// Reads a string, resolving its escapes.
    mutating func readString() throws(ContentAddressingError) -> String {
        let start = position
        position += 1
        while let byte = peek, CanonicalJSON.isPlain(byte) { position += 1 }
        let plain = bytes[(start + 1)..<position]
        // Most strings have no escape, and are taken as they stand.
        if take(UInt8(ascii: "\"")) { return try string(plain, at: start) }
        var text = Array(plain)
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return try string(text[...], at: start)
            case UInt8(ascii: "\\"): try readEscape(into: &text)
            case 0..<0x20: throw failure(.string, "a bare control character", at: position - 1)
            case 0x7F: throw failure(.string, "U+007F", at: position - 1)
            default: text.append(byte)
            }
        }
        throw failure(.syntax, "a string without end", at: start)
    }

    private func string(_ text: ArraySlice<UInt8>, at start: Int) throws(ContentAddressingError) -> String {
        // What is no UTF-8 is repaired, and then has other bytes.
        let string = String(decoding: text, as: UTF8.self)
        guard string.utf8.elementsEqual(text) else { throw failure(.string, "invalid UTF-8", at: start) }
        return string
    }

    private mutating func readEscape(into text: inout [UInt8]) throws(ContentAddressingError) {
        let escape = peek
        position += 1
        switch escape {
        case UInt8(ascii: "\""): text.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): text.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"):
            isCanonical = false
            text.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "u"): try readCodePoint(into: &text)
        default: throw failure(.syntax, "an unknown escape", at: position - 2)
        }
    }

    private mutating func readCodePoint(into text: inout [UInt8]) throws(ContentAddressingError) {
        let start = position
        var code = try readHexadecimal()
        if (0xD800..<0xDC00).contains(code) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
                throw failure(.string, "a lone surrogate", at: start)
            }
            let low = try readHexadecimal()
            guard (0xDC00..<0xE000).contains(low) else { throw failure(.string, "a lone surrogate", at: start) }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code), code != 0x7F else {
            throw failure(.string, "a lone surrogate or U+007F", at: start)
        }
        let spelled = bytes[(start - 2)..<position]
        var canonical: [UInt8] = []
        _ = CanonicalJSON.append(String(Character(scalar)), to: &canonical)
        if !spelled.elementsEqual(canonical.dropFirst().dropLast()) { isCanonical = false }
        text.append(contentsOf: String(Character(scalar)).utf8)
    }

    private mutating func readHexadecimal() throws(ContentAddressingError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            switch peek {
            case .some(let byte) where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte):
                code = code << 4 | UInt32(byte - UInt8(ascii: "0"))
            case .some(let byte) where (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte):
                code = code << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case .some(let byte) where (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte):
                code = code << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: throw failure(.syntax, "an escape without four hexadecimal digits")
            }
            position += 1
        }
        return code
    }
}
