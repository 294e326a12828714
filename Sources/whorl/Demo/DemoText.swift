import ForensicTypes
import Reporting

/// The table of a demonstration. The truth stands at its end only.
enum DemoText {
    static func render(_ report: DemoReport) -> String {
        var lines = [
            "\(report.probes.counted("probe")), \(report.records.counted("record")), panel of "
                + "\(report.panelLineages.count.counted("lineage")): "
                + report.panelLineages.joined(separator: ", "), "",
        ]
        lines.append(
            TerminalTable(
                rows: [["suspect", "not excluded", "LR common origin : independent", "ceiling", "bundle"]]
                    + report.suspects.map { suspect in
                        [
                            suspect.name, suspect.hypotheses.map(\.rawValue).joined(separator: ", "),
                            suspect.likelihoodRatio.map(VerdictText.short) ?? "none",
                            suspect.ceiling.map(VerdictText.short) ?? "none",
                            suspect.verified == 0 ? "verified" : "NOT verified (\(suspect.verified))",
                        ]
                    }
            ).text)
        lines += ["", "What would strengthen it"]
        for suspect in report.suspects {
            lines += suspect.strengthen.prefix(2).map { "  \(suspect.name): \($0)" }
        }
        lines += [
            "",
            "The zoo has few lineages, so the ceilings are low: a ratio never exceeds the number of lineages it argues "
                + "against. An honest weak statement is the most that this panel can support.",
            "", "The truth, which nothing above has read",
        ]
        lines.append(
            TerminalTable(
                rows: report.suspects.compactMap(\.truth).map {
                    ["  " + $0.name, $0.relation, "\($0.model), \($0.how)"]
                }
            ).text)
        lines += ["", "Stages"]
        lines.append(TerminalTable(rows: report.stages.map { ["  " + $0.name, "\($0.seconds) s"] }).text)
        lines += [
            "  in all \(report.seconds) s, peak memory \(report.peakMemoryMegabytes) MB", "",
            "Case, bundles and reports are in \(report.folder). Look at \(report.suspects.first?.report ?? "the reports").",
        ]
        return lines.joined(separator: "\n")
    }
}
