import Comparison
import ForensicTypes
import Testing

@Suite("Draws of probes and panel")
struct PanelDrawsTests {
    private static func texts(lineages: Int, probes: Int) throws -> PanelDraws.Texts {
        Dictionary(
            uniqueKeysWithValues: try SyntheticPopulation.files(lineages: lineages, probes: probes).map { file in
                (file.model, Dictionary(uniqueKeysWithValues: file.answers.map { ($0.prompt, Array($0.output.utf8)) }))
            })
    }

    private static func settings(
        probes: Int = 4, lineages: Int = 5, draws: Int = 2, unrelated: Int? = 20, seed: UInt64 = 1
    ) -> PanelDraws.Settings {
        var settings = PanelDraws.Settings()
        settings.probes = probes
        settings.lineages = lineages
        settings.draws = draws
        settings.unrelatedPairs = unrelated
        settings.seed = seed
        return settings
    }

    @Test("Related models are found, every draw is recorded, and the seed decides all of it")
    func synthetic() throws {
        let (texts, record) = (try Self.texts(lineages: 8, probes: 9), try SyntheticPopulation.record(lineages: 8))
        var last = (0, 0)
        let report = try PanelDraws.measure(texts, record: record, settings: Self.settings()) { last = ($0, $1) }
        #expect(report.draws.count == 2)
        #expect(report.draws.allSatisfy { $0.related == 8 && $0.unrelated == 20 })
        #expect(last == (56, 56))
        #expect(report.auc.mean > 0.95)
        #expect(report.auc.least <= report.auc.mean && report.auc.mean <= report.auc.greatest)
        #expect((report.models, report.lineages, report.prompts) == (16, 8, 9))
        #expect(try PanelDraws.measure(texts, record: record, settings: Self.settings()) == report)
        // One prompt separates badly enough that another draw shows.
        let first = try PanelDraws.measure(texts, record: record, settings: Self.settings(probes: 1))
        let second = try PanelDraws.measure(texts, record: record, settings: Self.settings(probes: 1, seed: 2))
        #expect(first.draws != second.draws)
        #expect(first.draws[0] != first.draws[1])
    }

    @Test("A single draw has no spread, and all unrelated pairs are taken where none are drawn")
    func single() throws {
        let (texts, record) = (try Self.texts(lineages: 8, probes: 6), try SyntheticPopulation.record(lineages: 8))
        let report = try PanelDraws.measure(
            texts, record: record, settings: Self.settings(probes: 2, draws: 1, unrelated: nil))
        #expect(report.auc.standardError == nil && report.truePositiveRate.deviation == nil)
        #expect(report.draws.first?.unrelated == 8 * 7 / 2 * 4 - 1)
    }

    @Test("The same pairs of the same draws are scored with the rarity of all models, to other values")
    func populationRarity() throws {
        let (texts, record) = (try Self.texts(lineages: 8, probes: 9), try SyntheticPopulation.record(lineages: 8))
        var settings = Self.settings(probes: 1)
        let panel = try PanelDraws.measure(texts, record: record, settings: settings)
        settings.rarity = .population
        let population = try PanelDraws.measure(texts, record: record, settings: settings)
        #expect(population.rarity == .population)
        #expect(population.draws.map(\.related) == panel.draws.map(\.related))
        #expect(population.draws.map(\.unrelated) == panel.draws.map(\.unrelated))
        #expect(population.draws.map(\.auc) != panel.draws.map(\.auc))
        settings.probes = 4
        #expect(try PanelDraws.measure(texts, record: record, settings: settings).auc.mean > 0.95)
    }

    @Test("What cannot be drawn is refused")
    func refusals() throws {
        let (texts, record) = (try Self.texts(lineages: 8, probes: 6), try SyntheticPopulation.record(lineages: 8))
        func code(_ settings: PanelDraws.Settings, _ texts: PanelDraws.Texts) -> ComparisonError.Code? {
            do throws(ComparisonError) {
                _ = try PanelDraws.measure(texts, record: record, settings: settings)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code(Self.settings(probes: 6, lineages: 7), texts) == .panelBelowFloor)
        #expect(code(Self.settings(probes: 6, lineages: 2), texts) == .panelBelowFloor)
        #expect(code(Self.settings(probes: 7), texts) == .foreignProbes)
        #expect(code(Self.settings(probes: 0), texts) == .foreignProbes)
        #expect(code(Self.settings(probes: 6, draws: 0), texts) == .outOfRange)
        #expect(code(Self.settings(probes: 6, unrelated: 0), texts) == .outOfRange)
        let first = texts.filter { $0.key.hasSuffix("m0") }
        #expect(code(Self.settings(probes: 6), first) == .tooFewPairs)
        #expect(code(Self.settings(probes: 6), [:]) == .panelBelowFloor)
    }
}
