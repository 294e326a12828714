import ArgumentParser
import Evidence
import Foundation

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the report about a suspect as one HTML page.",
        discussion: """
            The page has no scripts and loads nothing. Print it from a browser to get a PDF. If a bundle of the suspect lies \
            in the case, its digests stand in the report.

            EXAMPLE
              whorl report acme-2026 --suspect acme
            """)

    @Argument(help: "The folder of the case.")
    var folder: String

    @Option(help: "The suspect.")
    var suspect: String

    @Option(name: .shortAndLong, help: "The file to write. Default: CASE/reports/SUSPECT.html")
    var out: String?

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let file: String
        let bytes: Int
    }

    func run() async throws {
        try await output.reportingErrors {
            let investigation = Investigation(path: folder)
            let bundle = investigation.bundleFile(suspect)
            let facts =
                FileManager.default.fileExists(atPath: bundle)
                ? try BundleVerifier.verify(path: bundle, pinned: .load(path: investigation.publicKeyFile)).facts : nil
            let page = Array(try await investigation.report(on: suspect, bundle: facts).utf8)
            let file = out ?? investigation.reportFile(suspect)
            if out == nil { try FileBytes.makeFolder(folder + "/reports") }
            try FileBytes.write(page, to: file, replacing: true)
            try output.print(Result(file: file, bytes: page.count), text: "Wrote \(file)")
        }
    }
}
