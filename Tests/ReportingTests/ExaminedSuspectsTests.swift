import Comparison
import Foundation
import Reporting
import Testing

/// Suspects of one plan are tests of one family: a reader has to learn how many there were.
@Suite("Suspects that a plan examines")
struct ExaminedSuspectsTests {
    /// The verdict of the report's case: the lineage gate rejects at level 0.1 with p = 1/13.
    private func verdict(outcome: GateResult.Outcome = .rejected) throws -> Verdict {
        let verdict = try ReportCase().result().verdict
        return Verdict(
            protected: verdict.protected, suspect: verdict.suspect, outcome: verdict.outcome,
            hypotheses: Set(verdict.hypotheses), likelihoodRatios: verdict.likelihoodRatios,
            gates: verdict.gates.map {
                GateResult(
                    gate: $0.gate, outcome: $0.gate == .lineage ? outcome : $0.outcome, pValue: $0.pValue,
                    floor: $0.floor, level: $0.level, references: $0.references, reasons: $0.reasons)
            }, sentences: verdict.sentences, whatWouldStrengthen: verdict.whatWouldStrengthen)
    }

    @Test("One suspect needs no correction and no sentence")
    func alone() throws {
        let examined = ExaminedSuspects(count: 1)
        #expect(examined.correctedPValue(of: try verdict()) == 0.0769231)
        #expect(examined.sentences(about: try verdict()).isEmpty)
    }

    @Test("The corrected p-value is p times the number of suspects, and at most 1", arguments: [2, 3, 12, 13, 500])
    func correction(count: Int) throws {
        let corrected = try #require(ExaminedSuspects(count: count).correctedPValue(of: try verdict()))
        // Gates keep six digits.
        #expect(abs(corrected - min(1, Double(count) / 13)) < 1e-6 * Double(count))
        #expect(corrected <= 1)
    }

    @Test(
        "A finding that the correction takes back says so on the first page, in the summary and on the terminal"
    )
    func aboveTheLevel() throws {
        var given = ReportCase()
        given.suspects = 3
        let content = try given.content()
        let sentences = content.examined.sentences(about: content.result.verdict)
        #expect(sentences.count == 2)
        #expect(sentences.first?.contains("The plan examines 3 suspects") == true)
        #expect(sentences.first?.contains("has a probability of up to 0.3.") == true)
        #expect(sentences.last?.contains("p is 0.231, above the level") == true)

        let html = HTMLReport(content).render()
        let propositions = try #require(html.range(of: "The two propositions")).lowerBound
        let terminal = VerdictText.render(content.result, examined: content.examined)
        let summary = ReportSummary(content)
        for sentence in sentences {
            #expect(html[..<propositions].contains(VisibleText.escaped(sentence)))
            #expect(terminal.contains(sentence))
            #expect(summary.text.contains(sentence))
        }
        #expect(summary.multiplicity == sentences)
        #expect(ForbiddenWords.violations(in: HTMLReportTests.text(html)) == [])
    }

    @Test("A finding that is not there is not corrected, but the number is told")
    func nothingRejected() throws {
        let sentences = ExaminedSuspects(count: 3).sentences(about: try verdict(outcome: .passed))
        #expect(sentences.count == 1)
        #expect(sentences.first?.contains("The plan examines 3 suspects") == true)
    }
}
