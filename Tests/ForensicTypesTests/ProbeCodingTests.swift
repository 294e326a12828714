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

    @Test("Kin survives a round trip, and a probe without it does not mention it")
    func kin() throws {
        let group = try #require(Digest(hex: String(repeating: "3", count: 64)))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        for relation in [Kin.Relation.twin, .rotation] {
            let probe = Probe(
                family: "f", prompt: .raw("x"), sampling: SamplingParameters(temperature: 0, maximumTokens: 1),
                draws: 1,
                reading: .nextToken, kin: Kin(group: group, relation: relation, form: 1))
            let data = try encoder.encode(probe)
            #expect(try JSONDecoder().decode(Probe.self, from: data) == probe)
            let text = String(decoding: data, as: UTF8.self)
            #expect(text.contains(#""kin":{"form":1,"group":"\#(group.hex)","relation":"\#(relation.rawValue)"}"#))
        }
        let alone = Probe(
            family: "f", prompt: .raw("x"), sampling: SamplingParameters(temperature: 0, maximumTokens: 1), draws: 1,
            reading: .text)
        #expect(!String(decoding: try encoder.encode(alone), as: UTF8.self).contains(#""kin":"#))
        let unknown = Data(
            #"{"form":0,"group":"\#(group.hex)","relation":"cousin"}"#.utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Kin.self, from: unknown) }
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
