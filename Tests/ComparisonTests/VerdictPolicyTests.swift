import Comparison
import ForensicTypes
import Testing

@Suite("Verdict policy")
struct VerdictPolicyTests {
    private static let many = VerdictCases.panel(VerdictCases.unrelated(39))

    private func verdict(
        _ suspect: [Score], panel: [ScoredModel] = many, redeployments: [ScoredModel] = [],
        siblings: [ScoredModel] = [], answered: Int = 20
    ) throws -> Verdict {
        let lineages = Set(panel.compactMap(\.model.lineage)).count
        let policy = try VerdictPolicy(
            thresholds: .suited(panelLineages: lineages, redeployments: redeployments.count), panelLineages: lineages,
            redeployments: redeployments.count)
        return try policy.verdict(
            on: VerdictCases.scored(
                suspect: suspect, panel: panel, redeployments: redeployments, siblings: siblings, answered: answered))
    }

    @Test("A plain resemblance excludes independence and leaves the joint set")
    func resemblance() throws {
        let verdict = try verdict([VerdictCases.score(.panelNormalisedSimilarity, 9)])
        #expect(verdict.hypotheses == [.copy, .derivative, .student])
        #expect(verdict.label == "copy-or-derivative-or-student")
        #expect(verdict[.lineage]?.outcome == .rejected)
        #expect(verdict[.lineage]?.pValue == 0.025)
        #expect(verdict[.student]?.reasons.first?.code == "joint-set")
    }

    @Test("No resemblance is no finding of independence")
    func noResemblance() throws {
        let verdict = try verdict([VerdictCases.score(.panelNormalisedSimilarity, -2)])
        #expect(verdict.outcome == .inconclusive)
        #expect(verdict.hypotheses == Hypothesis.allCases)
        #expect(verdict.sentences.contains { $0.hasSuffix("That is no finding of independence.") })
        // One lineage of its own stands behind the numerator, so nothing argues for independence.
        #expect(verdict.likelihoodRatios.first?.log10 == 0)
    }

    @Test("A dead or refusing endpoint is uninformative, not cleared", arguments: [0, 9, 15])
    func deadEndpoint(answered: Int) throws {
        let verdict = try verdict([VerdictCases.score(.panelNormalisedSimilarity, -2)], answered: answered)
        #expect(verdict.outcome == .uninformative)
        #expect(verdict.hypotheses == Hypothesis.allCases)
        #expect(verdict.likelihoodRatios.isEmpty)
        #expect(verdict.sentences.contains { $0.contains("it clears nobody") })
        #expect(verdict.whatWouldStrengthen.first?.code == "valid-collection")
    }

    @Test("Another tokenizer excludes weights, equal token counts include nothing")
    func tokenizer() throws {
        let differs = VerdictCases.score(
            .tokenAccounting, 0.1, details: ["differing_probes": 18])
        let low = VerdictCases.score(.panelNormalisedSimilarity, -1)
        let excluded = try verdict([differs, low])
        #expect(excluded.hypotheses == [.student, .independent])
        let equal = VerdictCases.score(.tokenAccounting, 1)
        #expect(try verdict([equal, low]).hypotheses == Hypothesis.allCases)
        // The counts are the server's own word: against a plain resemblance they exclude nothing.
        let high = VerdictCases.score(.panelNormalisedSimilarity, 9)
        #expect(try verdict([differs, high]).hypotheses == [.copy, .derivative, .student])
    }

    @Test("A limited score is never decisive alone")
    func limitedScore() throws {
        let limited = Score(
            comparator: .panelNormalisedSimilarity, value: 9, usableProbes: 12, validity: .limited,
            reasons: [Score.Reason(code: "too-few-probes", text: "12 usable probes, 25 wanted.")])
        let verdict = try verdict([limited])
        #expect(verdict.outcome == .inconclusive)
        #expect(verdict[.lineage]?.pValue == 0.025)
        #expect(verdict[.lineage]?.reasons.contains { $0.code == "too-few-probes" } == true)
    }

