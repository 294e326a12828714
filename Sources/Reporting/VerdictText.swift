public import Comparison

/// A verdict as text for a terminal.
public enum VerdictText {
    /// The heading, the sentences, the scores, and what would strengthen the verdict. Ends without a line feed.
    public static func render(_ result: CaseResult, examined: ExaminedSuspects) -> String {
        let verdict = result.verdict
        var lines = ["\(verdict.suspect) against \(verdict.protected): \(HTMLReport.heading(verdict))", ""]
        lines += (verdict.sentences + examined.sentences(about: verdict)).map { "  " + $0 }
        lines += ["", "Scores of the suspect"]
        lines += TerminalTable(
            rows: [["  comparator", "score", "error", "probes", "remark"]]
                + result.suspect.scores.map { score in
                    [
                        "  " + score.comparator.rawValue, score.value.map(short) ?? "–",
                        score.standardError.map(short) ?? "–", String(score.usableProbes),
                        score.reasons.first?.text ?? "",
                    ]
                }
        ).text.split(separator: "\n").map(String.init)
        if !verdict.whatWouldStrengthen.isEmpty {
            lines += ["", "What would strengthen it"] + verdict.whatWouldStrengthen.map { "  - " + $0.text }
        }
        return lines.map(VisibleText.terminal).joined(separator: "\n")
    }

    /// Three significant digits, enough for reading.
    public static func short(_ value: Double) -> String {
        guard value != 0, value.isFinite else { return "0" }
        let magnitude = value.magnitude
        var scale = 1.0
        while magnitude * scale < 100, scale < 1e12 { scale *= 10 }
        let text = ((value * scale).rounded() / scale).roundedToSixDigits.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
