import Comparison
import ForensicTypes
import Statistics
import TestSupport
import Testing

@Suite struct OwnerLikelihoodTests {
    private typealias Answer = OwnerLikelihoods.Answer

    private func answers(
        _ probes: [IdentifiedProbe], gain: Double, draws: Int = 1, seed: UInt64
    ) -> [OwnerLikelihoods.Answer] {
        var generator = SeededGenerator(seed: seed)
        return probes.flatMap { probe in
            (0..<draws).map { draw in
                let background = -120 + 5 * generator.normal()
                return Answer(
                    probe: probe.id, draw: draw, tokens: 50, bytes: 200,
                    logLikelihood: background + 200 * gain + 2 * generator.normal(), entropy: 60,
                    background: [background, background])
            }
        }
    }

    @Test func textThatTheOwnersModelPrefersStandsOut() throws {
        let probes = try (0..<40).map { try EvidenceBuilder.probe($0, .text) }
        let empty = EvidenceBuilder.model("m", .suspect, probes: probes) { _ in ["x"] }
        let panel = Dictionary(
            uniqueKeysWithValues: (0..<9).map { (Lineage("l\($0)"), answers(probes, gain: 0.0, seed: UInt64(10 + $0))) }
        )
        func score(_ gain: Double) -> Score {
            OwnerLikelihood().score(
                EvidenceBuilder.evidence(
                    probes, empty, empty,
                    ownerLikelihoods: OwnerLikelihoods(
                        suspect: answers(probes, gain: gain, seed: 3),
                        own: answers(probes, gain: 0.1, draws: 12, seed: 4), panel: panel)))
        }
        let child = score(0.1)
        let stranger = score(0)
        #expect(isClose(try #require(child.value), 0.1, absolute: 0.01))
        #expect(abs(try #require(stranger.value)) < 0.01)
        #expect(child.validity == .valid)
        #expect(child.usableProbes == 40)
        let ranks = (child.details["rank_uniformity"] ?? 9, stranger.details["rank_uniformity"] ?? 0)
        #expect(ranks.0 < ranks.1)
    }

    @Test func withoutTheOwnersFiguresItSaysWhatItNeeds() throws {
        let probes = [try EvidenceBuilder.probe(0, .text)]
        let empty = EvidenceBuilder.model("m", .suspect, probes: probes) { _ in ["x"] }
        let score = OwnerLikelihood().score(EvidenceBuilder.evidence(probes, empty, empty))
        #expect(score.validity == .notComputable)
        #expect(score.reasons.map(\.code) == ["no-owner-likelihoods"])
        #expect(score.reasons.first?.text == OwnerLikelihood().requirement)
    }
}
