import Comparison
import ForensicTypes
import Testing

@Suite struct PanelNormalisedSimilarityTests {
    private let population = HubPopulation(lineages: 12, probes: 40, habit: 0.5, seed: 5)

    private func evidence(suspect: Int, panel: Range<Int>, probes count: Int = 40, drop: Int = 0) throws -> PairEvidence
    {
        let probes = try (0..<count).map { try EvidenceBuilder.probe($0, .text) }
        let texts = (0..<count).map { population.answers(to: $0) }
        func set(_ index: Int, _ role: ModelRole, lineage: Lineage?) -> ResponseSet {
            ResponseSet(
                model: ModelIdentity(name: "m\(index)", role: role, lineage: lineage),
                completions: probes.indices.compactMap { probe in
                    guard role != .suspect || probe >= drop else { return nil }
                    return texts[probe][index].map { Completion(probe: probes[probe].id, draw: 0, text: $0) }
                })
        }
        return EvidenceBuilder.evidence(
            probes, set(0, .protected, lineage: Lineage("owner")), set(suspect, .suspect, lineage: nil),
            panel: panel.map { set($0, .panel, lineage: population.models[$0].lineage) })
    }

    @Test func aRelativeScoresHighAndAStrangerLow() throws {
        let relative = PanelNormalisedSimilarity().score(try evidence(suspect: 1, panel: 4..<24))
        let stranger = PanelNormalisedSimilarity().score(try evidence(suspect: 2, panel: 4..<24))
        #expect(relative.validity == .valid)
        #expect(try #require(relative.value) > 3)
        #expect(try #require(stranger.value) < 2)
        #expect(try #require(relative.standardError) < 3)
        #expect(relative.usableProbes == 40)
        #expect(relative.details["cohort_lineages"] == 10)
    }

    @Test func theOrderOfCollectionChangesNothing() throws {
        let first = try evidence(suspect: 1, panel: 4..<24)
        let shuffled = PairEvidence(
            probes: first.probes, protected: first.protected, suspect: first.suspect, panel: first.panel.reversed(),
            seed: 9)
        #expect(PanelNormalisedSimilarity().score(first) == PanelNormalisedSimilarity().score(shuffled))
    }

    @Test func missingAnswersAndSmallPanelsLimitTheScore() throws {
        let gaps = PanelNormalisedSimilarity().score(try evidence(suspect: 1, panel: 4..<24, drop: 20))
        #expect(gaps.usableProbes == 20)
        #expect(gaps.validity == .limited)
        #expect(gaps.reasons.map(\.code) == ["too-few-probes"])
        #expect(try #require(gaps.value) > 3)
        let small = PanelNormalisedSimilarity().score(try evidence(suspect: 1, panel: 4..<12))
        #expect(small.reasons.map(\.code) == ["too-few-lineages"])
        #expect(small.reasons.first?.numbers == ["found": 4, "wanted": 8])
        let none = PanelNormalisedSimilarity().score(try evidence(suspect: 1, panel: 4..<8))
        #expect(none.validity == .notComputable)
    }

    @Test func siblingsAndTheOwnersLineageDoNotNormalise() throws {
        let plain = try evidence(suspect: 1, panel: 4..<24)
        let sibling = ResponseSet(
            model: ModelIdentity(name: "sibling", role: .sibling, lineage: Lineage("x")),
            completions: plain.protected.completions.values.flatMap(\.self))
        let own = ResponseSet(
            model: ModelIdentity(name: "own", role: .panel, lineage: Lineage("owner")),
            completions: plain.protected.completions.values.flatMap(\.self))
        let more = PairEvidence(
            probes: plain.probes, protected: plain.protected, suspect: plain.suspect,
            panel: plain.panel + [sibling, own], seed: 3)
        #expect(PanelNormalisedSimilarity().score(more) == PanelNormalisedSimilarity().score(plain))
    }

    @Test func everyComparatorAnswersEveryCase() throws {
        let full = ComparatorCatalogue.compareAll(try evidence(suspect: 1, panel: 4..<24, probes: 30))
        #expect(full.map(\.comparator) == ComparatorCatalogue.all.map { type(of: $0).identifier })
        #expect(Set(full.map(\.comparator)).count == full.count)
        #expect(full.map(\.comparator) == full.map(\.comparator).sorted())
        for score in full where score.comparator != .panelNormalisedSimilarity {
            #expect(score.value == nil)
            #expect(!score.reasons.isEmpty)
        }
        let nobody = ResponseSet(model: ModelIdentity(name: "n", role: .suspect), completions: [])
        let empty = PairEvidence(probes: [], protected: nobody, suspect: nobody, panel: [], seed: 0)
        for score in ComparatorCatalogue.compareAll(empty) {
            #expect(score.validity == .notComputable)
            #expect(!score.reasons.isEmpty)
        }
        #expect(ComparatorCatalogue.all.allSatisfy { !$0.requirement.isEmpty })
    }
}
