import Comparison
import ForensicTypes
import Statistics
import TestSupport
import Testing

struct TwoSampleComparatorTests {
    private func probes(_ count: Int, reading: Reading = .text) throws -> [IdentifiedProbe] {
        try (0..<count).map { index in
            let id = try #require(Digest(bytes: [UInt8](repeating: UInt8(index), count: 32)))
            let probe = Probe(
                family: "continuation", prompt: .raw("\(index)"), sampling: SamplingParameters(temperature: 1),
                draws: 8,
                reading: reading)
            return IdentifiedProbe(id: id, probe: probe)
        }
    }

    /// Answers that begin as `habits` says, by probe, and go on at random.
    private func answers(
        _ probes: [IdentifiedProbe], draws: Int, habit: UInt8, role: ModelRole, seed: UInt64
    ) -> ResponseSet {
        var generator = SeededGenerator(seed: seed)
        let completions = probes.flatMap { probe in
            (0..<draws).map { draw in
                let text = (0..<40).map { _ in
                    generator.uniform() < 0.4 ? habit : UInt8(97 + generator.index(below: 20))
                }
                return Completion(probe: probe.id, draw: draw, text: text)
            }
        }
        return ResponseSet(model: ModelIdentity(name: "\(role)", role: role), completions: completions)
    }

    private func score(
        _ probes: [IdentifiedProbe], draws: Int, habit: UInt8
    ) -> Score {
        PromptStratifiedMMD().score(
            PairEvidence(
                probes: probes, protected: answers(probes, draws: draws, habit: 120, role: .protected, seed: 1),
                suspect: answers(probes, draws: draws, habit: habit, role: .suspect, seed: 2), panel: [], seed: 5))
    }

    @Test func differentSamplersAreFarApart() throws {
        let probes = try probes(12)
        let (same, other) = (score(probes, draws: 8, habit: 120), score(probes, draws: 8, habit: 121))
        #expect(same.validity == .valid && other.validity == .valid)
        #expect(other.details["p_value"] == 0.001)
        #expect(try #require(same.details["p_value"]) > 0.05)
        let (near, far) = (try #require(same.value), try #require(other.value))
        let error = try #require(other.standardError)
        #expect(far > near + 5 * error)
        #expect(error > 0)
        #expect(other.usableProbes == 12)
        #expect(other.details["draws_suspect"] == 96)
        #expect(score(probes, draws: 8, habit: 121) == other)
    }

    @Test func saysWhatItNeeds() throws {
        let single = score(try probes(12), draws: 1, habit: 120)
        #expect(single.validity == .notComputable && single.value == nil)
        #expect(single.details["probes_without_repeated_draws"] == 12)
        #expect(!single.reasons.isEmpty)
        #expect(score(try probes(4), draws: 4, habit: 120).validity == .limited)
        #expect(score([], draws: 4, habit: 120).validity == .notComputable)
        #expect(score(try probes(12, reading: .promptTokens), draws: 4, habit: 120).validity == .notComputable)
    }

    @Test func brokenUTF8IsComparedByteByByte() throws {
        let probes = try probes(10)
        func answers(_ byte: UInt8, _ role: ModelRole) -> ResponseSet {
            ResponseSet(
                model: ModelIdentity(name: "\(role)", role: role),
                completions: probes.flatMap { probe in
                    (0..<4).map { Completion(probe: probe.id, draw: $0, text: [0xFF, byte, 0, 65]) }
                })
        }
        let score = PromptStratifiedMMD().score(
            PairEvidence(
                probes: probes, protected: answers(0xFE, .protected), suspect: answers(0xFD, .suspect), panel: [],
                seed: 1))
        #expect(isClose(try #require(score.value), 2.0 / 1000))
    }

    @Test func isInTheCatalogue() {
        #expect(ComparatorCatalogue.all.contains { type(of: $0).identifier == .promptStratifiedMMD })
    }
}
