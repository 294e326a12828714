import Comparison
import ForensicTypes
import Testing

@Suite("Verdict prose")
struct VerdictProseTests {
    @Test("Words on a boundary take the lower term")
    func terms() {
        let cases: [(Double, SupportTerm)] = [
            (0, .none), (0.001, .weak), (1, .weak), (1.0001, .moderate), (2, .moderate), (3, .moderatelyStrong),
            (4, .strong), (6, .veryStrong), (6.1, .extremelyStrong), (-1, .weak), (-2.5, .moderatelyStrong),
        ]
        for (log10, term) in cases { #expect(SupportTerm(log10Ratio: log10) == term, "\(log10)") }
    }

    @Test("A sentence has both propositions, the interval, the ceiling and the count")
    func sentence() {
        let ratio = LikelihoodRatio(
            numerator: .derived, denominator: .independent, unboundedLog10: 1.2, interval: 0.5...1.4,
            numeratorLineages: 11, denominatorLineages: 30, method: .calibrated)
        #expect(
            ratio.sentence
                == "The findings are about 16 times more probable if the endpoint serves the protected model or a model "
                + "derived from its weights than if it serves a model developed independently of the protected model "
                + "(95 % interval 3.2 to 25; method ceiling 30 from 30 lineages). This is moderate support for the former "
                + "over the latter.")
    }

    @Test("Exchanging the propositions mirrors the number and keeps the sentence")
    func swapped() {
        let ratio = LikelihoodRatio(
            numerator: .derived, denominator: .independent, unboundedLog10: 0.9, interval: 0.2...1.1,
            numeratorLineages: 11, denominatorLineages: 30, method: .calibrated)
        #expect(ratio.swapped.log10 == -ratio.log10)
        #expect(ratio.swapped.term == ratio.term)
        #expect(ratio.swapped.sentence == ratio.sentence)
        #expect(ratio.swapped.swapped == ratio)
    }

    @Test("Forbidden words are found as whole words, in any case")
    func forbiddenWords() {
        #expect(ForbiddenWords.violations(in: "This PROVES that the models match.") == ["proves", "match"])
        #expect(ForbiddenWords.violations(in: "Inconclusive; uncertain; a mismatch; improved.") == [])
        #expect(ForbiddenWords.violations(in: "100 % sure").contains("100 %"))
        #expect(ForbiddenWords.violations(in: "").isEmpty)
    }

    @Test("No generated sentence, reason or advice contains a forbidden word")
    func generatedProse() throws {
        let panels = [0, 1, 2, 19, 39].map { VerdictCases.panel(VerdictCases.unrelated($0)) }
        let suspects: [[Score]] = [
            [],
            [VerdictCases.score(.panelNormalisedSimilarity, 9)],
            [VerdictCases.score(.panelNormalisedSimilarity, -9), VerdictCases.score(.promptStratifiedMMD, 0.01)],
            [
                VerdictCases.score(.panelNormalisedSimilarity, 9),
                VerdictCases.score(.promptStratifiedMMD, 3, details: ["p_value": 0.001]),
                VerdictCases.score(
                    .tokenAccounting, 0.1, details: ["differing_probes": 18]),
            ],
        ]
        for panel in panels {
            for suspect in suspects {
                for answered in [0, 20] {
                    for honest in [0, 19] {
                        let policy = try VerdictPolicy(
                            thresholds: .suited(panelLineages: panel.count, redeployments: honest),
                            panelLineages: panel.count, redeployments: honest)
                        let verdict = try policy.verdict(
                            on: VerdictCases.scored(
                                suspect: suspect, panel: panel,
                                redeployments: VerdictCases.redeployments((0..<honest).map { Double($0) / 100 }),
                                siblings: honest == 0 ? [] : VerdictCases.panel([1], stratum: .sibling),
                                answered: answered))
                        let prose =
                            verdict.sentences + verdict.gates.flatMap(\.reasons).map(\.text)
                            + verdict.whatWouldStrengthen.map(\.text)
                        for sentence in prose {
                            #expect(ForbiddenWords.violations(in: sentence).isEmpty, "\(sentence)")
                            #expect(sentence.hasSuffix("."), "\(sentence)")
                        }
                    }
                }
            }
        }
    }
}