    @Test("Sameness: beyond, within and between the margins")
    func sameness() throws {
        let honest = VerdictCases.redeployments((1...19).map { Double($0) / 100 })
        let far = VerdictCases.panel(VerdictCases.unrelated(39), distances: (0..<39).map { 0.5 + Double($0) / 100 })
        func gate(_ distance: Double, panel: [ScoredModel] = far) throws -> Verdict {
            try verdict(
                [
                    VerdictCases.score(.promptStratifiedMMD, distance, error: 0.01, details: ["p_value": 0.001]),
                    VerdictCases.score(.panelNormalisedSimilarity, 9),
                ], panel: panel, redeployments: honest)
        }
        let beyond = try gate(0.3)
        #expect(beyond[.sameness]?.outcome == .rejected)
        #expect(beyond.hypotheses == [.derivative, .student])
        let within = try gate(0.05)
        #expect(within[.sameness]?.outcome == .equivalent)
        #expect(within.hypotheses == [.copy, .derivative, .student])
        let near = VerdictCases.panel(VerdictCases.unrelated(39), distances: (0..<39).map { 0.1 + Double($0) / 100 })
        let between = try gate(0.05, panel: near)
        #expect(between[.sameness]?.outcome == .cannotTell)
        #expect(between[.sameness]?.reasons.contains { $0.code == "margins-overlap" } == true)
    }

    @Test("A rejected equality alone excludes no copy behind another prompt")
    func rejectedEquality() throws {
        let verdict = try verdict(
            [
                VerdictCases.score(.promptStratifiedMMD, 5, details: ["p_value": 0.001]),
                VerdictCases.score(.panelNormalisedSimilarity, 9),
            ], redeployments: VerdictCases.redeployments([0.01, 0.02]))
        #expect(verdict.hypotheses.contains(.copy))
        #expect(verdict[.sameness]?.outcome == .cannotTell)
        #expect(verdict[.sameness]?.reasons.map(\.code) == ["equality-rejected", "too-few-redeployments"])
    }

    @Test("One or two lineages: low ceilings, a large set, and what is missing", arguments: [1, 2])
    func smallZoo(lineages: Int) throws {
        let verdict = try verdict(
            [VerdictCases.score(.panelNormalisedSimilarity, 9)],
            panel: VerdictCases.panel(Array(repeating: 0, count: lineages)))
        #expect(verdict.outcome == .inconclusive)
        let ratio = try #require(verdict.likelihoodRatios.first)
        #expect(ratio.log10 <= ratio.ceilingLog10 + 1e-6)
        #expect(abs(ratio.ceilingLog10 - (lineages == 1 ? 0 : 0.30103)) < 1e-6)
        let further = try #require(verdict.whatWouldStrengthen.first { $0.code == "more-lineages" })
        #expect(further.numbers["further"] == Double(19 - lineages))
    }

    @Test("Without any panel the lineage gate is not tested")
    func noPanel() throws {
        let verdict = try verdict([VerdictCases.score(.panelNormalisedSimilarity, 9)], panel: [])
        #expect(verdict.outcome == .inconclusive)
        #expect(verdict[.lineage]?.outcome == .notTested)
        #expect(verdict.likelihoodRatios.isEmpty)
    }

    @Test("A lineage is one reference, by its most similar model")
    func lineagesAreReferences() throws {
        let twins = (0..<40).map { index in
            ScoredModel(
                model: ModelIdentity(name: "twin-\(index)", role: .panel, lineage: Lineage("one")),
                scores: [VerdictCases.score(.panelNormalisedSimilarity, index == 39 ? 5 : 0)])
        }
        let verdict = try verdict([VerdictCases.score(.panelNormalisedSimilarity, 4)], panel: twins)
        #expect(verdict[.lineage]?.references == 1)
        #expect(verdict[.lineage]?.pValue == 1)
    }

    @Test("The order of models and scores does not matter, and a verdict survives its JSON form")
    func deterministic() throws {
        let suspect = [VerdictCases.score(.promptStratifiedMMD, 1), VerdictCases.score(.panelNormalisedSimilarity, 9)]
        let forward = try verdict(suspect)
        #expect(try verdict(suspect.reversed(), panel: Self.many.reversed()) == forward)
        #expect(try JSONForm.roundTrip(forward) == forward)
        let text = try JSONForm.text(forward)
        #expect(text.contains("\"what_would_strengthen\""))
        #expect(text.contains("\"likelihood_ratios\""))
    }
}
