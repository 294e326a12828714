import Comparison
import ForensicTypes
import Statistics
import Testing

/// One pinned test for each of the six rules of inference.
@Suite("Rules of inference")
struct VerdictRulesTests {
    @Test("1: probes are no replicates: a thousand times the probes, the same verdict")
    func probesAreNoReplicates() throws {
        let policy = try VerdictPolicy(thresholds: .suited(panelLineages: 19), panelLineages: 19)
        func verdict(probes: Int, error: Double) throws -> Verdict {
            let suspect = VerdictCases.score(.panelNormalisedSimilarity, 1.2, error: error, probes: probes)
            return try policy.verdict(
                on: VerdictCases.scored(suspect: [suspect], panel: VerdictCases.panel(VerdictCases.unrelated(19))))
        }
        let few = try verdict(probes: 20, error: 1)
        let many = try verdict(probes: 20_000, error: 1e-6)
        #expect(few == many)
        #expect(many.hypotheses.contains(.independent))
    }

    @Test("1: no p-value over draws or probes decides: it may be anything, and the verdict stays")
    func pValuesOfDrawsDecideNothing() throws {
        // The names of all p-values that comparators report, from a real pair with repeated draws.
        let probes = Answers.probes(12, temperature: 1, draws: 4)
        let evidence = PairEvidence(
            probes: probes, protected: Answers.responses(to: probes, draws: 4) { "own \($0) \($1)" },
            suspect: Answers.responses(to: probes, draws: 4) { "other \($0) \($1)" }, panel: [], seed: 1)
        let names = Set(
            ComparatorCatalogue.compareAll(evidence).flatMap(\.details.keys).filter { $0.contains("p_value") })
        #expect(names.isSuperset(of: ["p_value", "holm_p_value", "spectrum_p_value", "embedding_p_value"]))
        let thresholds = AnalysisThresholds.suited(panelLineages: 19, redeployments: 19)
        let policy = try VerdictPolicy(thresholds: thresholds, panelLineages: 19, redeployments: 19)
        func verdict(_ pValue: Double, suspect value: Double) throws -> Verdict {
            let details = Dictionary(uniqueKeysWithValues: names.map { ($0, pValue) })
            let scores = ComparatorIdentifier.allCases.map {
                VerdictCases.score(
                    $0, $0 == .promptStratifiedMMD ? 0.05 : $0 == .tokenAccounting ? 1 : value, details: details)
            }
            return try policy.verdict(
                on: VerdictCases.scored(
                    suspect: scores,
                    panel: VerdictCases.panel(
                        VerdictCases.unrelated(19), distances: (0..<19).map { 0.5 + Double($0) / 100 }),
                    redeployments: VerdictCases.redeployments((0..<19).map { Double($0) / 100 })))
        }
        for value in [0.4, 9] {
            let least = try verdict(1e-9, suspect: value)
            let greatest = try verdict(1, suspect: value)
            #expect(least.outcome == greatest.outcome)
            #expect(least.hypotheses == greatest.hypotheses)
            #expect(least.likelihoodRatios == greatest.likelihoodRatios)
            #expect(least.gates.map(\.outcome) == greatest.gates.map(\.outcome))
            #expect(least.gates.map(\.pValue) == greatest.gates.map(\.pValue))
            #expect(least.hypotheses.contains(.copy))
        }
    }

