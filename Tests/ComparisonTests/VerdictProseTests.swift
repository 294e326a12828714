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

    @Test("A bet on a rank is told as a bet, and a ratio hardly above 1 is not rounded to it")
    func betsAndSmallRatios() {
        func ratio(_ log10: Double, _ method: LikelihoodRatio.Method) -> String {
            LikelihoodRatio(
                numerator: .derived, denominator: .independent, unboundedLog10: log10, numeratorLineages: 1,
                denominatorLineages: 19, method: method
            ).sentence
        }
        let bet = ratio(0.2, .rankBet)
        #expect(
            bet
                == "By a bet on the suspect's rank, fixed beforehand and not fitted on known derivatives, the findings are about "
                + "1.6 times what one expects on average if the endpoint serves a model developed independently of the protected "
                + "model (no interval can be computed from these data; method ceiling 19 from 19 lineages). This is weak support "
                + "for the protected model or a model derived from its weights over that.")
        #expect(ratio(-1, .rankBet).contains("the findings are no more than what one expects on average"))
        #expect(ratio(-1, .rankBet).hasSuffix("This is no support either way."))
        for method in [LikelihoodRatio.Method.rankBet, .calibrated] {
            #expect(ratio(0.0086, method).contains(" less than 1.05 times "))
            #expect(!ratio(0.0086, method).contains("about 1 times"))
        }
        #expect(ratio(0.0212, .calibrated).contains("about 1.1 times more probable"))
    }

    @Test("Why the lineage gate excludes nothing: the panel, the plan or the score")
    func undecidedLineage() throws {
        func sentences(panel: Int, effect: GateDefinition.Effect, validity: Score.Validity) throws -> Verdict {
            let ratio = GateDefinition(level: 0.05, effect: .ratioOnly)
            let policy = try VerdictPolicy(
                thresholds: AnalysisThresholds(
                    sameness: ratio, lineage: GateDefinition(level: 0.05, effect: effect), student: ratio),
                panelLineages: panel)
            let score = Score(
                comparator: .panelNormalisedSimilarity, value: 9, usableProbes: 12, validity: validity,
                reasons: validity == .limited ? [.init(code: "too-few-probes", text: "Few.")] : [])
            return try policy.verdict(
                on: VerdictCases.scored(suspect: [score], panel: VerdictCases.panel(VerdictCases.unrelated(panel))))
        }
        let limited = try sentences(panel: 30, effect: .excludes, validity: .limited)
        let beyond =
            "The suspect resembles the protected model more than 30 unrelated lineages of the panel would lead one to"
        #expect(limited.sentences.contains { $0.hasPrefix(beyond) && $0.hasSuffix("so it excludes nothing.") })
        let declared = try sentences(panel: 30, effect: .ratioOnly, validity: .valid)
        #expect(
            declared.sentences.contains { $0.hasPrefix("The plan lets the question of lineage report a ratio only") })
        #expect(declared[.lineage]?.reasons.contains { $0.code == "ratio-only" } == true)
        for verdict in [limited, declared] {
            #expect(!verdict.sentences.contains { $0.contains("too small") })
            #expect(verdict[.lineage]?.reasons.contains { $0.code == "not-attainable" } == false)
            #expect(verdict.hypotheses.contains(.independent))
        }
        let small = try sentences(panel: 1, effect: .ratioOnly, validity: .valid)
        #expect(
            small.sentences.contains {
                $0.hasPrefix("The panel of 1 unrelated lineage is too small to exclude independence")
            })
        #expect(
            small[.lineage]?.reasons.map(\.text)
                == [
                    "0 of 1 unrelated lineage resemble the protected model at least as much as the suspect does, by "
                        + "panel-normalised-similarity.",
                    "With 1 unrelated lineage no p-value falls below 0.5, so independence cannot be excluded at level 0.05; that "
                        + "needs 19 lineages.",
                ])
    }

    @Test("A sampler that is farther away is told with how many redeployments lie nearer")
    func farther() throws {
        let policy = try VerdictPolicy(
            thresholds: .suited(panelLineages: 0, redeployments: 39), panelLineages: 0, redeployments: 39)
        let verdict = try policy.verdict(
            on: VerdictCases.scored(
                suspect: [VerdictCases.score(.promptStratifiedMMD, 0.385)], panel: [],
                redeployments: VerdictCases.redeployments((1...39).map { Double($0) / 100 })))
        #expect(
            verdict.sentences.contains(
                "The suspect differs from the protected model by more than 38 of 39 honest redeployments of it do (p = 0.05, "
                    + "level 0.05)."))
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
