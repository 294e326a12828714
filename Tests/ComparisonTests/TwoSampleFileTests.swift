import Comparison
import Foundation
import Testing

struct TwoSampleFileTests {
    private func parse(_ text: String) throws -> [TwoSampleObservation] {
        try TwoSampleFile.parse(Array(text.utf8)).observations
    }

    private func message(_ bytes: [UInt8]) -> String? {
        do {
            _ = try TwoSampleFile.parse(bytes)
            return nil
        } catch {
            return error.code == .malformedSamples ? error.message : nil
        }
    }

    @Test func readsTheLayout() throws {
        let observations = try parse(
            """
            {"prompt": 0, "side": "a", "text": "plain"}

            { "text" : "t\\u00e4\\ud83d\\ude42\\n\\"\\/" , "prompt":"zwölf", "side":"b", "time_block": 2, "more": [1, {"x": [null, -2.5e3]}] }\r
            {"prompt":-3,"side":"a","text":"nul \\u0000 inside"}
            """)
        #expect(
            observations == [
                .init(prompt: "0", side: .a, text: Array("plain".utf8)),
                .init(prompt: "zwölf", side: .b, timeBlock: 2, text: Array("tä🙂\n\"/".utf8)),
                .init(prompt: "-3", side: .a, text: Array("nul \0 inside".utf8)),
            ])
    }

    @Test(arguments: [
        ("not json", "line 1"),
        ("[1, 2]", "line 1 is not a JSON object"),
        (#"{"prompt":1,"side":"a","text":"x"}"# + "\n" + #"{"prompt":1,"side":"a""#, "line 2 ends inside"),
        (#"{"prompt":1,"side":"a","text":"x"} {"#, "line 1 goes on after its object"),
        (#"{"prompt":1,"side":"a"}"#, #"has no "text""#),
        (#"{"side":"a","text":"x"}"#, #"has no "prompt""#),
        (#"{"prompt":1,"text":"x"}"#, #"has no "side""#),
        ("{}", "has no"),
        (#"{"prompt":1,"side":"c","text":"x"}"#, #"neither "a" nor "b""#),
        (#"{"prompt":1,"side":1,"text":"x"}"#, #"neither "a" nor "b""#),
        (#"{"prompt":1.5,"side":"a","text":"x"}"#, "not a whole number"),
        (#"{"prompt":99999999999999999999,"side":"a","text":"x"}"#, "not a whole number"),
        (#"{"prompt":null,"side":"a","text":"x"}"#, "not a whole number"),
        (#"{"prompt":1,"side":"a","text":7}"#, "not a string"),
        (#"{"prompt":1,"side":"a","text":"x","text":"y"}"#, "twice"),
        (#"{"prompt":1,"side":"a","text":"\ud800"}"#, "surrogate"),
        (#"{"prompt":1,"side":"a","text":"\udc00\ud800"}"#, "surrogate"),
        (#"{"prompt":1,"side":"a","text":"\u12g4"}"#, "hexadecimal"),
        (#"{"prompt":1,"side":"a","text":"\x"}"#, "unknown escape"),
        (#"{"prompt":1,"side":"a","text":"open"#, "ends inside a string"),
        (#"{"prompt":1,"side":"a","text":"x",}"#, "without a name"),
        (#"{"prompt":1,"side":"a","text":"x","y":nope}"#, "not JSON"),
        ("", "no sample"),
        ("\n\n", "no sample"),
    ])
    func refusesOtherText(text: String, expected: String) throws {
        let found = try #require(message(Array(text.utf8)))
        #expect(found.contains(expected), "\(found)")
    }

    @Test func refusesRawControlCharactersAndBrokenUTF8() throws {
        let good = Array(#"{"prompt":1,"side":"a","text":"x"}"#.utf8) + [10]
        let quote = Array(#"{"prompt":1,"side":"a","text":""#.utf8)
        let nul = try #require(message(good + quote + [0] + Array("\"}".utf8)))
        #expect(nul.contains("line 2") && nul.contains("control character"))
        for broken: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82]] {
            let found = try #require(message(good + good + quote + broken + Array("\"}".utf8)))
            #expect(found.contains("line 3") && found.contains("UTF-8"))
        }
        #expect(message([0xEF, 0xBB, 0xBF] + good) != nil)
    }

    @Test func errorsNeverQuoteAnAnswer() throws {
        let found = try #require(message(Array(#"{"prompt":1,"side":"a","text":"a secret answer","#.utf8)))
        #expect(!found.contains("secret"))
    }

    @Test func deepNestingIsRefusedAndLongAnswersAreRead() throws {
        let deep = #"{"prompt":1,"side":"a","text":"x","y":"# + String(repeating: "[", count: 100_000)
        #expect(try #require(message(Array(deep.utf8))).contains("deeply"))
        let long = String(repeating: "x", count: 10_000_000)
        #expect(try parse(#"{"prompt":1,"side":"a","text":""# + long + "\"}")[0].text.count == 10_000_000)
    }

    /// Every prefix and every single-byte damage of a good line is either read or refused with a message.
    @Test func damagedLinesNeverTrap() {
        let line = Array(#"{"prompt":12,"side":"b","text":"ä\u00e4\n","time_block":3,"z":[true,{"k":1e5}]}"#.utf8)
        for end in line.indices { _ = message(Array(line[..<end])) }
        for index in line.indices {
            for byte: UInt8 in [0, 0x22, 0x5C, 0x7B, 0x7D, 0x80, 0xFF, 0x2B, 0x2D] {
                var damaged = line
                damaged[index] = byte
                _ = message(damaged)
            }
        }
        #expect(message(line) == nil)
    }
}
