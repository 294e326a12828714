/// A value in a document.
public struct JSONNode: Sendable {
    let document: JSONDocument
    private let index: Int
    private let node: JSONDocument.Node

    init(document: JSONDocument, index: Int) {
        self.document = document
        self.index = index
        node = document.nodes[index]
    }

    /// An element of a list whose elements have no nodes.
    private init(number place: Range<Int>, of list: JSONNode) {
        document = list.document
        index = list.index
        node = .init(
            start: UInt32(truncatingIfNeeded: place.lowerBound), end: UInt32(truncatingIfNeeded: place.upperBound),
            next: list.node.next, kind: .number)
    }

    private var raw: ArraySlice<UInt8> { document.bytes[Int(node.start)..<Int(node.end)] }

    /// Whether the value is `null`.
    public var isNull: Bool { node.kind == .null }

    /// Whether the value is an object.
    public var isObject: Bool { node.kind == .object }

    /// The value of a key of an object; nil where the key is absent, its value null, or this no object.
    public subscript(key: String) -> JSONNode? {
        guard node.kind == .object else { return nil }
        let length = key.utf8.count
        let end = Int(node.next)
        var child = index + 1
        while child < end {
            let candidate = document.nodes[child]
            let isFound =
                candidate.kind == .plainString
                ? Int(candidate.end - candidate.start) == length
                    && document.bytes[Int(candidate.start)..<Int(candidate.end)].elementsEqual(key.utf8)
                : JSONNode(document: document, index: child).string == Array(key.utf8)
            if isFound {
                return document.nodes[child + 1].kind == .null ? nil : JSONNode(document: document, index: child + 1)
            }
            child = Int(document.nodes[child + 1].next)
        }
        return nil
    }

    /// The elements of an array; nil for anything else.
    public var elements: [JSONNode]? {
        if node.kind == .numberList {
            return document.bytes[(Int(node.start) + 1)..<(Int(node.end) - 1)].split(separator: UInt8(ascii: ","))
                .map { JSONNode(number: $0.startIndex..<$0.endIndex, of: self) }
        }
        guard node.kind == .array else { return nil }
        var elements: [JSONNode] = []
        let end = Int(node.next)
        var child = index + 1
        while child < end {
            elements.append(JSONNode(document: document, index: child))
            child = Int(document.nodes[child].next)
        }
        return elements
    }

    /// The keys and values of an object in document order; nil for anything else.
    public var members: [(key: [UInt8], value: JSONNode)]? {
        guard node.kind == .object else { return nil }
        var members: [(key: [UInt8], value: JSONNode)] = []
        let end = Int(node.next)
        var child = index + 1
        while child < end {
            members.append(
                (
                    JSONNode(document: document, index: child).string ?? [],
                    JSONNode(document: document, index: child + 1)
                ))
            child = Int(document.nodes[child + 1].next)
        }
        return members
    }

    /// The UTF-8 of a string, escapes decoded; nil for anything else.
    public var string: [UInt8]? {
        switch node.kind {
        case .plainString: Array(raw)
        case .escapedString: JSONEscapes.decode(raw)
        default: nil
        }
    }

    /// The text of a string; nil for anything else.
    public var text: String? { string.map { String(decoding: $0, as: UTF8.self) } }

    /// The bytes in a list of whole numbers from 0 to 255; nil for anything else.
    public var byteList: [UInt8]? {
        if node.kind == .numberList { return bytes(in: (Int(node.start) + 1)..<(Int(node.end) - 1)) }
        guard node.kind == .array else { return nil }
        var list: [UInt8] = []
        for child in (index + 1)..<Int(node.next) {
            let element = document.nodes[child]
            guard element.kind == .number, let byte = bytes(in: Int(element.start)..<Int(element.end))?.first else {
                return nil
            }
            list.append(byte)
        }
        return list
    }

    /// The bytes in whole numbers without a sign that commas separate.
    private func bytes(in place: Range<Int>) -> [UInt8]? {
        var list: [UInt8] = []
        var value = 0
        for position in place {
            let byte = document.bytes[position]
            if byte == UInt8(ascii: ",") {
                list.append(UInt8(truncatingIfNeeded: value))
                value = 0
                continue
            }
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
            guard value <= 255 else { return nil }
        }
        list.append(UInt8(truncatingIfNeeded: value))
        return list
    }

    /// The number, rounded to the nearest double; nil for anything else and for numbers that are too large.
    public var number: Double? { node.kind == .number ? JSONNumber.double(raw) : nil }

    /// The whole number; nil for anything else, a fraction or exponent included.
    public var integer: Int? {
        guard node.kind == .number else { return nil }
        return Int(String(decoding: raw, as: UTF8.self))
    }

    /// The truth value; nil for anything else.
    public var boolean: Bool? {
        switch node.kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    /// The bytes of the value as they stand in the document, those of a string with its quotation marks.
    public var source: [UInt8] {
        switch node.kind {
        case .plainString, .escapedString: Array(document.bytes[(Int(node.start) - 1)...Int(node.end)])
        default: Array(raw)
        }
    }

    /// Where the value begins in the document; of a string, its quotation mark.
    var place: Int {
        switch node.kind {
        case .plainString, .escapedString: Int(node.start) - 1
        default: Int(node.start)
        }
    }

    /// Where the value stands in the document; of a string, without its quotation marks.
    var inside: Range<Int> { Int(node.start)..<Int(node.end) }
}
