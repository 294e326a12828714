/// A DER value taken apart, so that tests can put it together wrongly. It shares no code with the module's own reader.
indirect enum DERTree: Equatable {
    case primitive(UInt8, [UInt8])
    case constructed(UInt8, [DERTree])

    /// Reads one value of known form; what is cut short reads as empty.
    init(_ bytes: [UInt8]) { self = Self.read(bytes[...]).value }

    private static func read(_ bytes: ArraySlice<UInt8>) -> (value: DERTree, rest: ArraySlice<UInt8>) {
        guard bytes.count > 1 else { return (.primitive(0, []), []) }
        let tag = bytes[bytes.startIndex]
        var length = Int(bytes[bytes.startIndex + 1])
        var start = bytes.startIndex + 2
        if length >= 0x80 {
            let count = length & 0x7F
            length = bytes[start..<(start + count)].reduce(0) { $0 << 8 | Int($1) }
            start += count
        }
        var content = bytes[start..<(start + length)]
        let rest = bytes[(start + length)...]
        guard tag & 0x20 != 0 else { return (.primitive(tag, Array(content)), rest) }
        var members: [DERTree] = []
        while !content.isEmpty {
            let (member, more) = read(content)
            members.append(member)
            content = more
        }
        return (.constructed(tag, members), rest)
    }

    static func oid(_ hex: String) -> DERTree { .primitive(0x06, bytes(hex)) }

    static func integer(_ bytes: UInt8...) -> DERTree { .primitive(0x02, bytes) }

    static func sequence(_ members: DERTree...) -> DERTree { .constructed(0x30, members) }

    static func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.utf8.count, by: 2).compactMap { offset in
            UInt8(hex.dropFirst(offset).prefix(2), radix: 16)
        }
    }

    var encoded: [UInt8] {
        switch self {
        case .primitive(let tag, let content): [tag] + Self.length(content.count) + content
        case .constructed(let tag, let members):
            [tag] + Self.length(members.reduce(0) { $0 + $1.encoded.count }) + members.flatMap(\.encoded)
        }
    }

    /// The value with the indefinite lengths of BER, for every constructed value down to a depth.
    func indefinite(depth: Int) -> [UInt8] {
        guard case .constructed(let tag, let members) = self, depth > 0 else { return encoded }
        return [tag, 0x80] + members.flatMap { $0.indefinite(depth: depth - 1) } + [0, 0]
    }

    private static func length(_ count: Int) -> [UInt8] {
        switch count {
        case ..<0x80: [UInt8(count)]
        case ..<0x100: [0x81, UInt8(count)]
        default: [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]
        }
    }

    var members: [DERTree] {
        get { if case .constructed(_, let members) = self { members } else { [] } }
        set { if case .constructed(let tag, _) = self { self = .constructed(tag, newValue) } }
    }

    var content: [UInt8] {
        get { if case .primitive(_, let content) = self { content } else { encoded } }
        set { if case .primitive(let tag, _) = self { self = .primitive(tag, newValue) } }
    }

    /// The value at the end of a path of member numbers.
    subscript(path: Int...) -> DERTree {
        get { self[path[...]] }
        set { self[path[...]] = newValue }
    }

    private subscript(path: ArraySlice<Int>) -> DERTree {
        get {
            guard let first = path.first else { return self }
            return first < members.count ? members[first][path.dropFirst()] : .primitive(0, [])
        }
        set {
            guard let first = path.first else { return self = newValue }
            if first < members.count { members[first][path.dropFirst()] = newValue }
        }
    }
}
