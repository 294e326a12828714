/// Walks a JSON text once, with its own stack.
///
/// Strings are passed eight bytes at a time until a byte needs a closer look. Nothing is decoded but the keys that hold
/// an escape.
struct JSONScanner {
    private var position = 0
    private var nodes: [JSONDocument.Node] = []
    private var open: [Container] = []
    private var keys = JSONKeys()
    private let maximumDepth: Int

    private init(maximumDepth: Int) { self.maximumDepth = maximumDepth }

    private struct Container {
        let node: Int
        let isObject: Bool
    }

    /// The nodes of a text in document order.
    static func scan(_ bytes: [UInt8], maximumDepth: Int) throws(WireFormatsError) -> [JSONDocument.Node] {
        var scanner = JSONScanner(maximumDepth: maximumDepth)
        scanner.nodes.reserveCapacity(bytes.count / 8)
        try scanner.scan(bytes.span)
        return scanner.nodes
    }

    private mutating func scan(_ text: Span<UInt8>) throws(WireFormatsError) {
        try value(text)
        while let container = open.last {
            if container.isObject {
                try member(of: container.node, text)
            } else {
                try element(of: container.node, text)
            }
        }
        skipWhiteSpace(text)
        guard position == text.count else { throw unexpected("the end of the text", text) }
    }

    /// Passes members of the innermost object until a container begins or the object ends.
    private mutating func member(of node: Int, _ text: Span<UInt8>) throws(WireFormatsError) {
        let depth = open.count
        while open.count == depth {
            skipWhiteSpace(text)
            let isFirst = nodes.count == node + 1
            if take(UInt8(ascii: "}"), text) {
                end(node)
                keys.endObject()
                return
            }
            if !isFirst {
                guard take(UInt8(ascii: ","), text) else { throw unexpected("a comma or a closing bracket", text) }
                skipWhiteSpace(text)
            }
            try key(text)
            try value(text)
        }
    }

    /// Passes elements of the innermost array until a container begins or the array ends.
    private mutating func element(of node: Int, _ text: Span<UInt8>) throws(WireFormatsError) {
        let depth = open.count
        while open.count == depth {
            skipWhiteSpace(text)
            let isFirst = nodes.count == node + 1
            if take(UInt8(ascii: "]"), text) {
                end(node)
                return
            }
            if !isFirst {
                guard take(UInt8(ascii: ","), text) else { throw unexpected("a comma or a closing bracket", text) }
            }
            passSmallNumbers(text)
            try value(text)
        }
    }

    private mutating func end(_ node: Int) {
        nodes[node].end = UInt32(truncatingIfNeeded: position)
        nodes[node].next = UInt32(truncatingIfNeeded: nodes.count)
        open.removeLast()
    }

    /// Passes numbers of up to three digits that a comma follows, as they stand in the lists of a token's bytes.
    private mutating func passSmallNumbers(_ text: Span<UInt8>) {
        while position &+ 5 <= text.count {
            let start = position &+ (text[position] == 0x20 ? 1 : 0)
            let first = text[start] &- UInt8(ascii: "0")
            guard first < 10 else { return }
            // Counted without branches, because nothing foretells how many digits the next number has.
            let second = text[start &+ 1] &- UInt8(ascii: "0") < 10 ? 1 : 0
            let third = text[start &+ 2] &- UInt8(ascii: "0") < 10 ? second : 0
            let end = start &+ 1 &+ second &+ third
            // A number of more digits than one does not begin with 0.
            guard end < text.count, text[end] == UInt8(ascii: ","), first > 0 || second == 0 else { return }
            append(.number, start, end)
            position = end &+ 1
        }
    }

    private mutating func value(_ text: Span<UInt8>) throws(WireFormatsError) {
        skipWhiteSpace(text)
        guard position < text.count else { throw unexpected("a value", text) }
        switch text[position] {
        case UInt8(ascii: "\""): try string(text)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number(text)
        case UInt8(ascii: "{"): try begin(.object)
        case UInt8(ascii: "["): try begin(.array)
        case UInt8(ascii: "t"): try word("true", .yes, text)
        case UInt8(ascii: "f"): try word("false", .no, text)
        case UInt8(ascii: "n"): try word("null", .null, text)
        default: throw unexpected("a value", text)
        }
    }

    private mutating func append(_ kind: JSONDocument.Kind, _ start: Int, _ end: Int) {
        // A document is shorter than 4 GiB, which its initializer checks.
        nodes.append(
            .init(
                start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
                next: UInt32(truncatingIfNeeded: nodes.count + 1), kind: kind))
    }

