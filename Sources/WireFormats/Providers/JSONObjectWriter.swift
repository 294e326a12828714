internal import ForensicTypes

/// Writes a JSON object in the order in which members are added.
struct JSONObjectWriter {
    private var bytes: [UInt8] = []

    mutating func add(_ key: String, literal: String) { add(key, json: Array(literal.utf8)) }

    mutating func add(_ key: String, text: String) { add(key, json: Self.quoted(text)) }

    mutating func add(_ key: String, object: JSONObjectWriter) { add(key, json: object.finished()) }

    mutating func add(_ key: String, objects: [JSONObjectWriter]) {
        add(key, json: [UInt8(ascii: "[")] + objects.map { $0.finished() }.joined(separator: ",".utf8) + "]".utf8)
    }

    /// Adds messages as objects of `role` and `content`.
    mutating func add(_ key: String, messages: [Message]) {
        add(
            key,
            objects: messages.map { message in
                var object = JSONObjectWriter()
                object.add("role", text: message.role.rawValue)
                object.add("content", text: message.content)
                return object
            })
    }

    /// Adds a decimal number as the shortest digits that read back as the same one.
    mutating func add(_ key: String, number: Double) { add(key, literal: number.description) }

    mutating func add(_ key: String, integer: Int) { add(key, literal: String(integer)) }

    mutating func add(_ key: String, flag: Bool) { add(key, literal: flag ? "true" : "false") }

    func finished() -> [UInt8] { (bytes.isEmpty ? [UInt8(ascii: "{")] : bytes) + [UInt8(ascii: "}")] }

    private mutating func add(_ key: String, json: [UInt8]) {
        bytes.append(bytes.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
        bytes += Self.quoted(key)
        bytes.append(UInt8(ascii: ":"))
        bytes += json
    }

    private static func quoted(_ text: String) -> [UInt8] {
        var json: [UInt8] = []
        JSONEscapes.encode(text.utf8, into: &json)
        return json
    }

    /// An object with one member, a text.
    static func single(_ key: String, text: String) -> JSONObjectWriter {
        var object = JSONObjectWriter()
        object.add(key, text: text)
        return object
    }
}
