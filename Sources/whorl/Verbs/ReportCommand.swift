import ArgumentParser
import Comparison
import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import Reporting

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the report about a suspect as one HTML page, and as a PDF.",
        discussion: """
            The first page says what was found, how sure, and what it does not mean. The page has no scripts and loads nothing. \
            If a bundle of the suspect lies in the case, it is verified first, and its digests, who signed it, who attests when, \
            what nobody attests, and every check stand in the report. Time stamps and certificates count only under roots that \
            you give.

            --pdf prints the page with weasyprint or a headless Chromium, whichever is installed. Nothing else needs them.

            Error rates come from the panel of the case, and from an evaluation on models of known lineage where one is given: \
            the file that whorl evaluate --json prints.

            EXAMPLE
              whorl report acme-2026 --suspect acme --pdf
            """)

    @Argument(help: "The folder of the case.")
    var folder: String

    @Option(help: "The suspect.")
    var suspect: String

    @Option(name: .shortAndLong, help: "The file to write. Default: CASE/reports/SUSPECT.html")
    var out: String?

    @Flag(help: "Write a PDF beside the page as well.")
    var pdf = false

    @Option(help: ArgumentHelp("What whorl evaluate --json printed about the method.", valueName: "file"))
    var evaluation: String?

    @Option(help: "How many probes to show side by side.")
    var examples = 6

    @Flag(help: "Keep the prompts of the shown probes secret. Their digests stand in their place.")
    var withholdPrompts = false

    @Option(help: ArgumentHelp("The root of the signer's certificates (PEM).", valueName: "file"))
    var root: [String] = []

    @Option(help: ArgumentHelp("The root of a time-stamp authority (PEM); one for each authority.", valueName: "file"))
    var tsaRoot: [String] = []

    @Option(help: ArgumentHelp("The public key of the second person who signed (PEM).", valueName: "file"))
    var reviewer: String?

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let file: String
        let bytes: Int
        let sha256: Digest
        let pdf: String?
        let report: ReportSummary
    }

    func validate() throws {
        guard (0...100).contains(examples) else { throw ValidationError("--examples takes 0 to 100") }
    }

    func run() async throws {
        try await output.reportingErrors {
            let renderers = pdf ? try PDFRenderer.installed() : []
            let investigation = Investigation(path: folder)
            let bundle = try bundle(of: investigation)
            var choices = Investigation.ReportChoices(withholdsPrompts: withholdPrompts, examples: examples)
            choices.evaluation = try evaluation.map(Self.read)
            choices.sealedResult = bundle?.result
            let content = try await investigation.report(on: suspect, bundle: bundle?.report, choices: choices)
            let page = Array(HTMLReport(content).render().utf8)
            let file = out ?? investigation.reportFile(suspect)
            if out == nil { try FileBytes.makeFolder(folder + "/reports") }
            try FileBytes.write(page, to: file, replacing: true)
            let printed = pdf ? (file.hasSuffix(".html") ? String(file.dropLast(5)) : file) + ".pdf" : nil
            if let printed { try PDFRenderer.render(file, to: printed, with: renderers) }
            let summary = ReportSummary(content)
            try output.print(
                Result(
                    file: file, bytes: page.count, sha256: SHA256Digest.of(page), pdf: printed, report: summary),
                text: summary.text + "\n\nWrote \(([file] + [printed].compactMap(\.self)).joined(separator: " and "))")
        }
    }

    /// What the verifier found in the bundle of the case, and the result in it; nil without a bundle.
    // Never inlined: the optimiser of Swift 6.3.1 makes invalid code of these typed errors in an async closure.
    @inline(never)
    private func bundle(of investigation: Investigation) throws -> (report: VerificationReport, result: [UInt8]?)? {
        let path = investigation.bundleFile(suspect)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let trust = try trust(investigation)
        let report = try BundleVerifier.verify(path: path, trust: trust)
        return (report, report.exitCode == 0 ? try Investigation.sealedResult(in: path, trust: trust) : nil)
    }

    private func trust(_ investigation: Investigation) throws -> VerificationTrust {
        VerificationTrust(
            key: try VerificationKey.load(path: investigation.publicKeyFile),
            roots: try root.flatMap { try X509Certificate.load(path: $0) },
            timestampRoots: try tsaRoot.flatMap { try X509Certificate.load(path: $0) },
            reviewer: try reviewer.map { try VerificationKey.load(path: $0) })
    }

    private static func read(_ path: String) throws -> EvaluationReport {
        do {
            return try JSONDecoder().decode(EvaluationReport.self, from: Data(FileBytes.read(path)))
        } catch let error as CommandError {
            throw error
        } catch {
            throw CommandError(.badInput, "\(path) is not what whorl evaluate --json prints")
        }
    }
}
