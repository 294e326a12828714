import Comparison
import ForensicTypes
import Testing

@Suite("Evaluation")
struct EvaluationTests {
    private static let settings = Evaluation.Settings(bootstrapDraws: 200, falsePositives: 5)

    private static func measurement(lineages: Int = 20, probes: Int = 8) throws -> PopulationMeasurement {
        try PopulationMeasurement(
            SyntheticPopulation.population(lineages: lineages, probes: probes), probeBudgets: [3, 99])
    }

    @Test("Related models of a population that has lineages are found, and unrelated ones are not accused")
    func synthetic() throws {
        let report = try Evaluation.run(Self.measurement(), settings: Self.settings)
        let lineage = try #require(report.hypotheses["lineage"])
        #expect(lineage.auc > 0.99)
        #expect(lineage.truePositiveRateAt1Percent > 0.9)
        #expect(lineage.cllr < 0.3)
        #expect(lineage.cllrMinimum <= lineage.cllr)
        #expect(lineage.cllrBounded >= lineage.cllrMinimum)
        #expect(abs(lineage.calibrationLoss - (lineage.cllr - lineage.cllrMinimum)) < 1e-5)
        #expect(lineage.tippett.map(\.log10Ratio) == (-12...12).map { Double($0) / 4 })
        #expect(zip(lineage.tippett, lineage.tippett.dropFirst()).allSatisfy { $0.related >= $1.related })
        #expect(lineage.tippett.allSatisfy { $0.related >= $0.unrelated })
        #expect(lineage.pairs == 20)
        #expect(lineage.lineages == 20)
        #expect(lineage.unrelatedPairs == 20 * 19 / 2 * 4 - 1)
        #expect(report.hypotheses["same_model"]?.pairs == 10)
        #expect(report.hypotheses["derivative"]?.pairs == 10)
        #expect(report.hypotheses["student"]?.pairs == 1)
        #expect(report.identification.correct == report.identification.models)
        #expect(report.conformal.falsePositiveRate <= 0.05)
        #expect(report.conformal.truePositiveRate > 0.9)
        #expect(report.budgets.map(\.probes) == [3])
        #expect(report.falsePositives["lineage"]?.count == 5)
        let interval = try #require(lineage.intervals["auc"])
        #expect(interval.lower <= lineage.auc && lineage.auc <= interval.upper)
    }

    @Test("Independent models of no lineage have an area of one half")
    func unrelatedNoise() throws {
        // Relations are shuffled: lineages are named after the models' numbers modulo another number.
        let files = try SyntheticPopulation.files(lineages: 20, probes: 6)
        var entries: [String: LineageRecord.Entry] = [:]
        var relations: [(first: String, second: String, documented: LineageRecord.Documented)] = []
        for (index, file) in files.enumerated() {
            entries[file.model] = LineageRecord.Entry(lineage: Lineage("x\(index % 20)"), vendor: "v\(index % 20)")
            if index >= 20 {
                relations.append(
                    (files[index - 20].model, file.model, LineageRecord.Documented(relation: .sameModel, confidence: 1))
                )
            }
        }
        var population = Population(record: try LineageRecord(entries: entries, relations: relations, file: "l"))
        for file in files { try population.add(file, file: "f") }
        let report = try Evaluation.run(PopulationMeasurement(population), settings: Self.settings)
        let same = try #require(report.hypotheses["same_model"])
        #expect(same.auc < 0.8)
        #expect(same.truePositiveRateAt1Percent < 0.2)
    }

    @Test("Answers without any format leave the lineage score and take away the student score")
    func withoutFormats() throws {
        var population = Population(record: try SyntheticPopulation.record(lineages: 10))
        for file in try SyntheticPopulation.files(lineages: 10, probes: 6) {
            let plain = file.answers.map { answer in
                AnswerFile.Answer(
                    prompt: answer.prompt, output: String(answer.output.map { $0.isLetter || $0.isNumber ? $0 : " " }))
            }
            try population.add(AnswerFile(model: file.model, answers: plain, file: "f"), file: "f")
        }
        let report = try Evaluation.run(PopulationMeasurement(population), settings: Self.settings)
        #expect(report.hypotheses["student"] == nil)
        #expect(report.hypotheses["lineage"]?.pairs == 10)
    }

    @Test("The same population gives the same report, whatever order its models come in")
    func deterministic() throws {
        let files = try SyntheticPopulation.files(lineages: 9, probes: 5)
        func report(_ files: [AnswerFile]) throws -> String {
            var population = Population(record: try SyntheticPopulation.record(lineages: 9))
            for file in files { try population.add(file, file: "f") }
            return try JSONForm.text(Evaluation.run(PopulationMeasurement(population), settings: Self.settings))
        }
        #expect(try report(files) == report(files.reversed()))
    }

    @Test("The report has the documented keys")
    func keys() throws {
        let text = try JSONForm.text(Evaluation.run(Self.measurement(lineages: 9, probes: 5), settings: Self.settings))
        for key in [
            "hypotheses", "same_model", "derivative", "lineage", "student", "auc", "tpr_at_fpr_01", "tpr_at_fpr_001",
            "cllr", "cllr_min", "n_pairs", "n_lineages", "ci", "top_false_positives", "identification", "probe_budgets",
        ] {
            #expect(text.contains("\"\(key)\":"), "\(key)")
        }
    }

    @Test("A frozen calibration is applied as it is, and shared lineages are named")
    func frozen() throws {
        let measurement = try Self.measurement()
        let calibration = try Calibration.fit(measurement, resamples: 20)
        let report = try Evaluation.run(measurement, calibration: calibration, settings: Self.settings)
        #expect(report.calibration == "frozen")
        #expect(report.sharedLineages == measurement.lineages.map(\.name))
        let figures = try #require(report.hypotheses["lineage"])
        let rates = try #require(figures.frozen)
        #expect(rates.falsePositiveRate <= 0.01)
        #expect(rates.truePositiveRate == figures.truePositiveRateAt1Percent)
    }
}