    private mutating func begin(_ kind: JSONDocument.Kind) throws(WireFormatsError) {
        guard open.count < maximumDepth else {
            throw WireFormatsError(.depth, "nested deeper than \(maximumDepth) levels at byte \(position)")
        }
        open.append(Container(node: nodes.count, isObject: kind == .object))
        if kind == .object { keys.beginObject() }
        append(kind, position, position)
        position += 1
    }

    private mutating func key(_ text: Span<UInt8>) throws(WireFormatsError) {
        guard position < text.count, text[position] == UInt8(ascii: "\"") else { throw unexpected("a key", text) }
        let start = position
        try string(text)
        guard let node = nodes.last, keys.insert(node, in: text) else {
            throw WireFormatsError(.duplicateKey, "an object has the same key twice, at byte \(start)")
        }
        skipWhiteSpace(text)
        guard take(UInt8(ascii: ":"), text) else { throw unexpected("a colon", text) }
    }

    private mutating func string(_ text: Span<UInt8>) throws(WireFormatsError) {
        position += 1
        let start = position
        var hasEscapes = false
        while true {
            passPlainText(text)
            guard position < text.count else { throw unexpected("the end of a string", text) }
            let byte = text[position]
            if byte == UInt8(ascii: "\"") {
                append(hasEscapes ? .escapedString : .plainString, start, position)
                position += 1
                return
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                try escape(text)
            } else if byte < 0x20 {
                throw WireFormatsError(.text, "a control character in a string, at byte \(position)")
            } else if byte < 0x80 {
                position += 1
            } else {
                try scalar(text)
            }
        }
    }

    /// Passes bytes that are neither a quotation mark, a backslash, a control character nor part of a longer scalar.
    private mutating func passPlainText(_ text: Span<UInt8>) {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        while position &+ 8 <= text.count {
            let word = Self.word(text, position)
            // Each term sets the top bit of a byte that matches; a byte above a match may be marked in error, none below.
            let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
            let marked =
                ((quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes | (word &- ones &* 0x20) & ~word
                    | word) & tops
            guard marked == 0 else {
                position &+= marked.trailingZeroBitCount / 8
                return
            }
            position &+= 8
        }
    }

    /// Eight bytes as a number, the first in the lowest place. The compiler makes one load of it.
    @inline(__always)
    private static func word(_ text: Span<UInt8>, _ start: Int) -> UInt64 {
        let part = text.extracting(start..<(start &+ 8))
        return UInt64(part[0]) | UInt64(part[1]) << 8 | UInt64(part[2]) << 16 | UInt64(part[3]) << 24
            | UInt64(part[4]) << 32 | UInt64(part[5]) << 40 | UInt64(part[6]) << 48 | UInt64(part[7]) << 56
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
        _ word: StaticString, _ kind: JSONDocument.Kind, _ text: Span<UInt8>
    ) throws(WireFormatsError) {
        let start = position
        for byte in word.description.utf8 {
            guard take(byte, text) else {
                position = start
                throw unexpected("a value", text)
            }
        }
        append(kind, start, position)
    }

    private mutating func number(_ text: Span<UInt8>) throws(WireFormatsError) {
        let start = position
        _ = take(UInt8(ascii: "-"), text)
        if !take(UInt8(ascii: "0"), text) {
            guard digits(text) > 0 else { throw unexpected("a digit", text) }
        }
        if take(UInt8(ascii: "."), text) {
            guard digits(text) > 0 else { throw unexpected("a digit", text) }
        }
        if take(UInt8(ascii: "e"), text) || take(UInt8(ascii: "E"), text) {
            if !take(UInt8(ascii: "+"), text) { _ = take(UInt8(ascii: "-"), text) }
            guard digits(text) > 0 else { throw unexpected("a digit", text) }
        }
        append(.number, start, position)
    }

    private mutating func digits(_ text: Span<UInt8>) -> Int {
        let start = position
        while position < text.count, text[position] &- UInt8(ascii: "0") < 10 { position &+= 1 }
        return position - start
    }

    private mutating func skipWhiteSpace(_ text: Span<UInt8>) {
        while position < text.count {
            let byte = text[position]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position &+= 1
        }
    }

    private mutating func take(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
        guard position < text.count, text[position] == byte else { return false }
        position &+= 1
        return true
    }

    private func unexpected(_ wanted: String, _ text: Span<UInt8>) -> WireFormatsError {
        WireFormatsError(.syntax, "expected \(wanted) at byte \(position) of \(text.count)")
    }
}
