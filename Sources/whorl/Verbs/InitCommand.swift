import ArgumentParser
import CaseStore

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make the folder of a new case.",
        discussion: """
            A case is one investigation: the append-only spool of everything that was asked and answered, the custody \
            log, the sealed plan, the results. Keep it on a disk that you back up.

            EXAMPLE
              whorl init acme-2026
            """)

    @Argument(help: "The folder. It must not exist yet, or be empty.")
    var folder: String

    @Option(help: "The name of the case, for people. Default: the folder's name.")
    var name: String?

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let folder: String
        let name: String
    }

    func run() async throws {
        try await output.reportingErrors {
            let title = name ?? String(folder.split(separator: "/").last ?? "case")
            let investigation = try await Investigation.create(at: folder, name: title)
            try output.print(
                Result(folder: investigation.path, name: title),
                text: """
                    Made the case "\(title)" in \(folder).
                    Next: describe the endpoints (whorl endpoint check --help) and build a probe set (whorl probes build --help).
                    """)
        }
    }
}
