/// The keys of the objects that are open while a text is scanned. Says whether a key is new to its object.
///
/// Small objects compare fingerprints: the length and the first eight bytes. Only keys that share both are compared in
/// full. Large objects keep a set, so that the time stays linear.
struct JSONKeys {
    private struct Key {
        let opening: UInt64
        let length: Int
        let node: JSONDocument.Node
    }

    // The keys of all open objects, one object after the other, and where each object's keys begin.
    private var keys: [Key] = []
    private var starts: [Int] = []
    // The sets of large objects, by their place in `starts`.
    private var sets: [Int: Set<[UInt8]>] = [:]

    private static let linearLimit = 16

    mutating func beginObject() { starts.append(keys.count) }

    mutating func endObject() {
        guard let start = starts.popLast() else { return }
        keys.removeSubrange(start...)
        if !sets.isEmpty { sets[starts.count] = nil }
    }

    /// Adds a key to the innermost object; false where the object has it.
    mutating func insert(_ node: JSONDocument.Node, in text: Span<UInt8>) -> Bool {
        guard let start = starts.last else { return true }
        if keys.count - start >= Self.linearLimit { return insertIntoSet(node, start: start, in: text) }
        let key = Self.key(node, in: text)
        for index in start..<keys.count where keys[index].length == key.length && keys[index].opening == key.opening {
            if key.length <= 8 || Self.decoded(keys[index].node, in: text) == Self.decoded(node, in: text) {
                return false
            }
        }
        keys.append(key)
        return true
    }

    private mutating func insertIntoSet(_ node: JSONDocument.Node, start: Int, in text: Span<UInt8>) -> Bool {
        let place = starts.count - 1
        if sets[place] == nil {
            var seen: Set<[UInt8]> = []
            for key in keys[start...] { seen.insert(Self.decoded(key.node, in: text)) }
            sets[place] = seen
        }
        return sets[place]?.insert(Self.decoded(node, in: text)).inserted ?? true
    }

    private static func key(_ node: JSONDocument.Node, in text: Span<UInt8>) -> Key {
        guard node.kind == .escapedString else {
            let start = Int(node.start)
            let length = Int(node.end) - start
            var opening: UInt64 = 0
            for index in 0..<min(8, length) { opening = opening << 8 | UInt64(text[start &+ index]) }
            return Key(opening: opening, length: length, node: node)
        }
        let name = decoded(node, in: text)
        return Key(opening: name.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }, length: name.count, node: node)
    }

    private static func decoded(_ node: JSONDocument.Node, in text: Span<UInt8>) -> [UInt8] {
        var raw: [UInt8] = []
        for index in Int(node.start)..<Int(node.end) { raw.append(text[index]) }
        return node.kind == .escapedString ? JSONEscapes.decode(raw[...]) : raw
    }
}
