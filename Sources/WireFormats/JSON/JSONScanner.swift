/// Walks a JSON text once, with its own stack.
struct JSONScanner {
    private let bytes: [UInt8]
    private var position = 0
    private var nodes: [JSONDocument.Node] = []
    // The open containers: their nodes, and for an object the nodes of its keys so far.
    private var open: [Container] = []

    private struct Container {
        let node: Int
        let isObject: Bool
        var keys: [Int] = []
        var seen: Set<[UInt8]> = []
    }

    // Below this many keys, comparing them one by one is faster than a set.
    private static let linearKeys = 16

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func scan() throws(WireFormatsError) -> [JSONDocument.Node] {
        nodes.reserveCapacity(bytes.count / 12)
        try value()
        while let container = open.last {
            skipWhiteSpace()
            let isFirst = nodes.count == container.node + 1
            if take(container.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                nodes[container.node].end = position
                nodes[container.node].next = nodes.count
                open.removeLast()
                continue
            }
            if !isFirst {
                guard take(UInt8(ascii: ",")) else { throw unexpected("a comma or a closing bracket") }
                skipWhiteSpace()
            }
            if container.isObject {
                try key()
            }
            try value()
        }
        skipWhiteSpace()
        guard position == bytes.count else { throw unexpected("the end of the text") }
        return nodes
    }

    private mutating func value() throws(WireFormatsError) {
        skipWhiteSpace()
        guard position < bytes.count else { throw unexpected("a value") }
        switch bytes[position] {
        case UInt8(ascii: "{"): try begin(.object)
        case UInt8(ascii: "["): try begin(.array)
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true", .yes)
        case UInt8(ascii: "f"): try word("false", .no)
        case UInt8(ascii: "n"): try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        default: throw unexpected("a value")
        }
    }

    private mutating func begin(_ kind: JSONDocument.Kind) throws(WireFormatsError) {
        guard open.count < JSONDocument.maximumDepth else {
            throw WireFormatsError(
                .depth, "nested deeper than \(JSONDocument.maximumDepth) levels at byte \(position)")
        }
        open.append(Container(node: nodes.count, isObject: kind == .object))
        nodes.append(.init(kind: kind, start: position, end: position, next: nodes.count + 1))
        position += 1
    }

    private mutating func key() throws(WireFormatsError) {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw unexpected("a key") }
        let start = position
        let node = nodes.count
        try string()
        try remember(key: node, at: start)
        skipWhiteSpace()
        guard take(UInt8(ascii: ":")) else { throw unexpected("a colon") }
    }

    private mutating func remember(key node: Int, at start: Int) throws(WireFormatsError) {
        let last = open.count - 1
        let name = decoded(node)
        let isRepeated: Bool
        if open[last].keys.count < Self.linearKeys {
            isRepeated = open[last].keys.contains { decoded($0) == name }
        } else {
            if open[last].seen.isEmpty { open[last].seen = Set(open[last].keys.map { decoded($0) }) }
            isRepeated = !open[last].seen.insert(name).inserted
        }
        guard !isRepeated else {
            throw WireFormatsError(.duplicateKey, "an object has the same key twice, at byte \(start)")
        }
        if open[last].seen.isEmpty { open[last].keys.append(node) }
    }

    private func decoded(_ node: Int) -> [UInt8] {
        let raw = bytes[nodes[node].start..<nodes[node].end]
        return nodes[node].kind == .escapedString ? JSONEscapes.decode(raw) : Array(raw)
    }

    private mutating func string() throws(WireFormatsError) {
        position += 1
        let start = position
        var hasEscapes = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                nodes.append(
                    .init(
                        kind: hasEscapes ? .escapedString : .plainString, start: start, end: position,
                        next: nodes.count + 1))
                position += 1
                return
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                try escape()
            } else if byte < 0x20 {
                throw WireFormatsError(.text, "a control character in a string, at byte \(position)")
            } else if byte < 0x80 {
                position += 1
            } else {
                try scalar()
            }
        }
        throw unexpected("the end of a string")
    }

    private mutating func escape() throws(WireFormatsError) {
        guard position + 1 < bytes.count else { throw unexpected("an escape") }
        switch bytes[position + 1] {
        case UInt8(ascii: "u"):
            guard position + 6 <= bytes.count,
                bytes[(position + 2)..<(position + 6)].allSatisfy({ JSONEscapes.digit($0) != nil })
            else { throw unexpected("four hexadecimal digits") }
            position += 6
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        default: throw unexpected("an escape")
        }
    }

    /// Passes one multi-byte scalar; refuses overlong forms, surrogates and what is beyond U+10FFFF.
    private mutating func scalar() throws(WireFormatsError) {
        let lead = bytes[position]
        let (count, second): (Int, ClosedRange<UInt8>) =
            switch lead {
            case 0xC2...0xDF: (2, 0x80...0xBF)
            case 0xE0: (3, 0xA0...0xBF)
            case 0xED: (3, 0x80...0x9F)
            case 0xE1...0xEF: (3, 0x80...0xBF)
            case 0xF0: (4, 0x90...0xBF)
            case 0xF1...0xF3: (4, 0x80...0xBF)
            case 0xF4: (4, 0x80...0x8F)
            default: (0, 0...0)
            }
        guard count > 0, position + count <= bytes.count, second.contains(bytes[position + 1]),
            bytes[(position + 2)..<(position + max(2, count))].allSatisfy({ (0x80...0xBF).contains($0) })
        else { throw WireFormatsError(.text, "invalid UTF-8 at byte \(position)") }
        position += count
    }

    private mutating func word(_ word: StaticString, _ kind: JSONDocument.Kind) throws(WireFormatsError) {
        let expected = Array(word.description.utf8)
        guard bytes[position...].starts(with: expected) else { throw unexpected("a value") }
        nodes.append(.init(kind: kind, start: position, end: position + expected.count, next: nodes.count + 1))
        position += expected.count
    }

    private mutating func number() throws(WireFormatsError) {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) {
            guard digits() > 0 else { throw unexpected("a digit") }
        }
        if take(UInt8(ascii: ".")) {
            guard digits() > 0 else { throw unexpected("a digit") }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() > 0 else { throw unexpected("a digit") }
        }
        nodes.append(.init(kind: .number, start: start, end: position, next: nodes.count + 1))
    }

    private mutating func digits() -> Int {
        let start = position
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            position += 1
        }
        return position - start
    }

    private mutating func skipWhiteSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private func unexpected(_ wanted: String) -> WireFormatsError {
        WireFormatsError(.syntax, "expected \(wanted) at byte \(position) of \(bytes.count)")
    }
}
