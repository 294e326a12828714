import Foundation
import Testing
import WireFormats

@Suite("JSON scanner")
struct JSONDocumentTests {
    private func scan(_ text: String) throws -> JSONNode { try JSONDocument(Array(text.utf8)).root }

    @Test("Values of every kind")
    func values() throws {
        let root = try scan(
            #" {"a":[1,-2.5e1,true,false,null,"x"],"b":{"c":{}},"d":"q\"\\\/\b\f\n\r\té\ud83d\ude00","e":null} "#)
        #expect(root["a"]?.elements?.count == 6)
        #expect(root["a"]?.elements?[0].integer == 1)
        #expect(root["a"]?.elements?[1].number == -25)
        #expect(root["a"]?.elements?[1].integer == nil)
        #expect(root["a"]?.elements?[2].boolean == true)
        #expect(root["a"]?.elements?[4].isNull == true)
        #expect(root["b"]?["c"]?.isObject == true)
        #expect(root["d"]?.text == "q\"\\/\u{8}\u{C}\n\r\té😀")
        #expect(root["e"] == nil && root["z"] == nil)
        #expect(root.members?.map { String(decoding: $0.key, as: UTF8.self) } == ["a", "b", "d", "e"])
    }

    @Test(
        "What RFC 8259 bars is refused",
        arguments: [
            "", " ", "{", "[1", "[1,]", "[,1]", "{\"a\":1,}", "{\"a\"}", "{a:1}", "01", "1.", ".5", "+1", "1e", "-",
            "tru",
            "nul", "NaN", "Infinity", "\"a", "\"\\x\"", "\"\\u12g4\"", "1 2", "{}{}", "[1 2]", "{\"a\" 1}", "'a'",
            "[1]]", "/**/1", "\u{FEFF}1",
        ])
    func syntax(text: String) {
        #expect(throws: WireFormatsError(.syntax, ""), "\(text)") { try scan(text) }
    }

    @Test(
        "Bytes that are not UTF-8, and bare control characters, are refused",
        arguments: [
            [0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xFF], [0x00], [0x1F], [0x0A],
        ] as [[UInt8]])
    func text(bytes: [UInt8]) {
        let quote = [UInt8(ascii: "\"")]
        #expect(throws: WireFormatsError(.text, "")) { try JSONDocument(quote + bytes + quote) }
    }

    @Test("Duplicate keys are refused, also when one is escaped, and in large objects")
    func duplicates() {
        for text in [#"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"[{"b":{"":0,"":0}}]"#] {
            #expect(throws: WireFormatsError(.duplicateKey, ""), "\(text)") { try scan(text) }
        }
        let keys = (0..<100).map { "\"k\($0)\":0" }
        #expect(throws: Never.self) { try scan("{" + keys.joined(separator: ",") + "}") }
        #expect(throws: WireFormatsError(.duplicateKey, "")) {
            try scan("{" + (keys + ["\"k3\":1"]).joined(separator: ",") + "}")
        }
        #expect(throws: Never.self) { try scan("{\"\u{E9}\":1,\"e\u{301}\":2}") }
    }

    @Test("Depth ends at its limit without touching the stack")
    func depth() {
        let deepest = JSONDocument.maximumDepth
        let open = String(repeating: "[", count: deepest)
        #expect(throws: Never.self) { try scan(open + String(repeating: "]", count: deepest)) }
        for hostile in [
            open + "[", String(repeating: "[", count: 1_000_000), String(repeating: "{\"a\":", count: 1_000),
        ] {
            #expect(throws: WireFormatsError(.depth, "")) { try scan(hostile) }
        }
    }

    @Test("Size ends at its limit")
    func size() {
        #expect(throws: WireFormatsError(.size, "")) { try JSONDocument(Array("[1,2]".utf8), maximumLength: 4) }
    }

    @Test("A lone surrogate becomes the replacement character, numbers beyond a double nothing")
    func oddities() throws {
        #expect(try scan(#""\ud800x""#).text == "\u{FFFD}x")
        #expect(try scan(#""\ud800\ud800""#).text == "\u{FFFD}\u{FFFD}")
        #expect(try scan(#""\udc00""#).text == "\u{FFFD}")
        #expect(try scan("1e999").number == nil)
        #expect(try scan("123456789012345678901234567890").integer == nil)
    }

    @Test("Every truncation and every changed byte of a real answer is read or refused, never worse")
    func mutations() throws {
        let body = try Fixture.response("chat-logprobs").body
        _ = try JSONDocument(body)
        for length in 0..<body.count {
            #expect(throws: WireFormatsError.self) { try JSONDocument(Array(body.prefix(length))) }
        }
        for place in body.indices {
            for flip: UInt8 in [0x01, 0x20, 0x80] {
                var changed = body
                changed[place] ^= flip
                _ = try? ProviderResponse.completion(body: changed, probe: Fixture.probe, draw: 0)
            }
        }
    }

    @Test("Strings agree with Foundation's decoder on real answers")
    func differential() throws {
        for name in ["chat-logprobs", "completions-logprobs", "gemma-completions-logprobs", "qwen-chat-logprobs"] {
            let body = try Fixture.response(name).body
            let ours = try JSONDocument(body).root["choices"]?.elements?.first
            let other = try JSONDecoder().decode(Answer.self, from: Data(body)).choices.first
            #expect((ours?["message"]?["content"] ?? ours?["text"])?.text == (other?.message?.content ?? other?.text))
        }
    }

    private struct Answer: Decodable {
        struct Choice: Decodable {
            struct Message: Decodable { let content: String }
            let message: Message?
            let text: String?
        }
        let choices: [Choice]
    }
}
