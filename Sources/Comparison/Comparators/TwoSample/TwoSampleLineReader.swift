/// Reads samples from JSON lines whose bytes are known to be UTF-8.
struct TwoSampleLineReader {
    /// What is wrong with a line, and how to mend it.
    struct Failure: Error {
        let text: String
    }

    /// The number of the current line, from 1.
    private(set) var line = 0
    private let bytes: [UInt8]
    private var position = 0
    private var end = 0
    private static let maximumDepth = 32

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Moves to the next line that is not blank; false at the end of the file.
    mutating func beginLine() -> Bool {
        position = line == 0 ? 0 : end + 1
        while position < bytes.count {
            line += 1
            end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            skipSpace()
            if position < end { return true }
            position = end + 1
        }
        return false
    }

    /// Reads the current line.
    mutating func readObservation() throws(Failure) -> TwoSampleObservation {
        var (prompt, side, text, block): (String?, TwoSampleObservation.Side?, [UInt8]?, Int?)
        guard take("{") else { throw Failure(text: "is not a JSON object; write one object per line") }
        if !take("}") {
            repeat {
                skipSpace()
                guard peek == UInt8(ascii: "\"") else { throw Failure(text: "has a member without a name in quotes") }
                let key = String(decoding: try readString(), as: UTF8.self)
                guard take(":") else { throw Failure(text: "has no colon after a member's name") }
                skipSpace()
                switch key {
                case "prompt": try set(&prompt, key, to: try readPrompt())
                case "side": try set(&side, key, to: try readSide())
                case "text": try set(&text, key, to: try readText())
                case "time_block": try set(&block, key, to: try readInteger(key))
                default: try skipValue(depth: 0)
                }
            } while take(",")
            guard take("}") else { throw Failure(text: "ends inside its object, or lacks a comma") }
        }
        skipSpace()
        guard position == end else { throw Failure(text: "goes on after its object; write one object per line") }
        guard let prompt else { throw Self.missing("prompt", "a whole number or a string") }
        guard let side else { throw Self.missing("side", #""a" or "b""#) }
        guard let text else { throw Self.missing("text", "a string") }
        return TwoSampleObservation(prompt: prompt, side: side, timeBlock: block ?? 0, text: text)
    }

    private static func missing(_ key: String, _ expected: String) -> Failure {
        Failure(text: "has no \"\(key)\"; give \(expected)")
    }

    private func set<Value>(_ field: inout Value?, _ key: String, to value: Value) throws(Failure) {
        guard field == nil else { throw Failure(text: "gives \"\(key)\" twice; give it once") }
        field = value
    }

    private mutating func readPrompt() throws(Failure) -> String {
        if peek == UInt8(ascii: "\"") { return String(decoding: try readString(), as: UTF8.self) }
        return String(try readInteger("prompt"))
    }

    private mutating func readSide() throws(Failure) -> TwoSampleObservation.Side {
        guard peek == UInt8(ascii: "\""),
            let side = TwoSampleObservation.Side(rawValue: String(decoding: try readString(), as: UTF8.self))
        else { throw Failure(text: #"has a "side" that is neither "a" nor "b""#) }
        return side
    }

    private mutating func readText() throws(Failure) -> [UInt8] {
        guard peek == UInt8(ascii: "\"") else { throw Failure(text: #"has a "text" that is not a string"#) }
        return try readString()
    }

    private mutating func readInteger(_ key: String) throws(Failure) -> Int {
        let token = readToken()
        guard let value = Int(String(decoding: token, as: UTF8.self)), token.first != UInt8(ascii: "+") else {
            throw Failure(text: "has a \"\(key)\" that is not a whole number")
        }
        return value
    }
}

// MARK: - Scanning

extension TwoSampleLineReader {
    private var peek: UInt8? { position < end ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0D { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// The bytes up to the next delimiter.
    private mutating func readToken() -> ArraySlice<UInt8> {
        let start = position
        while let byte = peek, !#",:{}[]" "#.utf8.contains(byte), byte > 0x20 { position += 1 }
        return bytes[start..<position]
    }

    /// Reads a string, the position at its opening quote.
    private mutating func readString() throws(Failure) -> [UInt8] {
        position += 1
        var result: [UInt8] = []
        var runStart = position
        while position < end {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                result += bytes[runStart..<position]
                position += 1
                return result
            }
            guard byte >= 0x20 else {
                throw Failure(text: "holds a control character inside a string; escape it")
            }
            if byte == UInt8(ascii: "\\") {
                result += bytes[runStart..<position]
                position += 1
                try readEscape(into: &result)
                runStart = position
            } else {
                position += 1
            }
        }
        throw Failure(text: "ends inside a string")
    }

    private mutating func readEscape(into result: inout [UInt8]) throws(Failure) {
        guard let byte = peek else { throw Failure(text: "ends inside an escape") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "u"):
            var code = try readHexadecimal()
            if (0xD800...0xDBFF).contains(code), peek == UInt8(ascii: "\\") {
                position += 1
                guard peek == UInt8(ascii: "u") else { throw Self.loneSurrogate }
                position += 1
                let low = try readHexadecimal()
                guard (0xDC00...0xDFFF).contains(low) else { throw Self.loneSurrogate }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw Self.loneSurrogate }
            result += Array(UTF8.encode(scalar) ?? .init())
        default: throw Failure(text: "holds an unknown escape")
        }
    }

    private static var loneSurrogate: Failure {
        Failure(text: "holds half of a surrogate pair, which is no character")
    }

    private mutating func readHexadecimal() throws(Failure) -> UInt32 {
        let digits = bytes[position..<min(position + 4, end)]
        guard digits.count == 4, digits.first != UInt8(ascii: "+"),
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw Failure(text: #"holds a \u escape without four hexadecimal digits"#) }
        position += 4
        return code
    }

    /// Skips the value of a member that has no meaning here.
    private mutating func skipValue(depth: Int) throws(Failure) {
        guard depth < Self.maximumDepth else { throw Failure(text: "nests values too deeply") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "\""): _ = try readString()
        case UInt8(ascii: "{"):
            position += 1
            if take("}") { return }
            repeat {
                skipSpace()
                guard peek == UInt8(ascii: "\"") else { throw Failure(text: "has a member without a name in quotes") }
                _ = try readString()
                guard take(":") else { throw Failure(text: "has no colon after a member's name") }
                try skipValue(depth: depth + 1)
            } while take(",")
            guard take("}") else { throw Failure(text: "ends inside an object, or lacks a comma") }
        case UInt8(ascii: "["):
            position += 1
            if take("]") { return }
            repeat { try skipValue(depth: depth + 1) } while take(",")
            guard take("]") else { throw Failure(text: "ends inside an array, or lacks a comma") }
        default:
            let token = String(decoding: readToken(), as: UTF8.self)
            guard ["true", "false", "null"].contains(token) || Double(token).map(\.isFinite) == true else {
                throw Failure(text: "holds a value that is not JSON")
            }
        }
    }
}
