import Features
import ForensicTypes
import TestSupport
import Testing

@Suite struct TokenFeatureTests {
    private static let probe = Probe(
        family: "test", prompt: .raw("x"), sampling: SamplingParameters(), draws: 1, reading: .promptTokens)

    private static func identified(_ byte: UInt8) throws -> IdentifiedProbe {
        IdentifiedProbe(id: try #require(Digest(bytes: [UInt8](repeating: byte, count: 32))), probe: probe)
    }

    @Test func aCountThatChangesBetweenDrawsIsLeftOut() throws {
        let probes = [try Self.identified(1), try Self.identified(2), try Self.identified(3)]
        let counts = PromptTokenCounts(
            ResponseSet(
                model: ModelIdentity(name: "m", role: .suspect),
                completions: [
                    Completion(probe: probes[0].id, draw: 0, text: [], usage: TokenUsage(prompt: 9, completion: 1)),
                    Completion(probe: probes[0].id, draw: 1, text: [], usage: TokenUsage(prompt: 9, completion: 2)),
                    Completion(probe: probes[1].id, draw: 0, text: [], usage: TokenUsage(prompt: 9, completion: 1)),
                    Completion(probe: probes[1].id, draw: 1, text: [], usage: TokenUsage(prompt: 8, completion: 1)),
                    Completion(probe: probes[2].id, draw: 0, text: [], usage: TokenUsage(prompt: 0, completion: 1)),
                ]), probes: probes)
        #expect(counts.counts == [probes[0].id: 9])
        #expect(counts.inconsistentProbes == 1)
    }

    @Test func shapesTellTemplatesApart() {
        let user = Message(role: .user, content: "a")
        let system = Message(role: .system, content: "b")
        #expect(PromptTokenCounts.Shape(.raw("a")) != PromptTokenCounts.Shape(.chat([user])))
        #expect(PromptTokenCounts.Shape(.chat([user])) != PromptTokenCounts.Shape(.chat([system, user])))
        #expect(PromptTokenCounts.Shape(.chat([user])) == PromptTokenCounts.Shape(.chat([system].map { _ in user })))
    }

    private static func position(_ values: [(String, Double)]) -> TokenPosition {
        let top = values.map { TokenLogprob(bytes: Array($0.0.utf8), logprob: $0.1) }
        return TokenPosition(chosen: TokenLogprob(bytes: [0x61], logprob: -0.1), top: top)
    }

    @Test func centringTakesOffConstantsAndScalesWithTemperature() throws {
        let cold = try #require(CensoredLogprobs(Self.position([("a", -0.2), ("b", -2.2), ("c", -3.2)])))
        let shifted = try #require(CensoredLogprobs(Self.position([("c", -2.0), ("b", -1.5), ("a", -0.5)])))
        let tokens = cold.sharedTokens(with: shifted)
        #expect(tokens == [Array("a".utf8), Array("b".utf8), Array("c".utf8)])
        #expect(cold.censoringBound == -3.2)
        let half = cold.centred(over: tokens).map { $0 / 2 }
        #expect(areClose(shifted.centred(over: tokens), half, relative: 1e-9))
        #expect(isClose(cold.centred(over: tokens).reduce(0, +), 0, absolute: 1e-12))
    }

    @Test func unusableValuesAreDropped() {
        #expect(CensoredLogprobs(Self.position([("a", -.infinity), ("b", .nan), ("c", 3), ("d", -1)])) == nil)
        #expect(CensoredLogprobs(Self.position([("a", 1e-9), ("b", -1)]))?.values[Array("a".utf8)] == 0)
        #expect(CensoredLogprobs(Self.position([("a", -2), ("a", -1), ("b", -3)]))?.values[Array("a".utf8)] == -1)
    }
}
