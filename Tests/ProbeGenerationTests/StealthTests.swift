import ForensicTypes
import ProbeGeneration
import Testing

@Suite("Stealth")
struct StealthTests {
    let library: ProbeLibrary
    let detectors: TrafficDetectors

    init() throws {
        library = try .shipped()
        detectors = try TrafficDetectors(library.corpora)
    }

    private func report(_ texts: [String]) throws -> StealthReport {
        let probes = texts.enumerated().map { number, text in
            IdentifiedProbe(
                id: Digest(bytes: (0..<32).map { UInt8(truncatingIfNeeded: number &* 7 &+ $0) }) ?? probe,
                probe: Probe(
                    family: "f", prompt: .raw(text), sampling: SamplingParameters(), draws: 1, reading: .text))
        }
        return StealthReport(probes, detectors: detectors)
    }

    private var probe: Digest { library.digest }

    @Test("Of ordinary sentences no more than the stated share is flagged")
    func ordinary() throws {
        // The perplexity filter has seen these sentences, so that its share is a lower bound; the template filter has not.
        let report = try report(library.corpora.flatMap(\.passages).joined().map { $0 })
        #expect(report.all.probes == detectors.ordinaryTexts)
        #expect(Double(report.all.perplexity) <= 0.05 * Double(report.all.probes))
        #expect(Double(report.all.template) <= 0.05 * Double(report.all.probes))
    }

    @Test("Gibberish is surprising, and a template shows")
    func positiveControls() throws {
        let gibberish = (0..<10).map { "x9\($0)qz{}[]#\($0 * 7_919)@@vvk~~\($0)" }
        #expect(try report(gibberish).all.perplexity == 10)
        let form = (0..<10).map { "Please consider very carefully the following matter, which is number \($0)." }
        #expect(try report(form).all.template == 10)
    }

    @Test("The report is the same every time, and adds up")
    func deterministic() throws {
        let probes = try ProbeGenerator(library: library, seed: 5).candidates(count: 20).map(\.identified)
        let one = StealthReport(probes, detectors: detectors)
        #expect(one == StealthReport(probes.reversed(), detectors: try TrafficDetectors(library.corpora)))
        #expect(one.families.values.reduce(0) { $0 + $1.probes } == one.all.probes)
        #expect(one.families.values.reduce(0) { $0 + $1.either } == one.all.either)
    }

    /// What `--natural` leaves must not be what the perplexity filter spots.
    @Test("The perplexity filter spots the conspicuous families and hardly any other")
    func grades() throws {
        for family in library.families {
            let probes = try ProbeGenerator(library: library, seed: 6).candidates(of: family, count: 40)
            let counts = StealthReport(probes.map(\.identified), detectors: detectors).all
            if family.stealth == .conspicuous {
                #expect(counts.perplexity >= 20, "\(family.id) \(counts.perplexity)")
            } else {
                #expect(counts.perplexity < 20, "\(family.id) \(counts.perplexity)")
            }
        }
    }

    @Test("A set that is chosen to pass is flagged about as often as ordinary text", arguments: [40, 200])
    func inconspicuous(queries: Int) throws {
        let natural = library.families(upTo: .unusual).map(\.id)
        let candidates = try ProbeGenerator(library: library, seed: 8).candidates(count: 60, families: natural)
        let budget = ProbeBudget(queries: queries, tokens: 1_000_000)
        let careless = try ProbeSelection.select(candidates, budget: budget)
        let careful = try ProbeSelection.select(candidates, budget: budget, filters: detectors)
        let flagged = [careless, careful].map { StealthReport($0.chosen.map(\.identified), detectors: detectors).all }
        #expect(flagged[0].share > 0.5, "\(flagged[0])")
        #expect(flagged[1].share <= 2 * detectors.level, "\(flagged[1])")
        #expect(careful.chosen.count >= 20, "\(careful.chosen.count)")
        #expect((careful.record.counts[.conspicuous] ?? 0) > 0)
    }

    @Test("A level outside its range, and one that the corpora cannot show, are refused")
    func levels() {
        #expect(throws: ProbeGenerationError(.budget, "")) { try TrafficDetectors(library.corpora, level: 0) }
        #expect(throws: ProbeGenerationError(.budget, "")) { try TrafficDetectors(library.corpora, level: 1) }
        #expect(throws: ProbeGenerationError(.unusableCorpus, "")) {
            try TrafficDetectors(library.corpora, level: 0.0001)
        }
    }
}
