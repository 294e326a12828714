import ContentAddressing
import Evidence
import ForensicTypes

/// Changes of a bundle that know its structure: members, lines, numbers and names, after which part of what was signed may be made
/// to fit again, as somebody with the key can. Seeded, so that a failure can be repeated.
struct StructureMutator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    private mutating func next(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return limit < 1 ? 0 : Int((state >> 33) % UInt64(limit))
    }

    private mutating func pick<Element>(_ list: [Element]) -> Element { list[next(list.count)] }

    /// Changes a copy once or twice, and makes nothing, the signature, the list of files or the tree fit again.
    mutating func mutant(of archive: TapeArchive, key: SigningKey) throws -> [UInt8] {
        var archive = archive
        for _ in 0...next(2) { change(&archive) }
        let statement = next(4) == 0
        let seed = UInt64(next(1 << 30))
        func edit(_ text: String) -> String {
            guard statement else { return text }
            var inner = StructureMutator(seed: seed)
            return inner.changed(text)
        }
        guard !archive["attest/collection.dsse.json"].isEmpty,
            (try? DSSEEnvelope(bytes: archive["attest/collection.dsse.json"])) != nil
        else { return archive.bytes }
        switch next(8) {
        case 0: break
        case 1: try archive.sign(with: key, editing: edit)
        case 2, 3, 4: try archive.seal(with: key, editing: edit)
        default: try archive.reroot(with: key, editing: edit)
        }
        return archive.bytes
    }

    private mutating func change(_ archive: inout TapeArchive) {
        let at = next(archive.members.count)
        let path = archive.members[at].path
        switch next(16) {
        case 0: archive.members.remove(at: at)
        case 1: archive.members.swapAt(at, next(archive.members.count))
        case 2: archive.members.insert(archive.members[at], at: at)
        case 3: archive.members[at].path = changed(path)
        case 4: archive[pick(["data/results/a.json", "data/probes/b.json", "data/keys/x.pem"])] = Array("{}".utf8)
        case 5: archive.members[at].bytes = Array(archive.members[at].bytes.dropLast(1 + next(40)))
        case 6: archive.members[at].bytes.append(UInt8(next(256)))
        default:
            // Text that says something is changed more often than the guide and the script.
            let named = archive.members.indices.filter {
                let path = archive.members[$0].path
                return path.hasSuffix(".json") || path.hasSuffix(".jsonl") || path.hasSuffix("leaves.txt")
                    || path.hasSuffix("bag-info.txt")
            }
            let index = pick(named.isEmpty ? [at] : named)
            archive.members[index].bytes = Array(
                changed(String(decoding: archive.members[index].bytes, as: UTF8.self)).utf8)
        }
    }

    /// A change of a text by lines, or of one value of JSON.
    mutating func changed(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard !lines.isEmpty else { return "x" }
        let at = next(lines.count)
        switch next(12) {
        case 0: lines.remove(at: at)
        case 1: lines.insert(lines[at], at: at)
        case 2: lines.swapAt(at, next(lines.count))
        default: lines[at] = value(lines[at])
        }
        return lines.joined(separator: "\n")
    }

    private mutating func value(_ line: String) -> String {
        let bytes = Array(line.utf8)
        // Where a value or a name begins: behind a quote or a colon.
        let places = bytes.indices.filter { [UInt8(ascii: "\""), UInt8(ascii: ":")].contains(bytes[$0]) }
        let start = places.isEmpty ? next(bytes.count) : pick(places) + 1
        guard start < bytes.count else { return line + pick(["0", " ", "\"", "}"]) }
        var end = start
        while end < bytes.count,
            ![UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")].contains(bytes[end])
        { end += 1 }
        let word = String(decoding: bytes[start..<end], as: UTF8.self)
        var changed: String
        switch next(6) {
        case 0:
            changed = pick(["", "0", "-1", "1", "9007199254740992", "1e3", "null", "true", "[]", "{}", "\"\"", "x"])
        case 1: changed = word + pick(["0", "a", " "])
        case 2: changed = String(word.dropLast())
        case 3: changed = String(word.reversed())
        default:
            var letters = Array(word.utf8)
            if !letters.isEmpty {
                let index = next(letters.count)
                letters[index] = pick(Array("0123456789abcdefz".utf8))
            }
            changed = String(decoding: letters, as: UTF8.self)
        }
        return String(decoding: bytes[..<start], as: UTF8.self) + changed
            + String(decoding: bytes[end...], as: UTF8.self)
    }
}
