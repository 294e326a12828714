import Acquisition
import ArgumentParser
import Foundation

struct CollectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Ask the endpoints of the sealed plan, and record every byte.",
        discussion: """
            Protected model, suspects and references are asked in one random order, so that drift hits all alike. Every \
            attempt is a record, failed ones too, and is acknowledged only after it is on the disk. Stop it when you like \
            (Ctrl-C, or kill): the same command goes on with what is missing.

            Exit code 2 says that draws are still missing.

            EXAMPLE
              whorl collect acme-2026
            """)

    @Argument(help: "The folder of the case.")
    var folder: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.reportingErrors {
            let bar = output.progress("collect")
            let investigation = Investigation(path: folder)
            let summary = try await Interruptible.run { try await investigation.collect { bar.update($0) } }
            bar.finish()
            try output.print(summary, text: Self.text(summary))
            if summary.missing > 0 { throw ExitStatus.incomplete.code }
        }
    }

    private static func text(_ summary: CollectionSummary) -> String {
        var lines = [
            "\(summary.alreadyThere + summary.answered) of \(summary.wanted) answers "
                + "(\(summary.answered) new, \(summary.attempts) attempts, \(Int(summary.seconds.rounded())) s)"
        ]
        if !summary.errors.isEmpty {
            lines.append(
                "failed attempts: "
                    + summary.errors.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
        }
        if summary.unsupported > 0 {
            lines.append("\(summary.unsupported) draws cannot be asked over the endpoint's protocol")
        }
        if summary.missing > summary.unsupported {
            lines.append("\(summary.missing) draws are missing: run the command again")
        }
        return lines.joined(separator: "\n")
    }
}
