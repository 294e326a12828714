import Comparison
import ForensicTypes
import Testing

@Suite("Coverage")
struct VerdictCoverageTests {
    @Test("Missing, empty and refused answers are told apart")
    func counts() {
        let probes = Answers.probes(10)
        let answers = Answers.responses(to: probes) { index, _ in index < 6 ? (index < 4 ? "a\(index)" : " \n") : nil }
        let coverage = Coverage(of: answers, probes: probes)
        #expect(coverage.usable == 4)
        #expect(coverage.refused == 2)
        #expect(coverage.unanswered == 4)
        #expect(coverage.usableShare == 0.4)
        let withheld = Answers.responses(to: probes, finishReason: .refusal) { index, _ in "text \(index)" }
        #expect(Coverage(of: withheld, probes: probes).refused == 10)
        #expect(Coverage(of: withheld, probes: []).usableShare == 0)
    }

    @Test("One answer to every question makes a collection invalid")
    func constantAnswers() throws {
        let probes = Answers.probes(20)
        let stub = Answers.responses(to: probes) { _, _ in "I cannot help with that." }
        let coverage = Coverage(of: stub, probes: probes)
        #expect(coverage.constantShare == 1)
        let policy = try VerdictPolicy(thresholds: .suited(panelLineages: 1), panelLineages: 1)
        let verdict = try policy.verdict(
            on: ScoredCase(
                protected: VerdictCases.protected, protectedCoverage: Answers.coverage(answered: 20),
                suspect: ScoredModel(model: Answers.model, scores: []), suspectCoverage: coverage, panel: []))
        #expect(verdict.outcome == .uninformative)
        #expect(verdict[.validity]?.reasons.first?.code == "constant-answers")
    }

    @Test("Draws that never vary where the protected model's do betray a cache")
    func responseCache() throws {
        let probes = Answers.probes(20, temperature: 1, draws: 3)
        let cached = Coverage(of: Answers.responses(to: probes, draws: 3) { index, _ in "a\(index)" }, probes: probes)
        let drawn = Coverage(
            of: Answers.responses(to: probes, draws: 3) { index, draw in "a\(index) \(draw)" }, probes: probes)
        #expect(cached.repeatedShare == 1)
        #expect(drawn.repeatedShare == 0)
        let policy = try VerdictPolicy(thresholds: .suited(panelLineages: 1), panelLineages: 1)
        func outcome(suspect: Coverage, own: Coverage) throws -> Verdict.Outcome {
            try policy.verdict(
                on: ScoredCase(
                    protected: VerdictCases.protected, protectedCoverage: own,
                    suspect: ScoredModel(model: Answers.model, scores: []), suspectCoverage: suspect, panel: [])
            ).outcome
        }
        #expect(try outcome(suspect: cached, own: drawn) == .uninformative)
        #expect(try outcome(suspect: cached, own: cached) == .inconclusive)
    }
}
