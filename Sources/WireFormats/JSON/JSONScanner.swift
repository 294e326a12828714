/// Walks a JSON text once, with its own stack.
///
/// Strings, runs of digits and lists of whole numbers are passed eight bytes at a time until a byte needs a closer look.
/// Nothing is decoded but the keys that hold an escape.
struct JSONScanner {
    private typealias Node = JSONDocument.Node
    private typealias Nodes = OutputSpan<JSONDocument.Node>

    private let maximumDepth: Int
    private var position = 0
    private var depth = 0
    /// The innermost container that is open. While it is, its node holds what encloses it and where its keys begin.
    private var container = none
    private var keys = JSONKeys()

    private static let none = UInt32.max

    private init(maximumDepth: Int) { self.maximumDepth = maximumDepth }

    /// The nodes of a text in document order.
    static func scan(_ bytes: [UInt8], maximumDepth: Int) throws(WireFormatsError) -> [JSONDocument.Node] {
        try [JSONDocument.Node](capacity: mostValues(in: bytes, maximumDepth: maximumDepth)) {
            nodes throws(WireFormatsError) in
            var scanner = JSONScanner(maximumDepth: maximumDepth)
            try scanner.scan(bytes.span, &nodes)
        }
    }

    /// More values and keys than a text can hold. What is reserved for them and not used is never touched.
    private static func mostValues(in bytes: [UInt8], maximumDepth: Int) -> Int {
        // A value has a byte and one more that ends or separates it, except the brackets that are open.
        let bound = bytes.count / 2 + min(maximumDepth, bytes.count) + 2
        guard bytes.count > 1 << 20 else { return bound }
        // So much address space may not be there: each value begins the text, or follows one of four marks.
        var marks = 1
        for byte in bytes {
            let follows =
                byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") || byte | 0x20 == UInt8(ascii: "{")
            marks &+= follows ? 1 : 0
        }
        return min(bound, marks)
    }

    private mutating func scan(_ text: Span<UInt8>, _ nodes: inout Nodes) throws(WireFormatsError) {
        skipWhiteSpace(text)
        repeat {
            try value(text, &nodes)
        } while try goesOn(text, &nodes)
        guard position == text.count else { throw unexpected("the end of the text", text) }
    }

    /// Passes what stands between two values; false after the outermost one.
    @inline(__always)
    private mutating func goesOn(_ text: Span<UInt8>, _ nodes: inout Nodes) throws(WireFormatsError) -> Bool {
        while true {
            skipWhiteSpace(text)
            guard container != Self.none else { return false }
            // At the end of the text, a byte that fits nowhere.
            let byte = position < text.count ? text[position] : 0
            let isObject = nodes[Int(container)].kind == .object
            let isFirst = nodes.count == Int(container) &+ 1
            if byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                position &+= 1
                end(&nodes)
                continue
            }
            if !isFirst {
                guard byte == UInt8(ascii: ",") else { throw unexpected("a comma or a closing bracket", text) }
                position &+= 1
                skipWhiteSpace(text)
            }
            if isObject { try key(text, &nodes) }
            return true
        }
    }

    @inline(__always)
    private mutating func value(_ text: Span<UInt8>, _ nodes: inout Nodes) throws(WireFormatsError) {
        guard position < text.count else { throw unexpected("a value", text) }
        switch text[position] {
        case UInt8(ascii: "\""): try string(text, &nodes)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number(text, &nodes)
        case UInt8(ascii: "{"): try begin(.object, &nodes)
        case UInt8(ascii: "["):
            if !passNumberList(text, &nodes) { try begin(.array, &nodes) }
        case UInt8(ascii: "t"): try word("true", .yes, text, &nodes)
        case UInt8(ascii: "f"): try word("false", .no, text, &nodes)
        case UInt8(ascii: "n"): try word("null", .null, text, &nodes)
        default: throw unexpected("a value", text)
        }
    }

    @inline(__always)
    private func append(_ kind: JSONDocument.Kind, _ start: Int, _ end: Int, _ nodes: inout Nodes) {
        // A document is shorter than 4 GiB, which its initializer checks.
        nodes.append(
            .init(
                start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
                next: UInt32(truncatingIfNeeded: nodes.count &+ 1), kind: kind))
    }

    @inline(__always)
    private mutating func begin(_ kind: JSONDocument.Kind, _ nodes: inout Nodes) throws(WireFormatsError) {
        guard depth < maximumDepth else { throw tooDeep }
        depth &+= 1
        let node = UInt32(truncatingIfNeeded: nodes.count)
        nodes.append(
            .init(
                start: UInt32(truncatingIfNeeded: position), end: UInt32(truncatingIfNeeded: keys.count),
                next: container, kind: kind))
        container = node
        position &+= 1
    }

    @inline(__always)
    private mutating func end(_ nodes: inout Nodes) {
        let index = Int(container)
        container = nodes[index].next
        keys.endObject(index, startingAt: Int(nodes[index].end))
        nodes[index].end = UInt32(truncatingIfNeeded: position)
        nodes[index].next = UInt32(truncatingIfNeeded: nodes.count)
        depth &-= 1
    }

    @inline(__always)
    private mutating func key(_ text: Span<UInt8>, _ nodes: inout Nodes) throws(WireFormatsError) {
        guard position < text.count, text[position] == UInt8(ascii: "\"") else { throw unexpected("a key", text) }
        let start = position
        try string(text, &nodes)
        let object = Int(container)
        guard keys.insert(nodes.count &- 1, of: object, startingAt: Int(nodes[object].end), nodes.span, in: text) else {
            throw WireFormatsError(.duplicateKey, "an object has the same key twice, at byte \(start)")
        }
        skipWhiteSpace(text)
        guard take(UInt8(ascii: ":"), text) else { throw unexpected("a colon", text) }
        skipWhiteSpace(text)
    }

