import Foundation
import ForensicTypes
import Testing

@Suite("Probe coding")
struct ProbeCodingTests {
    static let readings: [Reading] = [
        .text, .choice(options: ["red", "blue"]), .number, .integerList, .nextToken, .promptTokens,
    ]

    @Test("Every reading survives a round trip", arguments: readings)
    func reading(_ reading: Reading) throws {
        let probe = Probe(
            family: "forced-small-choice", prompt: .chat([Message(role: .user, content: "Pick one.")]),
            sampling: SamplingParameters(temperature: 0.7, topP: 0.95, maximumTokens: 4, topLogprobs: 5), draws: 8,
            reading: reading, gold: "red")
        let data = try JSONEncoder().encode(probe)
        #expect(try JSONDecoder().decode(Probe.self, from: data) == probe)
    }

    @Test("Decimals are strings, because canonical JSON holds whole numbers only")
    func decimals() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(SamplingParameters(temperature: 0.7, maximumTokens: 4))
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"maximum_tokens":4,"temperature":"0.7","top_logprobs":0,"top_p":"1.0"}"#)
        let bad = Data(#"{"maximum_tokens":4,"temperature":"warm","top_logprobs":0,"top_p":"1"}"#.utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(SamplingParameters.self, from: bad) }
    }

    @Test("Answers are grouped by probe in order of the draw, and a missing probe has no entry")
    func responseSet() throws {
        let asked = try #require(Digest(hex: String(repeating: "1", count: 64)))
        let missing = try #require(Digest(hex: String(repeating: "2", count: 64)))
        let set = ResponseSet(
            model: ModelIdentity(name: "m", role: .panel, lineage: Lineage("l")),
            completions: [1, 0].map { Completion(probe: asked, draw: $0, text: []) })
        #expect(set.completions[asked]?.map(\.draw) == [0, 1])
        #expect(set.completions[missing] == nil)
    }
}
