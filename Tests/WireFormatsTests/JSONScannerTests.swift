import Testing
import WireFormats

/// The scanner against a plain reader: the same values, or the same reason to refuse.
@Suite("JSON scanner beside a plain reader")
struct JSONScannerTests {
    private typealias Value = PlainJSONReader.Value

    private func value(_ node: JSONNode) -> Value {
        if node.isNull { return .null }
        if let flag = node.boolean { return .boolean(flag) }
        if let text = node.string { return .string(text) }
        if let elements = node.elements { return .array(elements.map { value($0) }) }
        if let members = node.members {
            return .object(members.map { PlainJSONReader.Member(key: $0.key, value: value($0.value)) })
        }
        return .number(String(decoding: node.source, as: UTF8.self))
    }

    /// What both make of a text; nil where they agree.
    private func difference(_ bytes: [UInt8]) -> String? {
        let ours: Result<Value, WireFormatsError>
        let plain: Result<Value, WireFormatsError>
        do throws(WireFormatsError) { ours = .success(value(try JSONDocument(bytes).root)) } catch {
            ours = .failure(error)
        }
        do throws(WireFormatsError) { plain = .success(try PlainJSONReader.read(bytes)) } catch {
            plain = .failure(error)
        }
        return ours == plain ? nil : "\(ours) beside \(plain): \(String(decoding: bytes, as: UTF8.self))"
    }

    private static let marks = Array("[]{},:\"0123456789-.eE truefalsn\\u\n\u{1}\u{C3}".utf8)

    /// Texts, texts with one to three changes, and runs of marks.
    private static func text(_ number: Int, _ generator: inout JSONDifferentialTests.Generator) -> [UInt8] {
        if number % 5 == 4 {
            let kinds = number % 10 == 9 ? 14 : marks.count
            let brackets = [UInt8](repeating: UInt8(ascii: "["), count: number % 3 == 0 ? generator.next(80) : 0)
            return brackets + (0..<(1 + generator.next(24))).map { _ in marks[generator.next(kinds)] }
        }
        var bytes = Array(generator.value(depth: 0).utf8)
        for _ in 0..<(number % 5 == 0 ? 0 : 1 + generator.next(3)) {
            let place = generator.next(bytes.count)
            switch generator.next(4) {
            case 0: bytes[place] = UInt8(generator.next(256))
            case 1: bytes[place] = marks[generator.next(marks.count)]
            case 2 where bytes.count > 1: bytes.remove(at: place)
            default: bytes.insert(marks[generator.next(marks.count)], at: place)
            }
        }
        return bytes
    }

    @Test("20,000 generated, changed and made-up texts", arguments: [1, 2, 3, 4] as [UInt64])
    func generated(seed: UInt64) {
        var generator = JSONDifferentialTests.Generator(state: seed)
        for number in 0..<5_000 {
            let difference = difference(Self.text(number, &generator))
            #expect(difference == nil, "\(difference ?? "")")
        }
    }

    @Test("Lists of numbers of every length, broken at every place")
    func lists() {
        for count in 0..<20 {
            let numbers = (0..<count).map { $0 % 3 == 0 ? "0" : $0 % 3 == 1 ? "\($0)" : "12345678\($0)" }
            let list = Array(("[" + numbers.joined(separator: ",") + "]").utf8)
            for bytes in [list, list + [0x20], Array("{\"a\":".utf8) + list + Array(",\"b\":[7]}   ".utf8)] {
                #expect(difference(bytes) == nil)
                for place in bytes.indices {
                    for mark in Array(",07][ -.".utf8) {
                        var changed = bytes
                        changed[place] = mark
                        #expect(difference(changed) == nil)
                        var longer = bytes
                        longer.insert(mark, at: place)
                        #expect(difference(longer) == nil)
                    }
                }
                for length in bytes.indices { #expect(difference(Array(bytes.prefix(length))) == nil) }
            }
        }
    }

    @Test("No text has more values than are made room for")
    func room() {
        let open = String(repeating: "[", count: JSONDocument.maximumDepth)
        for unit in [
            "1 ,", "-1,", "[],", "{},", "\"\",", "[1 ],", "[[],1],", "{\"\":1},", "{\"\":[]},", "[-1],", ",", "1", "[",
        ] {
            for count in [1, 2, 7, 500] {
                let run = String(repeating: unit, count: count)
                for text in [
                    run, "[" + run + "1]", open + run, open.dropLast() + run, "[" + run, open.dropLast(9) + run + "1]]",
                ] {
                    #expect(difference(Array(text.utf8)) == nil, "\(text.prefix(80))")
                }
            }
        }
    }
}
