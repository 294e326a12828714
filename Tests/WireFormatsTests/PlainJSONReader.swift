import WireFormats

/// A reader of JSON that looks at one byte after the other and calls itself: slow, plain, and unlike the scanner that it checks.
struct PlainJSONReader {
    indirect enum Value: Equatable {
        case null
        case boolean(Bool)
        case number(String)
        case string([UInt8])
        case array([Value])
        case object([Member])
    }

    struct Member: Equatable {
        let key: [UInt8]
        let value: Value
    }

    private let bytes: [UInt8]
    private var position = 0

    /// The value of a text.
    ///
    /// - Throws: The codes of `JSONDocument`.
    static func read(_ bytes: [UInt8]) throws(WireFormatsError) -> Value {
        var reader = PlainJSONReader(bytes: bytes)
        reader.skipSpace()
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else { throw reader.refused(.syntax) }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func refused(_ code: WireFormatsError.Code) -> WireFormatsError { WireFormatsError(code, "\(position)") }

    private mutating func skipSpace() {
        while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func take(_ text: String) throws(WireFormatsError) {
        for wanted in text.utf8 {
            guard byte == wanted else { throw refused(.syntax) }
            position += 1
        }
    }

    private mutating func value(depth: Int) throws(WireFormatsError) -> Value {
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"):
            try take("true")
            return .boolean(true)
        case UInt8(ascii: "f"):
            try take("false")
            return .boolean(false)
        case UInt8(ascii: "n"):
            try take("null")
            return .null
        default: return .number(try number())
        }
    }

    private mutating func array(depth: Int) throws(WireFormatsError) -> Value {
        guard depth < JSONDocument.maximumDepth else { throw refused(.depth) }
        position += 1
        skipSpace()
        if byte == UInt8(ascii: "]") {
            position += 1
            return .array([])
        }
        var elements: [Value] = []
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if byte == UInt8(ascii: "]") {
                position += 1
                return .array(elements)
            }
            try take(",")
            skipSpace()
        }
    }

    private mutating func object(depth: Int) throws(WireFormatsError) -> Value {
        guard depth < JSONDocument.maximumDepth else { throw refused(.depth) }
        position += 1
        skipSpace()
        if byte == UInt8(ascii: "}") {
            position += 1
            return .object([])
        }
        var members: [Member] = []
        while true {
            guard byte == UInt8(ascii: "\"") else { throw refused(.syntax) }
            let key = try string()
            guard !members.contains(where: { $0.key == key }) else { throw refused(.duplicateKey) }
            skipSpace()
            try take(":")
            skipSpace()
            members.append(Member(key: key, value: try value(depth: depth + 1)))
            skipSpace()
            if byte == UInt8(ascii: "}") {
                position += 1
                return .object(members)
            }
            try take(",")
            skipSpace()
        }
    }

    private mutating func number() throws(WireFormatsError) -> String {
        let start = position
        if byte == UInt8(ascii: "-") { position += 1 }
        if byte == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if byte == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            position += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(WireFormatsError) {
        let start = position
        while let byte, (0x30...0x39).contains(byte) { position += 1 }
        guard position > start else { throw refused(.syntax) }
    }

    private mutating func string() throws(WireFormatsError) -> [UInt8] {
        position += 1
        var units: [UInt16] = []
        var text: [UInt8] = []
        // Escapes give UTF-16, which the standard library repairs as it decodes.
        func settled() -> [UInt8] { Array(String(decoding: units, as: UTF16.self).utf8) }
        while let byte {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return text + settled()
            case UInt8(ascii: "\\"):
                position += 1
                units.append(try escape())
            case ..<0x20: throw refused(.text)
            default:
                text += settled()
                units = []
                text += try scalar()
            }
        }
        throw refused(.syntax)
    }

    private mutating func escape() throws(WireFormatsError) -> UInt16 {
        guard let kind = byte else { throw refused(.syntax) }
        let simple: [Character: UInt16] = [
            "\"": 0x22, "\\": 0x5C, "/": 0x2F, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9,
        ]
        position += 1
        if let unit = simple[Character(Unicode.Scalar(kind))] { return unit }
        let digits = String(decoding: bytes.dropFirst(position).prefix(4), as: UTF8.self)
        guard kind == UInt8(ascii: "u"), digits.utf8.count == 4, !digits.hasPrefix("+"), !digits.hasPrefix("-"),
            let unit = UInt16(digits, radix: 16)
        else { throw refused(.syntax) }
        position += 4
        return unit
    }

    /// One scalar, by the standard library's own validation.
    private mutating func scalar() throws(WireFormatsError) -> [UInt8] {
        for length in 1...4 where position + length <= bytes.count {
            let part = Array(bytes[position..<(position + length)])
            if let text = String(validating: part, as: UTF8.self), text.unicodeScalars.count == 1 {
                position += length
                return part
            }
        }
        throw refused(.text)
    }
}
