import ArgumentParser
import ForensicTypes
import ProbeGeneration
import Reporting

struct ProbesStealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stealth",
        abstract: "Report what simple filters in front of a model would flag in a probe set.",
        discussion: """
            Two filters look at every probe: one finds text that a model of ordinary letters is surprised by, the other text that \
            begins or ends as another probe does. Both are set by the texts that the program carries, so that they flag the share \
            --level of ordinary sentences. It needs no network.

            Real filters know more. A set that passes here may still be noticed.

            EXAMPLE
              whorl probes stealth probes.json
            """)

    @Argument(help: "A sealed probe set.")
    var set: String

    @Option(help: "The share of ordinary sentences that each filter flags.")
    var level = 0.05

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.reportingErrors {
            let sealed = try ProbeFile.probeSet(set)
            let library = try ProbeLibrary.shipped()
            let detectors = try TrafficDetectors(library.corpora, level: level)
            let report = StealthReport(sealed.probeSet.probes, detectors: detectors)
            try output.print(report, text: Self.text(report, library: library))
        }
    }

    private static func text(_ report: StealthReport, library: ProbeLibrary) -> String {
        func row(_ name: String, _ grade: String, _ counts: StealthReport.Counts) -> [String] {
            [
                name, grade, "\(counts.probes)", "\(counts.perplexity)", "\(counts.template)", "\(counts.either)",
                "\(Int((100 * counts.share).rounded())) %",
            ]
        }
        let grades = Dictionary(uniqueKeysWithValues: library.families.map { ($0.id, $0.stealth.rawValue) })
        let families = report.families.sorted { $0.key < $1.key }
        return [
            "Each filter flags \(VerdictText.short(100 * report.level)) % of \(report.ordinaryTexts) ordinary sentences",
            "",
            TerminalTable(
                rows: [["family", "states", "probes", "perplexity", "template", "either", "share"]]
                    + families.map { row($0.key, grades[$0.key] ?? "unknown", $0.value) }
                    + [row("all", "", report.all)]
            ).text,
        ].joined(separator: "\n")
    }
}