    @inline(__always)
    private mutating func string(_ text: Span<UInt8>, _ nodes: inout Nodes) throws(WireFormatsError) {
        position &+= 1
        let start = position
        position = Self.endOfPlainText(text, from: position)
        if position < text.count, text[position] == UInt8(ascii: "\"") {
            append(.plainString, start, position, &nodes)
            position &+= 1
            return
        }
        let hasEscapes = try restOfString(text)
        append(hasEscapes ? .escapedString : .plainString, start, position, &nodes)
        position &+= 1
    }

    /// Goes to the closing quotation mark; whether there is an escape on the way.
    @inline(never)
    private mutating func restOfString(_ text: Span<UInt8>) throws(WireFormatsError) -> Bool {
        var hasEscapes = false
        while true {
            guard position < text.count else { throw unexpected("the end of a string", text) }
            let byte = text[position]
            if byte == UInt8(ascii: "\"") { return hasEscapes }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                try escape(text)
            } else if byte < 0x20 {
                throw WireFormatsError(.text, "a control character in a string, at byte \(position)")
            } else if byte >= 0x80 {
                try scalar(text)
            }
            position = Self.endOfPlainText(text, from: position)
        }
    }

    private mutating func escape(_ text: Span<UInt8>) throws(WireFormatsError) {
        guard position + 1 < text.count else { throw unexpected("an escape", text) }
        switch text[position + 1] {
        case UInt8(ascii: "u"):
            guard position + 6 <= text.count,
                ((position + 2)..<(position + 6)).allSatisfy({ JSONEscapes.digit(text[$0]) != nil })
            else { throw unexpected("four hexadecimal digits", text) }
            position += 6
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        default: throw unexpected("an escape", text)
        }
    }

    /// Passes one multi-byte scalar; refuses overlong forms, surrogates and what is beyond U+10FFFF.
    private mutating func scalar(_ text: Span<UInt8>) throws(WireFormatsError) {
        let (count, second): (Int, ClosedRange<UInt8>) =
            switch text[position] {
            case 0xC2...0xDF: (2, 0x80...0xBF)
            case 0xE0: (3, 0xA0...0xBF)
            case 0xED: (3, 0x80...0x9F)
            case 0xE1...0xEF: (3, 0x80...0xBF)
            case 0xF0: (4, 0x90...0xBF)
            case 0xF1...0xF3: (4, 0x80...0xBF)
            case 0xF4: (4, 0x80...0x8F)
            default: (0, 0...0)
            }
        var isValid = count > 0 && position + count <= text.count && second.contains(text[position + 1])
        if isValid && count > 2 { isValid = text[position + 2] & 0xC0 == 0x80 }
        if isValid && count > 3 { isValid = text[position + 3] & 0xC0 == 0x80 }
        guard isValid else { throw WireFormatsError(.text, "invalid UTF-8 at byte \(position)") }
        position += count
    }

    private mutating func word(
        _ word: StaticString, _ kind: JSONDocument.Kind, _ text: Span<UInt8>, _ nodes: inout Nodes
    ) throws(WireFormatsError) {
        let start = position
        for byte in word.description.utf8 {
            guard take(byte, text) else {
                position = start
                throw unexpected("a value", text)
            }
        }
        append(kind, start, position, &nodes)
    }

    @inline(__always)
    private mutating func number(_ text: Span<UInt8>, _ nodes: inout Nodes) throws(WireFormatsError) {
        let start = position
        _ = take(UInt8(ascii: "-"), text)
        if !take(UInt8(ascii: "0"), text) { try digits(text) }
        if take(UInt8(ascii: "."), text) { try digits(text) }
        if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
            position &+= 1
            if !take(UInt8(ascii: "+"), text) { _ = take(UInt8(ascii: "-"), text) }
            try digits(text)
        }
        append(.number, start, position, &nodes)
    }

    /// Passes digits, of which there must be one.
    @inline(__always)
    private mutating func digits(_ text: Span<UInt8>) throws(WireFormatsError) {
        let start = position
        position = Self.endOfDigits(text, from: position)
        guard position > start else { throw unexpected("a digit", text) }
    }

    @inline(__always)
    private mutating func skipWhiteSpace(_ text: Span<UInt8>) {
        guard position < text.count, text[position] <= 0x20 else { return }
        position = Self.endOfWhiteSpace(text, from: position)
    }

    @inline(__always)
    private mutating func take(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
        guard position < text.count, text[position] == byte else { return false }
        position &+= 1
        return true
    }

    private func unexpected(_ wanted: String, _ text: Span<UInt8>) -> WireFormatsError {
        WireFormatsError(.syntax, "expected \(wanted) at byte \(position) of \(text.count)")
    }

    private var tooDeep: WireFormatsError {
        WireFormatsError(.depth, "nested deeper than \(maximumDepth) levels at byte \(position)")
    }

    /// Passes a list of whole numbers without a sign or white space, as those of a token's bytes stand; false, and nothing
    /// is passed, where this is none.
    @inline(__always)
    private mutating func passNumberList(_ text: Span<UInt8>, _ nodes: inout Nodes) -> Bool {
        guard depth < maximumDepth, let end = Self.endOfNumberList(text, from: position) else { return false }
        append(.numberList, position, end, &nodes)
        position = end
        return true
    }
}
