import Comparison
import ForensicTypes

/// Panel-normalised similarity: one pair against a panel, and all pairs of a population, from text to scores.
///
/// On made-up answers, or on those of the archive whose folder is given.
enum SimilarityBenchmark {
    static func run(_ arguments: [String]) throws {
        let models = (0..<122).map { index in
            ModelIdentity(name: "m\(index)", role: .panel, lineage: Lineage("l\(index / 3)"))
        }
        let probes: [[[UInt8]?]]
        if let folder = arguments.first {
            probes = try RecordedTexts(folder: folder, models: models.count, probes: 805).probes
        } else {
            let answers = SyntheticAnswers(seed: 5)
            probes = (0..<805).map { _ in answers.texts(count: models.count, words: 230).map(Optional.some) }
        }
        try pair(models, probes)
        try population(models, Array(probes.prefix(400)))
    }

    private static func pair(_ models: [ModelIdentity], _ probes: [[[UInt8]?]]) throws {
        let identified = probes.indices.compactMap { index -> IdentifiedProbe? in
            let bytes = [UInt8](repeating: 0, count: 30) + [UInt8(index >> 8), UInt8(index & 255)]
            return Digest(bytes: bytes).map { id in
                IdentifiedProbe(
                    id: id,
                    probe: Probe(
                        family: "benchmark", prompt: .raw("\(index)"), sampling: SamplingParameters(), draws: 1,
                        reading: .text))
            }
        }
        let sets = models.enumerated().map { column, model in
            ResponseSet(
                model: ModelIdentity(
                    name: model.name, role: column == 0 ? .protected : column == 1 ? .suspect : .panel,
                    lineage: column == 1 ? nil : column == 0 ? Lineage("owner") : model.lineage),
                completions: identified.enumerated().compactMap { row, probe in
                    probes[row][column].map { Completion(probe: probe.id, draw: 0, text: $0) }
                })
        }
        let evidence = PairEvidence(
            probes: identified, protected: sets[0], suspect: sets[1], panel: Array(sets.dropFirst(2)), seed: 1)
        let clock = ContinuousClock()
        var score: Score?
        var wall = Duration.seconds(1000)
        let processor = ProcessorTime.best(of: 3) {
            wall = min(wall, clock.measure { score = PanelNormalisedSimilarity().score(evidence) })
        }
        print(
            "pair: \(identified.count) probes, panel of \(sets.count - 2) models: \(wall) wall, \(processor) s processor, "
                + "validity \(score?.validity.rawValue ?? "none")")
    }

    private static func population(_ models: [ModelIdentity], _ probes: [[[UInt8]?]]) throws {
        let clock = ContinuousClock()
        var pairs = 0
        let wall = try clock.measure {
            var views = SimilarityViews(models: models)
            views.add(each: probes)
            for first in models.indices {
                for second in (first + 1)..<models.count {
                    let cohort = SymmetricNormalisation.Cohort(
                        models: Array(models.indices), of: views, excluding: (first, second))
                    _ = try SymmetricNormalisation.score(first, second, in: views, cohort: cohort)
                    pairs += 1
                }
            }
        }
        print("population: \(pairs) pairs of \(models.count) models, \(probes.count) probes: \(wall) wall")
    }
}
