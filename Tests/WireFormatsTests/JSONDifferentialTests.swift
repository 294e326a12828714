import Foundation
import Testing
import WireFormats

/// Generated texts, read by the scanner and by Foundation.
@Suite("JSON scanner beside Foundation")
struct JSONDifferentialTests {
    /// A generator of texts from a seed: values nested at random, strings with every kind of escape, numbers of every form.
    struct Generator {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }

        mutating func value(depth: Int) -> String {
            switch next(depth > 4 ? 6 : 8) {
            case 0: ["true", "false", "null"][next(3)]
            case 1, 2: string()
            case 3, 4: number()
            case 5: list()
            case 6:
                "[" + (0..<next(5)).map { _ in space() + value(depth: depth + 1) }.joined(separator: ",") + space()
                    + "]"
            default:
                "{"
                    + (0..<next(5)).map {
                        "\"k\($0)\(next(3) == 0 ? "\\u00e9" : "")\"" + space() + ":" + value(depth: depth + 1)
                    }
                    .joined(separator: space() + ",") + "}"
            }
        }

        /// A list of whole numbers, as those of a token's bytes, perhaps with something else in it.
        mutating func list() -> String {
            let separator = next(6) == 0 ? ", " : ","
            return "["
                + (0..<next(12)).map { _ in next(40) == 0 ? number() : String(next(next(9) == 0 ? 1 : 300)) }
                .joined(separator: separator) + "]"
        }

        mutating func space() -> String { ["", "", " ", "\n\t", "\n                  "][next(5)] }

        mutating func string() -> String {
            let parts = [
                "a", "word and word", "é", "日本", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\ud83d\\ude00",
                "\\u0000",
                "\\u00E9", "0123456789abcdef", "\u{7F}",
            ]
            return "\"" + (0..<next(6)).map { _ in parts[next(parts.count)] }.joined() + "\""
        }

        mutating func number() -> String {
            let sign = next(3) == 0 ? "-" : ""
            let whole = next(4) == 0 ? "0" : String(1 + next(99_999))
            let fraction = next(2) == 0 ? "." + (0..<(1 + next(18))).map { _ in String(next(10)) }.joined() : ""
            let exponent = next(4) == 0 ? ["e", "E"][next(2)] + ["", "+", "-"][next(3)] + String(next(30)) : ""
            return sign + whole + fraction + exponent
        }
    }

    private func matches(_ node: JSONNode, _ value: Any) -> Bool {
        switch value {
        case let members as [String: Any]:
            guard let found = node.members, found.count == members.count else { return false }
            return found.allSatisfy { key, child in
                members[String(decoding: key, as: UTF8.self)].map { matches(child, $0) } ?? false
            }
        case let elements as [Any]:
            guard let found = node.elements, found.count == elements.count else { return false }
            return zip(found, elements).allSatisfy { matches($0, $1) }
        case let text as String: return node.text == text
        case is NSNull: return node.isNull
        case let number as NSNumber:
            if let flag = node.boolean { return number.boolValue == flag }
            // Foundation does not always round to the nearest double; the test of numbers compares with who does.
            guard let found = node.number else { return false }
            return abs(found - number.doubleValue) <= 1e-14 * abs(found)
        default: return false
        }
    }

    @Test("Both read the same values out of 3,000 generated texts")
    func values() throws {
        var generator = Generator(state: 20_261_126)
        for _ in 0..<3_000 {
            let text = generator.value(depth: 0)
            let other = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
            let ours = try JSONDocument(Array(text.utf8)).root
            #expect(matches(ours, other), "\(text)")
        }
    }

    @Test("Where one byte is changed, what only one of the two refuses has a known reason")
    func changed() throws {
        var generator = Generator(state: 7)
        var refusedHere = 0
        for _ in 0..<3_000 {
            var bytes = Array(generator.value(depth: 0).utf8)
            guard !bytes.isEmpty else { continue }
            bytes[generator.next(bytes.count)] = UInt8(generator.next(256))
            let other = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            do throws(WireFormatsError) {
                let ours = try JSONDocument(bytes).root
                // Foundation refuses a lone surrogate and a number beyond a double; RFC 8259 allows both.
                if let other {
                    #expect(matches(ours, other), "\(bytes)")
                } else {
                    let text = String(decoding: bytes, as: UTF8.self)
                    #expect(text.contains("\\u") || text.contains("e") || text.contains("E"), "\(text)")
                }
            } catch {
                // Duplicate keys are refused here and merged by Foundation, which also takes other encodings than UTF-8 and a comma
                // before a closing bracket.
                guard other != nil else { continue }
                refusedHere += 1
                #expect([.duplicateKey, .text, .syntax].contains(error.code))
                let dense = String(decoding: bytes.filter { $0 > 0x20 }, as: UTF8.self)
                let hasLastComma = dense.contains(",]") || dense.contains(",}")
                if error.code == .syntax { #expect(bytes.contains(0) || hasLastComma, "\(dense)") }
            }
        }
        #expect(refusedHere < 300)
    }

    @Test("Numbers are those of the standard library, to the last bit")
    func numbers() throws {
        var generator = Generator(state: 99)
        for _ in 0..<20_000 {
            let text = generator.number()
            #expect(try JSONDocument(Array(text.utf8)).root.number == Double(text), "\(text)")
        }
        for text in ["9007199254740993", "0.1", "1e22", "123456789012345678", "4.9e-324", "-0", "0.30000000000000004"] {
            let number = try #require(try JSONDocument(Array(text.utf8)).root.number)
            #expect(number.bitPattern == Double(text)?.bitPattern, "\(text)")
        }
    }

    @Test("Lists of bytes: commas, spaces, leading zeros and what is no byte")
    func byteLists() throws {
        func list(_ text: String) -> [UInt8]?? { (try? JSONDocument(Array(text.utf8)).root).map(\.byteList) }
        #expect(list("[1, 22,255 , 0]") == .some([1, 22, 255, 0]))
        #expect(list("[]") == .some([]))
        for text in ["[256]", "[-1]", "[1.0]", "[1,[2]]", "[\"1\"]", "[1e1]", "3", "[1000,1]"] {
            #expect(list(text) == .some(nil), "\(text)")
        }
        for text in ["[01,2]", "[00,1]", "[1,,2]", "[1,]", "[12345,06,1]", "[ ,1]", "[1,  2,,3]"] {
            #expect(list(text) == nil, "\(text)")
        }
        #expect(list("[12345,  7,8,9,10]") == .some(nil))
    }
}
