import ArgumentParser
import Comparison
import Evidence
import Reporting

struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Score the suspects of a case and decide by the thresholds of its plan.",
        discussion: """
            Computes every score that the recorded answers allow, and says of each other one what it would need. The verdict \
            is the set of hypotheses that is not excluded, with likelihood ratios and their ceilings.

            Nothing is sent anywhere. The same case gives the same scores.

            EXAMPLE
              whorl compare acme-2026 --json
            """)

    @Argument(help: "The folder of the case.")
    var folder: String

    @Option(help: "One suspect. Default: all of the plan.")
    var suspect: String?

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let examined: ExaminedSuspects
        let results: [CaseResult]
    }

    func run() async throws {
        try await output.reportingErrors {
            let investigation = Investigation(path: folder)
            let answers = try await investigation.answers()
            let suspects = suspect.map { [$0] } ?? answers.plan.plan.suspects
            let progress = output.progress("compare")
            var results: [CaseResult] = []
            for (index, name) in suspects.enumerated() {
                progress.update(done: index, of: suspects.count)
                let result = try investigation.compare(name, answers: answers)
                try await investigation.record(result)
                results.append(result)
            }
            progress.finish()
            let examined = ExaminedSuspects(count: answers.plan.plan.suspects.count)
            try output.print(
                Result(examined: examined, results: results),
                text: results.map { VerdictText.render($0, examined: examined) }.joined(separator: "\n\n"))
        }
    }
}
