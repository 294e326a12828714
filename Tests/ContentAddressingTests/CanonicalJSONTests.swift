import ContentAddressing
import ForensicTypes
import TestSupport
import Testing

private struct Sample: Codable, Equatable {
    var name: String
    var count: Int
    var tags: [String]
    var missing: Int?
    var inner: [String: Bool]
}

private struct Decimal: Encodable { let value: Double }

struct CanonicalJSONTests {
    @Test("Members are sorted by byte, absent ones left out, nothing padded")
    func spelling() throws {
        let sample = Sample(name: "a\"b\\/\u{1}\n\u{e9}\u{1F600}", count: -3, tags: [], inner: ["b": true, "a": false])
        let bytes = try CanonicalJSON.encode(sample)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"count":-3,"inner":{"a":false,"b":true},"name":"a\"b\\/\u0001\né😀","tags":[]}"#)
        #expect(try CanonicalJSON.decode(Sample.self, from: bytes) == sample)
    }

    @Test(
        "Bytes that are refused, with the reason",
        arguments: [
            ("", .syntax), ("{", .syntax), ("[1,]", .syntax), ("{\"a\":1,}", .syntax), ("tru", .syntax),
            ("1 ", .syntax), ("1 2", .syntax), ("\u{FEFF}1", .syntax), ("NaN", .syntax), ("-", .syntax),
            ("\"\\x\"", .syntax), ("\"a", .syntax), ("\"\\u12\"", .syntax),
            ("01", .number), ("-0", .number), ("1.0", .number), ("1e3", .number), ("9007199254740992", .number),
            ("-9007199254740992", .number), ("99999999999999999999999999", .number),
            ("\"\u{7F}\"", .string), ("\"\\u007f\"", .string), ("\"\\ud800\"", .string), ("\"\\udc00x\"", .string),
            ("\"\\ud800\\u0041\"", .string), ("\"\t\"", .string),
            ("{\"a\":1,\"a\":2}", .key), ("{\"A\":1}", .key), ("{\"\":1}", .key), ("{\"1a\":1}", .key),
            ("{\"\u{e9}\":1}", .key), ("{\"_private\":1}", .key),
            ("{\"b\":1,\"a\":2}", .notCanonical), ("\"\\/\"", .notCanonical), ("\"\\u0041\"", .notCanonical),
            ("\"\\u000a\"", .notCanonical), ("\"\\ud83d\\ude00\"", .notCanonical),
        ] as [(String, ContentAddressingError.Code)])
    func refusals(text: String, code: ContentAddressingError.Code) {
        #expect(throws: ContentAddressingError(code, "")) { try CanonicalJSON.parse(text.utf8) }
    }

    @Test("White space is refused wherever it stands", arguments: ["{ \"a\":1}", "{\"a\" :1}", "[1, 2]", " 1", "1\n"])
    func whiteSpace(text: String) {
        #expect(throws: ContentAddressingError(.syntax, "")) { try CanonicalJSON.parse(text.utf8) }
    }

    @Test(
        "Invalid UTF-8 is refused",
        arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]])
    func invalidText(bytes: [UInt8]) {
        #expect(throws: ContentAddressingError(.string, "")) { try CanonicalJSON.parse(bytes) }
    }

    @Test("A text of as many values as the limit is read, and one of more is refused")
    func values() throws {
        func zeros(_ count: Int) -> [UInt8] {
            Array("[".utf8) + Array(repeating: Array("0,".utf8), count: count - 1).joined() + Array("0]".utf8)
        }
        // The array is a value as well.
        let limit = CanonicalJSON.maximumValues
        #expect(try CanonicalJSON.parse(zeros(limit - 1)).elements?.count == limit - 1)
        #expect(throws: ContentAddressingError(.size, "")) { try CanonicalJSON.parse(zeros(limit)) }
    }

    @Test("Depth and length are bounded")
    func bounds() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(String(repeating: "[", count: depth).utf8) + Array(String(repeating: "]", count: depth).utf8)
        }
        _ = try CanonicalJSON.parse(nested(17))
        #expect(throws: ContentAddressingError(.depth, "")) { try CanonicalJSON.parse(nested(18)) }
        #expect(throws: ContentAddressingError(.depth, "")) { try CanonicalJSON.parse(nested(100_000)) }
        #expect(throws: ContentAddressingError(.size, "")) { try CanonicalJSON.parse("1234".utf8, maximumLength: 3) }
    }

    @Test("Values without canonical form are refused")
    func unsupported() {
        #expect(throws: ContentAddressingError(.value, "")) { try CanonicalJSON.encode(Decimal(value: 1)) }
        #expect(throws: ContentAddressingError(.number, "")) { try CanonicalJSON.encode(UInt64.max) }
        #expect(throws: ContentAddressingError(.string, "")) { try CanonicalJSON.encode("\u{7F}") }
        #expect(throws: ContentAddressingError(.key, "")) { try CanonicalJSON.encode(["A": 1]) }
    }

    @Test("Two spellings of one accented letter stay two texts")
    func normalisation() throws {
        #expect(try CanonicalJSON.parse("\"\u{e9}\"".utf8) != CanonicalJSON.parse("\"e\u{301}\"".utf8))
    }

    @Test("A probe bears the digest of its canonical JSON")
    func probeIdentity() throws {
        let probe = Probe(
            family: "forced-small-choice", prompt: .chat([Message(role: .user, content: "Name a colour.")]),
            sampling: SamplingParameters(temperature: 0.7, maximumTokens: 4), draws: 2,
            reading: .choice(options: ["red", "blue"]))
        let identified = try ProbeIdentity.identify(probe)
        let text =
            #"{"draws":2,"family":"forced-small-choice","prompt":{"chat":[{"content":"Name a colour.","role":"user"}]},"#
            + #""reading":{"kind":"choice","options":["red","blue"]},"#
            + #""sampling":{"maximum_tokens":4,"temperature":"0.7","top_logprobs":0,"top_p":"1.0"}}"#
        #expect(String(decoding: try CanonicalJSON.encode(probe), as: UTF8.self) == text)
        #expect(identified.id == SHA256Digest.of(text: text))
        #expect(ProbeIdentity.isGenuine(identified))
        #expect(!ProbeIdentity.isGenuine(IdentifiedProbe(id: SHA256Digest.of(text: "other"), probe: probe)))
    }

    @Test("Kin is part of a probe's name, and nothing stands for its absence")
    func kinIdentity() throws {
        let group = SHA256Digest.of(text: "group")
        let sampling = SamplingParameters(temperature: 0, maximumTokens: 1)
        let alone = Probe(family: "f", prompt: .raw("x"), sampling: sampling, draws: 1, reading: .text)
        let tied = Probe(
            family: "f", prompt: .raw("x"), sampling: sampling, draws: 1, reading: .text,
            kin: Kin(group: group, relation: .twin, form: 1))
        let rest =
            #""prompt":{"raw":"x"},"reading":{"kind":"text"},"#
            + #""sampling":{"maximum_tokens":1,"temperature":"0.0","top_logprobs":0,"top_p":"1.0"}}"#
        // The digest of the first text was taken before there was such a key.
        #expect(
            try ProbeIdentity.identify(alone).id.hex
                == "681cc516460aaeec6d870c720186f8fbba741eaf357c892ed0bf7584d7af1e37")
        #expect(String(decoding: try CanonicalJSON.encode(alone), as: UTF8.self) == #"{"draws":1,"family":"f","# + rest)
        #expect(
            String(decoding: try CanonicalJSON.encode(tied), as: UTF8.self)
                == #"{"draws":1,"family":"f","kin":{"form":1,"group":"\#(group.hex)","relation":"twin"},"# + rest)
    }

    @Test("jq writes the same bytes", .enabled(if: ExternalTool.areAvailable("jq"), "jq is not installed"))
    func agreementWithJq() throws {
        let jq = try #require(ExternalTool("jq"))
        var texts = [
            "", "plain", "\"\\/\u{8}\u{9}\u{A}\u{C}\u{D}", "\u{202E}\u{200D}\u{FEFF}\u{E000}\u{10FFFF}\u{FFFE}",
        ]
        texts += (0..<0x20).map { "a\(Character(Unicode.Scalar(UInt8($0))))b" }
        texts += [0x80, 0xA0, 0x2028, 0x2029, 0x1F469].compactMap { Unicode.Scalar($0).map { String(Character($0)) } }
        for text in texts {
            let sample = Sample(
                name: text, count: 9_007_199_254_740_991, tags: [text], inner: ["z": true, "a_b": false])
            let bytes = try CanonicalJSON.encode(sample)
            #expect(try jq.run(["-cSj", "."], input: bytes).output == bytes)
        }
    }
}
