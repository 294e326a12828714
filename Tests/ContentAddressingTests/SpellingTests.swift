import ContentAddressing
import Statistics
import Testing

/// A reader that says whether a spelling is the canonical one has to agree with the writer about every spelling.
struct SpellingTests {
    /// A value, spelled as JSON allows: keys in any order, and every escape that stands for a character.
    private struct Speller {
        var random: SeededGenerator
        /// How often, of 16, something is spelled otherwise than it would be by itself.
        let liberty: UInt64

        mutating func isFree() -> Bool { random.next() >> 60 < liberty }

        mutating func spell(_ value: JSONValue) -> String {
            switch value {
            case .null: "null"
            case .bool(let flag): flag ? "true" : "false"
            case .integer(let number): "\(number)"
            case .string(let text): spell(text)
            case .array(let elements): "[" + elements.map { spell($0) }.joined(separator: ",") + "]"
            case .object(let members): spell(members)
            }
        }

        private mutating func spell(_ members: [String: JSONValue]) -> String {
            var keys = members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            if isFree() { keys.shuffle(using: &random) }
            var spelled: [String] = []
            for key in keys {
                guard let value = members[key] else { continue }
                spelled.append(spell(key) + ":" + spell(value))
            }
            return "{" + spelled.joined(separator: ",") + "}"
        }

        private mutating func spell(_ text: String) -> String {
            "\"" + text.unicodeScalars.map { isFree() ? escaped($0) : SpellingTests.plain($0) }.joined() + "\""
        }

        private mutating func escaped(_ scalar: Unicode.Scalar) -> String {
            if scalar == "/" { return "\\/" }
            return Array(String(Character(scalar)).utf16).map { unit in
                let digits = String(unit, radix: 16, uppercase: random.next() & 1 == 0)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }.joined()
        }
    }

    /// The canonical spelling of a character, by the table of RFC 8785, section 3.2.2.2.
    private static func plain(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x08: "\\b"
        case 0x09: "\\t"
        case 0x0A: "\\n"
        case 0x0C: "\\f"
        case 0x0D: "\\r"
        case 0x22: "\\\""
        case 0x5C: "\\\\"
        case 0..<0x10: "\\u000" + String(scalar.value, radix: 16)
        case 0..<0x20: "\\u00" + String(scalar.value, radix: 16)
        default: String(Character(scalar))
        }
    }

    private static let scalars: [Unicode.Scalar] =
        ["a", "z", "0", " ", "/", "\"", "\\", "\u{8}", "\t", "\n", "\u{C}", "\r", "\u{0}", "\u{1}", "\u{F}", "\u{1F}"]
        + ["\u{80}", "\u{E9}", "\u{301}", "\u{2028}", "\u{D7FF}", "\u{E000}", "\u{FEFF}", "\u{1F600}", "\u{10FFFF}"]
    private static let keys = ["a", "a_b", "a0", "ab", "b", "z", "_type", "payloadType", "predicateType"]

    private static func value(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth < 3 ? 7 : 4), using: &random) {
        case 0: .bool(random.next() & 1 == 0)
        case 1: .integer(Int64.random(in: -CanonicalJSON.maximumInteger...CanonicalJSON.maximumInteger, using: &random))
        case 2, 3:
            .string(
                (0..<Int.random(in: 0..<8, using: &random)).reduce(into: "") { text, _ in
                    text.unicodeScalars.append(scalars[Int.random(in: 0..<scalars.count, using: &random)])
                })
        case 4: .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in value(&random, depth: depth + 1) })
        case 5: .null
        default:
            .object(
                keys.shuffled(using: &random).prefix(Int.random(in: 0..<5, using: &random)).reduce(into: [:]) {
                    $0[$1] = value(&random, depth: depth + 1)
                })
        }
    }

    @Test("A text is read exactly if it is spelled as its value is written", arguments: [0, 1, 4])
    func agreement(liberty: UInt64) throws {
        var speller = Speller(random: SeededGenerator(seed: 11 + liberty), liberty: liberty)
        var (read, refused) = (0, 0)
        for _ in 0..<5_000 {
            let value = Self.value(&speller.random, depth: 0)
            let text = Array(speller.spell(value).utf8)
            if text == CanonicalJSON.encode(value) {
                #expect(try CanonicalJSON.parse(text) == value)
                read += 1
            } else {
                #expect(throws: ContentAddressingError(.notCanonical, "")) { try CanonicalJSON.parse(text) }
                refused += 1
            }
        }
        #expect(liberty == 0 ? refused == 0 && read == 5_000 : refused > 500 && read > 500, "\(read), \(refused)")
    }
}
