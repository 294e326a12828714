import Comparison
import ForensicTypes
import Statistics
import TestSupport
import Testing

@Suite struct NextTokenComparatorTests {
    private static let alphabet = (0..<12).map { [UInt8(97 + $0)] }

    /// A model with a law per probe: `base` logits plus `change` times other logits, listed to `top` tokens at a temperature.
    private static func model(
        _ role: ModelRole, _ probes: [IdentifiedProbe], change: Double, temperature: Double = 1, top: Int = 8,
        lineage: String? = nil, seed: UInt64 = 1
    ) -> ResponseSet {
        var base = SeededGenerator(seed: 50)
        var other = SeededGenerator(seed: 90 &+ seed)
        let completions = probes.map { probe in
            let logits = alphabet.map { _ in (3 * base.normal() + change * 3 * other.normal()) / temperature }
            let largest = logits.max() ?? 0
            let total = logits.reduce(0) { $0 + Logarithm.exponential($1 - largest) }
            let logprobs = logits.map { $0 - largest - Logarithm.natural(total) }
            let tokens = zip(alphabet, logprobs).map { TokenLogprob(bytes: $0.0, logprob: $0.1) }
                .sorted { $0.logprob > $1.logprob }
            return Completion(
                probe: probe.id, draw: 0, text: tokens[0].bytes,
                positions: [TokenPosition(chosen: tokens[0], top: Array(tokens.prefix(top)))])
        }
        return ResponseSet(
            model: ModelIdentity(name: "\(role)\(seed)", role: role, lineage: lineage.map { Lineage($0) }),
            completions: completions)
    }

    private func probes(_ count: Int, draws: Int = 1) throws -> [IdentifiedProbe] {
        try (0..<count).map { try EvidenceBuilder.probe($0, .nextToken, draws: draws) }
    }

    @Test func temperatureDoesNotShowButAnotherLawDoes() throws {
        let probes = try probes(20)
        let protected = Self.model(.protected, probes, change: 0)
        let warm = TopLogprobDivergence().score(
            EvidenceBuilder.evidence(probes, protected, Self.model(.suspect, probes, change: 0, temperature: 1.7)))
        #expect(isClose(try #require(warm.value), 0, absolute: 1e-9))
        #expect(isClose(try #require(warm.details["mean_temperature_ratio"]), 1 / 1.7, relative: 1e-9))
        #expect(warm.validity == .valid)
        let tuned = TopLogprobDivergence().score(
            EvidenceBuilder.evidence(probes, protected, Self.model(.suspect, probes, change: 0.3)))
        let panel = (0..<4).map { Self.model(.panel, probes, change: 30, lineage: "l\($0)", seed: UInt64(5 + $0)) }
        let stranger = TopLogprobDivergence().score(
            EvidenceBuilder.evidence(probes, protected, Self.model(.suspect, probes, change: 30), panel: panel))
        #expect(try #require(tuned.value) > 0.001)
        #expect(try #require(stranger.value) > 4 * (try #require(tuned.value)))
        #expect(try #require(stranger.details["panel_mean"]) > 0.5)
    }

    @Test func tooFewSharedTokensAreMissing() throws {
        let probes = try probes(20)
        let score = TopLogprobDivergence().score(
            EvidenceBuilder.evidence(
                probes, Self.model(.protected, probes, change: 0, top: 3),
                Self.model(.suspect, probes, change: 0, top: 3)))
        #expect(score.validity == .notComputable)
    }

    @Test func laterPositionsCountOnlyWhileTheContextIsTheSame() throws {
        let probes = try probes(1)
        func answer(_ role: ModelRole, chosen: [Int]) -> ResponseSet {
            let positions = chosen.enumerated().map { place, token in
                let top = (0..<6).map {
                    TokenLogprob(bytes: Self.alphabet[$0], logprob: -1 - Double($0 * (place + 1)) / 3)
                }
                return TokenPosition(chosen: TokenLogprob(bytes: Self.alphabet[token], logprob: -1), top: top)
            }
            return ResponseSet(
                model: ModelIdentity(name: "\(role)", role: role),
                completions: [Completion(probe: probes[0].id, draw: 0, text: [97], positions: positions)])
        }
        let score = TopLogprobDivergence().score(
            EvidenceBuilder.evidence(
                probes, answer(.protected, chosen: [0, 1, 2, 3]), answer(.suspect, chosen: [0, 1, 4, 3])))
        #expect(score.details["mean_positions"] == 3)
        #expect(score.validity == .limited)
    }

    @Test func borderInputsSeeAnotherTieAndNotTheirOwnNoise() throws {
        let probes = try probes(30, draws: 16)
        func draws(_ role: ModelRole, share: Double, seed: UInt64) -> ResponseSet {
            var generator = SeededGenerator(seed: seed)
            return EvidenceBuilder.model("\(role)", role, probes: probes) { _ in
                (0..<16).map { _ in generator.uniform() < share ? "yes" : "no" }
            }
        }
        let protected = draws(.protected, share: 0.5, seed: 1)
        let same = BorderInputs().score(
            EvidenceBuilder.evidence(probes, protected, draws(.suspect, share: 0.5, seed: 2)))
        let other = BorderInputs().score(
            EvidenceBuilder.evidence(probes, protected, draws(.suspect, share: 0.95, seed: 3)))
        let noise = try #require(same.standardError)
        #expect(abs(try #require(same.value)) < 4 * noise)
        #expect(try #require(other.value) > 0.2)
        #expect(other.usableProbes == 30)
        #expect(other.validity == .valid)
    }
}
