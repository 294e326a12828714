/// A JSON text of a server, scanned strictly: RFC 8259, valid UTF-8, no duplicate keys, bounded in depth and size.
///
/// The scan is one pass without recursion, so its time is linear in the bytes and its memory bounded by them. Values are
/// decoded only when they are asked for.
public struct JSONDocument: Sendable {
    /// The greatest nesting of arrays and objects.
    public static let maximumDepth = 64
    /// The greatest length of a text, in bytes, unless the caller sets another.
    public static let maximumLength = 16 << 20

    let bytes: [UInt8]
    let nodes: [Node]

    /// One value, or one key, in document order.
    struct Node: Sendable {
        var kind: Kind
        /// The first byte of the value; of a string, the byte after the quotation mark.
        var start: Int
        /// The byte after the value; of a string, its closing quotation mark.
        var end: Int
        /// The node after this value and everything in it.
        var next: Int
    }

    enum Kind: UInt8, Sendable {
        case object, array, plainString, escapedString, number, yes, no, null
    }

    /// Scans a text.
    ///
    /// - Throws: `syntax`, `text`, `duplicateKey`, `depth` or `size`, with the byte where the scan stopped.
    public init(_ bytes: [UInt8], maximumLength: Int = maximumLength) throws(WireFormatsError) {
        guard bytes.count <= maximumLength else {
            throw WireFormatsError(.size, "\(bytes.count) bytes of JSON; the limit is \(maximumLength)")
        }
        var scanner = JSONScanner(bytes: bytes)
        self.nodes = try scanner.scan()
        self.bytes = bytes
    }

    /// The outermost value.
    public var root: JSONNode { JSONNode(document: self, index: 0) }
}

/// A value in a document.
public struct JSONNode: Sendable {
    let document: JSONDocument
    let index: Int

    private var node: JSONDocument.Node { document.nodes[index] }

    /// Whether the value is `null`.
    public var isNull: Bool { node.kind == .null }

    /// Whether the value is an object.
    public var isObject: Bool { node.kind == .object }

    /// The value of a key of an object; nil where the key is absent, its value null, or this no object.
    public subscript(key: String) -> JSONNode? {
        guard node.kind == .object else { return nil }
        let wanted = Array(key.utf8)
        var child = index + 1
        while child < node.next {
            let value = child + 1
            if JSONNode(document: document, index: child).string == wanted {
                let found = JSONNode(document: document, index: value)
                return found.isNull ? nil : found
            }
            child = document.nodes[value].next
        }
        return nil
    }

    /// The elements of an array; nil for anything else.
    public var elements: [JSONNode]? {
        guard node.kind == .array else { return nil }
        var elements: [JSONNode] = []
        var child = index + 1
        while child < node.next {
            elements.append(JSONNode(document: document, index: child))
            child = document.nodes[child].next
        }
        return elements
    }

    /// The keys and values of an object in document order; nil for anything else.
    public var members: [(key: [UInt8], value: JSONNode)]? {
        guard node.kind == .object else { return nil }
        var members: [(key: [UInt8], value: JSONNode)] = []
        var child = index + 1
        while child < node.next {
            let value = child + 1
            members.append(
                (
                    JSONNode(document: document, index: child).string ?? [],
                    JSONNode(document: document, index: value)
                ))
            child = document.nodes[value].next
        }
        return members
    }

    /// The UTF-8 of a string, escapes decoded; nil for anything else.
    public var string: [UInt8]? {
        let raw = document.bytes[node.start..<node.end]
        switch node.kind {
        case .plainString: return Array(raw)
        case .escapedString: return JSONEscapes.decode(raw)
        default: return nil
        }
    }

    /// The text of a string; nil for anything else.
    public var text: String? { string.map { String(decoding: $0, as: UTF8.self) } }

    /// The number, rounded to the nearest double; nil for anything else and for numbers that are too large.
    public var number: Double? {
        guard node.kind == .number else { return nil }
        guard let value = Double(String(decoding: document.bytes[node.start..<node.end], as: UTF8.self)) else {
            return nil
        }
        return value.isFinite ? value : nil
    }

    /// The whole number; nil for anything else, a fraction or exponent included.
    public var integer: Int? {
        guard node.kind == .number else { return nil }
        return Int(String(decoding: document.bytes[node.start..<node.end], as: UTF8.self))
    }

    /// The truth value; nil for anything else.
    public var boolean: Bool? {
        switch node.kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }
}
