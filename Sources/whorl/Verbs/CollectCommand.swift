import Acquisition
import ArgumentParser
import Evidence
import ForensicTypes
import Foundation

struct CollectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Ask the endpoints of the sealed plan, and record every byte.",
        discussion: """
            Protected model, suspects and references are asked in one random order, so that drift hits all alike. Every \
            attempt is a record, failed ones too, and is acknowledged only after it is on the disk. Stop it when you like \
            (Ctrl-C, or kill): the same command goes on with what is missing.

            An endpoint that cannot be used (down, wrong key, untrusted certificate, nothing left in the account) is given \
            up, the others go on, and the exit code tells at the end: 4 or 5. Exit code 2 says that draws are still missing.

            With --json, every line is one JSON object with a key "event": "progress" at most once a second (done, total, \
            attempts, rate, seconds_left, errors, tokens, spent), "fault" for an endpoint that is given up, "checkpoint" for \
            each one signed (number, records, root, timestamps, problem), "summary" when the collection has ended, and \
            "error" last of all where there was one.

            With --key, the key that sealed the plan signs a checkpoint over all records every 100 records or 15 minutes and \
            at the end, into CASE/checkpoints; --timestamp has each stamped. They go into the bundles. Those that are stamped \
            show that no record under them was made or changed later.

            EXAMPLE
              whorl collect acme-2026
              whorl collect acme-2026 --key collector.pem --timestamp https://tsa.example/tsr --tsa-root tsa.pem
              whorl collect acme-2026 --minutes 90 --json | jq -c 'select(.event == "summary")'
            """)

    @Argument(help: "The folder of the case.")
    var folder: String

    @Option(help: ArgumentHelp("Send nothing more after this many minutes.", valueName: "number"))
    var minutes: Double?

    @Option(help: ArgumentHelp("The private key that sealed the plan; it signs checkpoints.", valueName: "file"))
    var key: String?

    @OptionGroup var timestamps: TimestampOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let minutes, !(minutes > 0 && minutes <= 525_600) {
            throw ValidationError("--minutes is a number above 0 and up to 525600")
        }
        if key == nil, !timestamps.timestamp.isEmpty {
            throw ValidationError("--timestamp stamps checkpoints, which need --key")
        }
    }

    func run() async throws {
        let lines = EventLines(visible: output.json)
        try await output.reportingErrors(on: lines) {
            let bar = output.progress("collect")
            let investigation = Investigation(path: folder)
            let deadline = minutes.map { $0 * 60 }
            let signer = try key.map { (key: try SigningKey.load(path: $0), authorities: try timestamps.authorities()) }
            let (summary, checkpoints) = try await Interruptible.run {
                try await investigation.collect(
                    deadline: deadline, signer: signer, checkpoints: { lines.write($0) },
                    events: { event in
                        bar.update(event)
                        lines.write(event)
                    })
            }
            bar.finish()
            if !output.json { print(Self.text(summary)) }
            if let checkpoints {
                output.note("\(checkpoints.made.counted("checkpoint")) signed")
                if let problem = checkpoints.problem {
                    StandardError.write("whorl: a checkpoint bears no time stamp: \(problem)\n")
                }
            }
            if summary.missing > 0 { throw ExitStatus.incomplete.code }
        }
    }

    private static func text(_ summary: CollectionSummary) -> String {
        var lines = [
            "\(summary.alreadyThere + summary.answered) of \(summary.wanted.counted("answer")) "
                + "(\(summary.answered) new, \(summary.attempts.counted("attempt")), \(Int(summary.seconds.rounded())) s)"
        ]
        if !summary.errors.isEmpty {
            lines.append(
                "failed attempts: "
                    + summary.errors.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
        }
        if summary.tokens > 0 {
            let money = summary.spent.sorted { $0.key < $1.key }.map { ", \($0.value) \($0.key)" }.joined()
            lines.append("used: \(summary.tokens.counted("token"))\(money)")
        }
        if !summary.exhausted.isEmpty {
            lines.append("the budget is used up: \(summary.exhausted.joined(separator: ", "))")
        }
        if summary.isPastDeadline { lines.append("the time is over") }
        if summary.unsupported > 0 {
            lines.append("\(summary.unsupported.counted("draw")) cannot be asked over the endpoint's protocol")
        }
        if summary.missing > summary.unsupported {
            let missing = "\(summary.missing.counted("draw")) \(summary.missing.agreeing("is", "are")) missing"
            lines.append("\(missing): run the command again")
        }
        return lines.joined(separator: "\n")
    }
}
