import ForensicTypes
import ProbeGeneration
import Testing

/// A quarter of the sizes that the module is built for: 100,000 instances in 10 s, 200 of 10,000 candidates in 5 s. The limits are
/// wide: they catch a change of order, not of percent.
@Suite("Probe generation at size")
struct ProbeGenerationSpeedTests {
    #if DEBUG
        /// An unoptimised build does a tenth of the work of an optimised one.
        private let share = 40
    #else
        private let share = 4
    #endif

    @Test("Instances by the ten thousand")
    func instances() throws {
        let generator = ProbeGenerator(library: try .shipped(), seed: 1)
        let clock = ContinuousClock()
        let start = clock.now
        let candidates = try generator.candidates(
            count: 50_000 / share, families: ["own-mistakes", "tokenizer-strings"])
        let elapsed = clock.now - start
        #expect(Set(candidates.map(\.id)).count == 100_000 / share)
        #expect(elapsed < .seconds(30))
    }

    @Test("Thousands of candidates scored on six models, two hundred chosen")
    func selection() throws {
        let candidates = try ProbeGenerator(library: .shipped(), seed: 2)
            .candidates(count: 10_000 / share, families: ["own-mistakes"])
        func answers(_ name: String, _ role: ModelRole, _ lineage: String, _ modulus: Int) -> ResponseSet {
            ResponseSet(
                model: ModelIdentity(name: name, role: role, lineage: Lineage(lineage)),
                completions: candidates.map { candidate in
                    Completion(
                        probe: candidate.id, draw: 0,
                        text: Array("The result is \(candidate.index % modulus), I believe.".utf8), finishReason: .stop)
                })
        }
        let own = answers("own", .protected, "own", 997)
        let set = try SelectionAnswers(
            protected: [own, own],
            panel: [7, 11, 13, 17].map { answers("panel-\($0)", .panel, "lineage-\($0)", $0) })
        let clock = ContinuousClock()
        for rule in [SelectionRule.discrimination, .diverse(weight: 0.5)] {
            let start = clock.now
            let outcome = try ProbeSelection.select(
                candidates, answers: set, budget: ProbeBudget(queries: 200, tokens: 1_000_000), rule: rule)
            let elapsed = clock.now - start
            #expect(outcome.chosen.count == 200)
            #expect(elapsed < .seconds(30))
        }
    }
}
