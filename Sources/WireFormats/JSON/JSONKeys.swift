/// The keys of the objects that are open while a text is scanned. Says whether a key is new to its object.
///
/// Small objects compare fingerprints: the length and the first eight bytes. Only keys that share both are compared in
/// full. Large objects keep a set, so that the time stays linear.
struct JSONKeys {
    private struct Key {
        let opening: UInt64
        let length: UInt32
        /// The node of the key.
        let node: UInt32
    }

    // The keys of all open objects, one object after the other; what lies beyond `count` is left over from closed ones.
    private var keys: [Key] = []
    private(set) var count = 0
    // The sets of large objects, by the nodes of these.
    private var sets: [Int: Set<[UInt8]>] = [:]

    private static let linearLimit = 16

    /// Forgets the keys of an object.
    @inline(__always)
    mutating func endObject(_ object: Int, startingAt start: Int) {
        count = start
        if !sets.isEmpty { sets[object] = nil }
    }

    /// Adds a key to the innermost object; false where the object has it.
    ///
    /// - Parameters:
    ///   - node: The index of the key's node.
    ///   - object: The index of the object's node.
    ///   - start: The count of keys before the first of the object.
    @inline(__always)
    mutating func insert(
        _ node: Int, of object: Int, startingAt start: Int, _ nodes: Span<JSONDocument.Node>, in text: Span<UInt8>
    ) -> Bool {
        if count &- start >= Self.linearLimit {
            return insertIntoSet(node, of: object, startingAt: start, nodes, in: text)
        }
        let key = Self.key(node, nodes, in: text)
        for index in start..<count where keys[index].opening == key.opening && keys[index].length == key.length {
            if key.length <= 8
                || Self.decoded(nodes[Int(keys[index].node)], in: text) == Self.decoded(nodes[node], in: text)
            {
                return false
            }
        }
        if count < keys.count { keys[count] = key } else { keys.append(key) }
        count &+= 1
        return true
    }

    @inline(never)
    private mutating func insertIntoSet(
        _ node: Int, of object: Int, startingAt start: Int, _ nodes: Span<JSONDocument.Node>, in text: Span<UInt8>
    ) -> Bool {
        if sets[object] == nil {
            var seen: Set<[UInt8]> = []
            for key in keys[start..<count] { seen.insert(Self.decoded(nodes[Int(key.node)], in: text)) }
            sets[object] = seen
        }
        return sets[object]?.insert(Self.decoded(nodes[node], in: text)).inserted ?? true
    }

    @inline(__always)
    private static func key(_ index: Int, _ nodes: Span<JSONDocument.Node>, in text: Span<UInt8>) -> Key {
        let node = nodes[index]
        let start = Int(node.start)
        let length = Int(node.end) &- start
        guard node.kind == .plainString, start &+ 8 <= text.count else {
            return decodedKey(index, node, in: text)
        }
        let word = JSONScanner.word(text, start)
        let opening = length < 8 ? word & (1 << (8 &* UInt64(length)) &- 1) : word
        return Key(
            opening: opening, length: UInt32(truncatingIfNeeded: length), node: UInt32(truncatingIfNeeded: index))
    }

    @inline(never)
    private static func decodedKey(_ index: Int, _ node: JSONDocument.Node, in text: Span<UInt8>) -> Key {
        let name = decoded(node, in: text)
        return Key(
            opening: name.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) },
            length: UInt32(truncatingIfNeeded: name.count), node: UInt32(truncatingIfNeeded: index))
    }

    private static func decoded(_ node: JSONDocument.Node, in text: Span<UInt8>) -> [UInt8] {
        var raw: [UInt8] = []
        for index in Int(node.start)..<Int(node.end) { raw.append(text[index]) }
        return node.kind == .escapedString ? JSONEscapes.decode(raw[...]) : raw
    }
}
