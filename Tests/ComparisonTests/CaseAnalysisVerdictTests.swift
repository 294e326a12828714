import Comparison
import ForensicTypes
import Testing

/// The whole way from recorded answers to a verdict, on models that were never trained.
@Suite("Case analysis")
struct CaseAnalysisVerdictTests {
    private static let probes = Answers.probes(30)
    private static let comparators: [any Comparator] = [PanelNormalisedSimilarity()]

    private static func result(
        suspect: (lineage: Int, model: Int), panel: Range<Int> = 1..<21, calibration: Calibration? = nil
    ) throws -> CaseResult {
        try CaseAnalysis.analyse(
            probes: probes,
            protected: SyntheticPopulation.responses(.protected, lineage: 0, model: 0, probes: probes),
            suspect: SyntheticPopulation.responses(
                .suspect, lineage: suspect.lineage, model: suspect.model, probes: probes),
            panel: panel.map { SyntheticPopulation.responses(.panel, lineage: $0, model: 0, probes: probes) },
            thresholds: .suited(panelLineages: panel.count), calibration: calibration, comparators: comparators, seed: 1
        )
    }

    @Test("A relative is told from an independent model by a panel that can")
    func relativeAndStranger() throws {
        let relative = try Self.result(suspect: (0, 1))
        #expect(relative.verdict.hypotheses == [.copy, .derivative, .student])
        #expect(relative.panel.count == 20)
        let stranger = try Self.result(suspect: (30, 0))
        #expect(stranger.verdict.hypotheses.contains(.independent))
        #expect(try Self.result(suspect: (0, 1)) == relative)
    }

    @Test("A panel of two lineages says how little it can")
    func smallPanel() throws {
        let verdict = try Self.result(suspect: (0, 1), panel: 1..<3).verdict
        #expect(verdict.outcome == .inconclusive)
        #expect(verdict.whatWouldStrengthen.contains { $0.code == "more-lineages" && $0.numbers["further"] == 17 })
        #expect(verdict.likelihoodRatios.allSatisfy { $0.log10 <= 0.30103 + 1e-6 })
    }

    @Test("A calibration from other lineages gives the ratio; one that shares a lineage with the panel is refused")
    func calibrated() throws {
        let measurement = try PopulationMeasurement(SyntheticPopulation.population(lineages: 16, probes: 6))
        let calibration = try Calibration.fit(measurement, resamples: 30)
        #expect(throws: ComparisonError(.lineageReused, "")) {
            _ = try Self.result(suspect: (0, 1), calibration: calibration)
        }
        let related = try Self.result(suspect: (0, 1), panel: 50..<71, calibration: calibration)
        let ratio = try #require(related.verdict.likelihoodRatios.first)
        #expect(ratio.method == .calibrated)
        #expect(ratio.log10 > 0.5)
        #expect(ratio.log10 <= 1.32223)
        #expect(ratio.interval != nil)
        let stranger = try Self.result(suspect: (80, 0), panel: 50..<71, calibration: calibration)
        #expect((stranger.verdict.likelihoodRatios.first?.log10 ?? 1) < 0)
        #expect(related.panel.allSatisfy { ($0.features?.lineage ?? 1) < (related.suspect.features?.lineage ?? 0) })
    }
}
