/// Reads JSON text of the profile in any spelling, and notes whether it is the canonical one.
struct JSONReader {
    let bytes: [UInt8]
    var position = 0
    /// Whether `JSONWriter` would spell what was read with the same bytes: every key after the one before it, and no escape that
    /// it would not write. Nothing else of the profile has two spellings.
    var isCanonical = true
    private var values = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads one value that fills the whole text.
    mutating func readDocument() throws(ContentAddressingError) -> JSONValue {
        let value = try readValue(depth: 0)
        guard position == bytes.count else { throw failure(.syntax, "bytes after the value") }
        return value
    }

    private mutating func readValue(depth: Int) throws(ContentAddressingError) -> JSONValue {
        guard depth <= CanonicalJSON.maximumDepth else {
            throw failure(.depth, "more than \(CanonicalJSON.maximumDepth) levels")
        }
        values += 1
        guard values <= CanonicalJSON.maximumValues else {
            throw failure(.size, "more than \(CanonicalJSON.maximumValues) values")
        }
        switch peek {
        case UInt8(ascii: "{"): return try readObject(depth: depth)
        case UInt8(ascii: "["): return try readArray(depth: depth)
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try read("true", as: .bool(true))
        case UInt8(ascii: "f"): return try read("false", as: .bool(false))
        case UInt8(ascii: "n"): return try read("null", as: .null)
        case .some(let byte) where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte):
            return .integer(try readInteger())
        default: throw failure(.syntax, "no value")
        }
    }

    private mutating func readObject(depth: Int) throws(ContentAddressingError) -> JSONValue {
        position += 1
        var members: [String: JSONValue] = [:]
        if take(UInt8(ascii: "}")) { return .object(members) }
        var last = bytes[position..<position]
        repeat {
            guard peek == UInt8(ascii: "\"") else { throw failure(.syntax, "no key") }
            let start = position
            let key = try readString()
            guard Self.isKey(key) else { throw failure(.key, "a key outside the profile", at: start) }
            let spelled = bytes[(start + 1)..<(position - 1)]
            if !last.lexicographicallyPrecedes(spelled) { isCanonical = false }
            last = spelled
            guard take(UInt8(ascii: ":")) else { throw failure(.syntax, "no colon after a key") }
            guard members.updateValue(try readValue(depth: depth + 1), forKey: key) == nil else {
                throw failure(.key, "the key \"\(key)\" twice in one object", at: start)
            }
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw failure(.syntax, "an object without end") }
        return .object(members)
    }

    private mutating func readArray(depth: Int) throws(ContentAddressingError) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat { elements.append(try readValue(depth: depth + 1)) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw failure(.syntax, "an array without end") }
        return .array(elements)
    }

    private mutating func read(
        _ literal: StaticString, as value: JSONValue
    ) throws(ContentAddressingError) -> JSONValue {
        for byte in literal.description.utf8 {
            guard take(byte) else { throw failure(.syntax, "an unknown literal") }
        }
        return value
    }

    private mutating func readInteger() throws(ContentAddressingError) -> Int64 {
        let start = position
        let isNegative = take(UInt8(ascii: "-"))
        let firstDigit = position
        var magnitude: Int64 = 0
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            magnitude = magnitude * 10 + Int64(byte - UInt8(ascii: "0"))
            guard magnitude <= CanonicalJSON.maximumInteger else {
                throw failure(.number, "a number beyond 2^53 - 1", at: start)
            }
            position += 1
        }
        let digits = position - firstDigit
        guard digits > 0 else { throw failure(.syntax, "a sign without digits", at: start) }
        let hasLeadingZero = digits > 1 && bytes[firstDigit] == UInt8(ascii: "0")
        guard !hasLeadingZero, !(isNegative && magnitude == 0) else {
            throw failure(.number, "a leading or negative zero", at: start)
        }
        if let next = peek, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(next) {
            throw failure(.number, "a number that is not whole", at: start)
        }
        return isNegative ? -magnitude : magnitude
    }

    static func isKey(_ key: String) -> Bool {
        guard let first = key.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
            key.utf8.count <= 64
        else { return CanonicalJSON.fixedKeys.contains(key) }
        return key.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
            default: false
            }
        } || CanonicalJSON.fixedKeys.contains(key)
    }
}

extension JSONReader {
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    func failure(_ code: ContentAddressingError.Code, _ text: String, at place: Int? = nil) -> ContentAddressingError {
        ContentAddressingError(code, "\(text) at byte \(place ?? position)")
    }
}
