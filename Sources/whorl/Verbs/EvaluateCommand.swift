public import ArgumentParser
public import Comparison
import ForensicTypes
import Foundation
import Reporting

struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure what the method achieves on models of known lineage.",
        discussion: """
            Scores every pair of models. No pair is normalised or calibrated with anything that touches either of its \
            lineages; intervals are 95 %, by resampling lineages. With --calibration the ratios come from a frozen file \
            instead. With --fit the calibration of the whole population is written.

            With --panel, pairs are scored as whorl compare scores a suspect by the similarity of texts: against a panel of \
            that many lineages, on as many prompts as --probes says. Panels and prompts are drawn again and again; the mean and \
            the spread over the draws are shown. A case is one such draw.

            EXAMPLE
              whorl evaluate --population ~/alpaca_eval --format alpaca-eval --lineage lineage.json --probes 25,100
              whorl evaluate --population ~/alpaca_eval --format alpaca-eval --lineage lineage.json --probes 100 --panel 12
            """)

    @Option(help: "The folder or file of the answers, see whorl panel import.")
    var population: String

    @Option(help: "The layout: alpaca-eval or jsonl.")
    var format: AnswerFile.Format

    @Option(help: "The lineage file.")
    var lineage: String

    @Option(help: "A frozen calibration.")
    var calibration: String?

    @Option(help: ArgumentHelp("Smaller numbers of probes to score at as well.", valueName: "n,…"))
    var probes = ""

    @Option(help: ArgumentHelp("Write the calibration that the whole population gives.", valueName: "file"))
    var fit: String?

    @Option(help: ArgumentHelp("Score against panels of this many lineages.", valueName: "lineages"))
    var panel: Int?

    @Option(help: "With --panel: draws of panel and prompts.")
    var draws = 16

    @Option(help: "With --panel: unrelated pairs per draw, 0 for all.")
    var unrelated = 1000

    @Option(
        help: "With --panel: whose answers say which n-grams are rare, panel (as in a case) or population (all models)."
    )
    var rarity = PanelDraws.Rarity.panel

    @Option(help: "The seed of all draws.")
    var seed: UInt64 = 1

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.reportingErrors {
            let frozen = try calibration.map { try Calibration(json: FileBytes.read($0), file: $0) }
            let budgets = try probes.split(separator: ",").map { text in
                guard let count = Int(text), count > 0 else {
                    throw CommandError(.badInput, "--probes takes whole numbers above 0, not \(text)")
                }
                return count
            }
            let files = PopulationFiles(source: population, format: format, lineage: lineage)
            if let panel { return try draw(files, lineages: panel, budgets: budgets) }
            let read = try files.read(progress: output.progress("read"))
            output.note("scoring every pair")
            let measurement = try PopulationMeasurement(read.population, probeBudgets: budgets, seed: seed)
            output.note("resampling lineages")
            let report = try Evaluation.run(measurement, calibration: frozen, settings: .init(seed: seed))
            if let fit { try FileBytes.write(Calibration.fit(measurement).json(), to: fit, replacing: true) }
            try output.print(report, text: Self.text(report))
        }
    }

    private func draw(_ files: PopulationFiles, lineages: Int, budgets: [Int]) throws {
        guard budgets.count < 2, calibration == nil, fit == nil else {
            throw CommandError(
                .badInput, "--panel takes one number of --probes, and neither --calibration nor --fit")
        }
        guard draws > 0, unrelated >= 0 else {
            throw CommandError(.badInput, "--draws takes 1 or more, --unrelated 0 or more")
        }
        var settings = PanelDraws.Settings()
        if let probes = budgets.first { settings.probes = probes }
        settings.lineages = lineages
        settings.draws = draws
        settings.unrelatedPairs = unrelated == 0 ? nil : unrelated
        settings.rarity = rarity
        settings.seed = seed
        var texts: PanelDraws.Texts = [:]
        let read = try files.read(progress: output.progress("read")) { answers in
            texts[answers.model] = Dictionary(
                answers.answers.map { ($0.prompt, Array($0.output.utf8)) }, uniquingKeysWith: { first, _ in first })
        }
        let bar = output.progress("score")
        let report = try PanelDraws.measure(texts, record: read.population.record, settings: settings) {
            bar.update(done: $0, of: $1)
        }
        bar.finish()
        try output.print(report, text: Self.text(report))
    }

    private static func text(_ report: PanelDrawsReport) -> String {
        func shown(_ value: Double?) -> String { value.map { "\(($0 * 10_000).rounded() / 10_000)" } ?? "-" }
        func row(_ name: String, _ spread: PanelDrawsReport.Spread) -> [String] {
            [
                name, shown(spread.mean), shown(spread.standardError), shown(spread.deviation),
                "\(shown(spread.least)) to \(shown(spread.greatest))",
            ]
        }
        let first = report.draws.first
        return [
            "\(report.models.counted("model")) of \(report.lineages.counted("lineage")), "
                + "\(report.draws.count.counted("draw")) of \(report.probes) of "
                + "\(report.prompts.counted("prompt")) and a panel of \(report.panelLineages.counted("lineage")), rarity by "
                + "\(report.rarity.rawValue), seed \(report.seed)",
            "Per draw \((first?.related ?? 0).counted("pair")) of one model or its derivative, \(first?.unrelated ?? 0) without a documented "
                + "relation", "",
            TerminalTable(
                rows: [
                    ["figure", "mean", "standard error", "between draws", "range"], row("AUC", report.auc),
                    row("TPR at 1 % FPR", report.truePositiveRate),
                ]
            ).text,
        ].joined(separator: "\n")
    }

    private static func text(_ report: EvaluationReport) -> String {
        let order = ["same_model", "derivative", "lineage", "student"]
        func interval(_ figures: EvaluationReport.Figures, _ name: String, _ value: Double) -> String {
            guard let range = figures.intervals[name] else { return VerdictText.short(value) }
            return
                "\(VerdictText.short(value)) (\(VerdictText.short(range.lower)) to \(VerdictText.short(range.upper)))"
        }
        var lines = [
            "\(report.models.counted("model")) of \(report.lineages.counted("lineage")), "
                + "\(report.pairs.counted("pair")), \(report.probes.counted("probe")), "
                + "calibration \(report.calibration)", "",
        ]
        lines.append(
            TerminalTable(
                rows: [["hypothesis", "pairs", "against", "AUC", "TPR at 1 % FPR", "TPR at 0.1 %", "Cllr", "Cllr_min"]]
                    + order.compactMap { name in
                        report.hypotheses[name].map { figures in
                            [
                                name, "\(figures.pairs)", "\(figures.unrelatedPairs)",
                                interval(figures, "auc", figures.auc),
                                interval(figures, "tpr_at_fpr_01", figures.truePositiveRateAt1Percent),
                                interval(figures, "tpr_at_fpr_001", figures.truePositiveRateAt01Percent),
                                VerdictText.short(figures.cllr), VerdictText.short(figures.cllrMinimum),
                            ]
                        }
                    }
            ).text)
        return lines.joined(separator: "\n")
    }
}

extension PanelDraws.Rarity: ExpressibleByArgument {}
