import Acquisition
import ArgumentParser
import Comparison
import ForensicTypes
import ProbeGeneration
import Reporting

struct ProbesCurveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "curve",
        abstract: "Show what choosing probes buys, on models of known lineage.",
        discussion: """
            Divides the lineages of a population at random, again and again. One half chooses among the prompts by each rule \
            of selection, the other half tests: the true positive rate at a false positive rate of 1 %, by the lineage score \
            of whorl evaluate. The testing half is scored with nothing of the choosing half. Random prompts are tested beside \
            them. Intervals are 95 %, by resampling lineages.

            A power is that of these models and prompts. It is not the power of a probe set in a case.

            With --endpoint, live models are asked instead: three lineages or more, one of them with two models. They are too \
            few for rates of false positives, so the curve says how often a relative that selection has not seen is found \
            before the models of a lineage that it has not seen. Intervals are over candidates, not over lineages. Answers are kept in --workspace, so that a run that was cut \
            off goes on.

            EXAMPLE
              whorl probes curve --population ~/alpaca_eval --format alpaca-eval --lineage lineage.json
              whorl probes curve --endpoint a.toml --endpoint a-q8.toml --endpoint b.toml --endpoint c.toml \\
                --family continuation --workspace answers
            """)

    @Option(help: "The folder or file of the answers, see whorl panel import.")
    var population: String?

    @Option(help: "The layout: alpaca-eval or jsonl.")
    var format: AnswerFile.Format?

    @Option(help: "The lineage file.")
    var lineage: String?

    @Option(help: ArgumentHelp("An endpoint file of a live model with its lineage.", valueName: "file"))
    var endpoint: [String] = []

    @Option(help: ArgumentHelp("A probe family to ask live models; give one for each.", valueName: "name"))
    var family: [String] = ["continuation"]

    @Option(help: "Candidates of each family for live models.")
    var candidates = 40

    @Option(help: "The folder of the live models' answers.")
    var workspace: String?

    @Option(help: ArgumentHelp("Numbers of prompts to test at.", valueName: "n,…"))
    var sizes = "5,10,20,25,40,50,80,100,200"

    @Option(help: "Divisions of the lineages.")
    var divisions = 40

    @Option(help: "Draws of lineages for the intervals.")
    var draws = 500

    @Option(help: "The seed of all draws.")
    var seed: UInt64 = 1

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.reportingErrors {
            guard endpoint.isEmpty else { return try await live() }
            guard let population, let format, let lineage else {
                throw CommandError(
                    .badInput, "give --population, --format and --lineage, or --endpoint and --workspace")
            }
            try recorded(PopulationFiles(source: population, format: format, lineage: lineage))
        }
    }

    private func recorded(_ files: PopulationFiles) throws {
        var settings = SelectionCurve.Settings()
        settings.sizes = try sizes.split(separator: ",").map { text in
            guard let count = Int(text), count > 0 else {
                throw CommandError(.badInput, "--sizes takes whole numbers above 0, not \(text)")
            }
            return count
        }
        guard divisions > 0, draws >= 100 else {
            throw CommandError(.badInput, "--divisions takes 1 or more, --draws 100 or more")
        }
        settings.divisions = divisions
        settings.draws = draws
        settings.seed = seed
        var texts: SelectionCurve.Texts = [:]
        let read = try files.read(progress: output.progress("read")) { answers in
            texts[answers.model] = Dictionary(
                answers.answers.map { ($0.prompt, Array($0.output.utf8)) }, uniquingKeysWith: { first, _ in first })
        }
        let bars = ["choose": output.progress("choose"), "test": output.progress("test")]
        let report = try SelectionCurve.measure(read.population, texts: texts, settings: settings) {
            bars[$0]?.update(done: $1, of: $2)
            if $1 == $2 { bars[$0]?.finish() }
        }
        try output.print(report, text: Self.text(report))
    }

    private func live() async throws {
        guard let workspace, candidates >= 4 else {
            throw CommandError(.badInput, "live models need --workspace, and 4 candidates or more")
        }
        let endpoints = try endpoint.map { try EndpointSource(path: $0).configuration }
        for identity in endpoints.map(\.identity) where identity.role == .suspect || identity.lineage == nil {
            throw CommandError(
                .badInput,
                "\(identity.name) \(identity.role == .suspect ? "is a suspect, which is asked nothing" : "states no lineage")"
            )
        }
        let instances = try ProbeGenerator(library: .shipped(), seed: seed).candidates(
            count: candidates, families: family)
        let bar = output.progress("ask")
        let answers = try await ProbeSetBuilder.answers(
            to: instances.map(\.identified), from: endpoints, workspace: workspace, name: "curve", seed: seed
        ) { bar.update($0) }
        bar.finish()
        let report = try ArrangementCurve(candidates: instances, answers: answers, seed: seed).measure()
        try output.print(report, text: Self.text(report))
    }

    private static func text(_ report: ArrangementCurve.Report) -> String {
        func span(_ ends: [Double]) -> String { ends.map { VerdictText.short($0) }.joined(separator: " to ") }
        func span(_ interval: EvaluationReport.Interval?) -> String {
            interval.map { span([$0.lower, $0.upper]) } ?? "none"
        }
        return [
            "\(report.models.counted("model")) of \(report.lineages.count.counted("lineage")), "
                + "\(report.candidates.counted("candidate")), "
                + "\(report.arrangements) arrangements of lineages",
            "How often a relative is found before every stranger; 95 % over candidates; least to greatest arrangement",
            "",
            TerminalTable(
                rows: [["probes", "chosen", "95 %", "range", "random", "95 %", "range", "difference, 95 %"]]
                    + report.curve.map {
                        [
                            "\($0.probes)", VerdictText.short($0.chosen), span($0.chosenInterval), span($0.chosenRange),
                            VerdictText.short($0.random), span($0.randomInterval), span($0.randomRange),
                            span($0.differenceInterval),
                        ]
                    }
            ).text,
        ].joined(separator: "\n")
    }

    private static func text(_ report: SelectionCurveReport) -> String {
        func shown(_ value: Double, _ interval: EvaluationReport.Interval?) -> String {
            let range = interval.map { " (\(VerdictText.short($0.lower)) to \(VerdictText.short($0.upper)))" } ?? ""
            return VerdictText.short(value) + range
        }
        let most = report.curve.map(\.prompts).max() ?? 0
        func count(_ value: Double?) -> String { value.map { VerdictText.short($0.rounded()) } ?? "over \(most)" }
        return [
            "\(report.models) models of \(report.lineages) lineages, \(report.prompts) prompts, \(report.divisions) divisions",
            "",
            TerminalTable(
                rows: [["prompts", "chosen by", "TPR at 1 % FPR"]]
                    + report.curve.map { ["\($0.prompts)", $0.rule, shown($0.power, $0.interval)] }
            ).text, "",
            TerminalTable(
                rows: [["rule", "chosen", "random", "difference of TPR", "random prompts for the same TPR"]]
                    + report.savings.map {
                        [
                            $0.rule, "\($0.chosen)", "\($0.random)", shown($0.difference, $0.interval),
                            "\(count($0.equivalent.prompts)) (\(count($0.equivalent.lower)) to \(count($0.equivalent.upper)))",
                        ]
                    }
            ).text,
        ].joined(separator: "\n")
    }
}