    @Test("2: the panel is the null: without siblings the first line says so, with them it does not")
    func siblingsAreNamedFirst() throws {
        let policy = try VerdictPolicy(thresholds: .suited(panelLineages: 19), panelLineages: 19)
        let suspect = [VerdictCases.score(.panelNormalisedSimilarity, 9)]
        let panel = VerdictCases.panel(VerdictCases.unrelated(19))
        let without = try policy.verdict(on: VerdictCases.scored(suspect: suspect, panel: panel))
        #expect(without.sentences.first?.hasPrefix("No sibling of the protected model was tested") == true)
        let siblings = VerdictCases.panel([8], stratum: .sibling)
        let with = try policy.verdict(on: VerdictCases.scored(suspect: suspect, panel: panel, siblings: siblings))
        #expect(!with.sentences.contains { $0.contains("No sibling") })
        #expect(with[.lineage]?.reasons.contains { $0.code == "stratum-sibling" } == true)
        // A sibling that is as close as the suspect does not enter the unrelated null, and is reported in its own stratum.
        #expect(with[.lineage]?.pValue == without[.lineage]?.pValue)
        // That independence is excluded says nothing of siblings, tested or not.
        for verdict in [without, with] {
            #expect(!verdict.hypotheses.contains(.independent))
            #expect(
                verdict.sentences.contains {
                    $0.contains("It excludes independent. Independence was tested against unrelated")
                })
        }
        #expect(
            with.sentences.contains(
                "None of 1 tested sibling resembles the protected model as much as the suspect does."))
    }

    @Test("2: siblings as close as the suspect are named in a sentence of the verdict, by models and not by lineages")
    func closeSiblings() throws {
        let policy = try VerdictPolicy(thresholds: .suited(panelLineages: 19), panelLineages: 19)
        let suspect = [VerdictCases.score(.panelNormalisedSimilarity, 9)]
        let siblings = [9.0, 10, 3].enumerated().map { index, value in
            ScoredModel(
                model: ModelIdentity(name: "sibling-\(index)", role: .sibling, lineage: Lineage("owner")),
                stratum: .sibling,
                scores: [VerdictCases.score(.panelNormalisedSimilarity, value)])
        }
        func verdict(_ siblings: [ScoredModel]) throws -> Verdict {
            try policy.verdict(
                on: VerdictCases.scored(
                    suspect: suspect, panel: VerdictCases.panel(VerdictCases.unrelated(19)), siblings: siblings))
        }
        #expect(
            try verdict(siblings).sentences.contains(
                "2 of 3 tested siblings resemble the protected model at least as much as the suspect does, so resemblance "
                    + "does not tell here a model derived from it from a sibling."))
        // A sibling without a score was not tested, and the first line says so.
        let mute = ScoredModel(
            model: ModelIdentity(name: "mute", role: .sibling, lineage: Lineage("owner")), stratum: .sibling, scores: []
        )
        let silent = try verdict([mute])
        #expect(
            silent.sentences.first?.hasPrefix("No sibling of the protected model could be compared with it") == true)
        #expect(try verdict([mute] + siblings).sentences.contains { $0.hasPrefix("2 of 3 tested siblings") })
    }

    @Test("3: a gate below its floor is refused when the plan is made", arguments: [(18, 1), (38, 2), (0, 1)])
    func unattainableGateIsRefused(lineages: Int, channels: Int) throws {
        let gate = GateDefinition(level: 0.05, effect: .excludes)
        let ratio = GateDefinition(level: 0.05, effect: .ratioOnly)
        let thresholds = AnalysisThresholds(
            sameness: ratio, lineage: gate, student: ratio,
            lineageChannels: Array([.panelNormalisedSimilarity, .decisionAgreement].prefix(channels)))
        #expect(throws: ComparisonError(.unattainableGate, "")) {
            _ = try VerdictPolicy(thresholds: thresholds, panelLineages: lineages)
        }
        _ = try VerdictPolicy(thresholds: thresholds, panelLineages: 20 * channels - 1)
        // Declared as one that only reports its ratio, it is accepted, and excludes nothing however high the score is.
        let declared = try VerdictPolicy(thresholds: .suited(panelLineages: lineages), panelLineages: lineages)
        let verdict = try declared.verdict(
            on: VerdictCases.scored(
                suspect: [VerdictCases.score(.panelNormalisedSimilarity, 1000)],
                panel: VerdictCases.panel(VerdictCases.unrelated(min(lineages, 18)))))
        #expect(verdict.outcome == .inconclusive)
    }

    @Test("3: no p-value is below 1/(n+1)", arguments: [1, 2, 5, 19, 40])
    func conformalFloor(lineages: Int) throws {
        let policy = try VerdictPolicy(thresholds: .suited(panelLineages: lineages), panelLineages: lineages)
        let verdict = try policy.verdict(
            on: VerdictCases.scored(
                suspect: [VerdictCases.score(.panelNormalisedSimilarity, 1e6)],
                panel: VerdictCases.panel(VerdictCases.unrelated(lineages))))
        let gate = try #require(verdict[.lineage])
        #expect(gate.pValue == (1 / Double(lineages + 1)).roundedToSixDigits)
        #expect(gate.pValue == gate.floor)
    }

    @Test("4: lineages that select cannot calibrate, and neither of them reports")
    func tasksAreDisjoint() throws {
        let panel = try Panel(members: (0..<6).map { Panel.Member(model: "m\($0)", lineage: Lineage("l\($0 / 2)")) })
        #expect(throws: ComparisonError(.lineageReused, "")) {
            _ = try PanelPartition(panel, selecting: [Lineage("l0")], calibrating: [Lineage("l0"), Lineage("l1")])
        }
        #expect(throws: ComparisonError(.unknownModel, "")) {
            _ = try PanelPartition(panel, selecting: [Lineage("nobody")])
        }
        let partition = try PanelPartition(panel, selecting: [Lineage("l0")], calibrating: [Lineage("l1")])
        #expect(partition.selection.members.map(\.model) == ["m0", "m1"])
        #expect(partition.calibration.members.map(\.model) == ["m2", "m3"])
        #expect(partition.report.members.map(\.model) == ["m4", "m5"])
        // The shares are of different types: one cannot be passed for another.
        #expect(ObjectIdentifier(PanelShare<Selecting>.self) != ObjectIdentifier(PanelShare<Calibrating>.self))
        #expect(!(partition.selection as Any is PanelShare<Calibrating>))
    }

    @Test("5: a permutation p-value is (1 + exceedances) / (permutations + 1), and never 0")
    func permutationPValueIsNeverZero() {
        #expect(PermutationPValue(exceedances: 0, permutations: 999).value == 0.001)
        #expect(PermutationPValue(observed: 5.0, permuted: [1, 5, 6]).value == 0.75)
    }

    @Test("6: a likelihood ratio stays within its lineages, and a repeated channel counts once", arguments: [1, 2, 19])
    func ratioIsBounded(lineages: Int) throws {
        let extreme = LikelihoodRatio(
            numerator: .derived, denominator: .independent, unboundedLog10: 50, interval: 3...80, numeratorLineages: 1,
            denominatorLineages: lineages, method: .calibrated)
        #expect(abs(extreme.log10 - extreme.ceilingLog10) < 1e-5)
        #expect(extreme.interval.map { $0.upperBound <= extreme.ceilingLog10 + 1e-5 } == true)
        let against = LikelihoodRatio(
            numerator: .derived, denominator: .independent, unboundedLog10: -50, numeratorLineages: 1,
            denominatorLineages: lineages, method: .calibrated)
        #expect(against.log10 == 0)

        func ratio(channels: [ComparatorIdentifier]) throws -> Double? {
            let thresholds = AnalysisThresholds.suited(panelLineages: lineages, lineageChannels: channels)
            let policy = try VerdictPolicy(thresholds: thresholds, panelLineages: lineages)
            let values = VerdictCases.unrelated(lineages)
            let panel = values.enumerated().map { index, value in
                ScoredModel(
                    model: ModelIdentity(name: "p\(index)", role: .panel, lineage: Lineage("l\(index)")),
                    scores: channels.map { VerdictCases.score($0, value) })
            }
            let suspect = channels.map { VerdictCases.score($0, 1.25) }
            return try policy.verdict(on: VerdictCases.scored(suspect: suspect, panel: panel)).likelihoodRatios.first?
                .unboundedLog10
        }
        let once = try #require(try ratio(channels: [.panelNormalisedSimilarity]))
        let twice = try #require(try ratio(channels: [.panelNormalisedSimilarity, .decisionAgreement]))
        #expect(abs(once - twice) < 1e-5)
    }
}
