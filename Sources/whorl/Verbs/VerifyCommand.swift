import ArgumentParser
import Evidence
import ForensicTypes
import Reporting

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a bundle, without trusting whoever made it.",
        discussion: """
            Reads the bundle as a stream and extracts nothing. Each check passes, fails, or is not made and says why. The \
            key has to come from a source other than the bundle; without it the signature is not checked, and the exit code \
            says so.

            With --rederive every score and the verdict are computed again from the recorded bytes and compared with what was \
            signed.

            The bundle also carries verify.sh, which does the same with bash, openssl, jq, sha256sum, zstd and tar.

            EXIT CODES
              0   every mandatory check passed
              10 container   11 limits      20 canonical form   30 signature   31 certificate   32 timestamp
              40 digests     41 tree        42 parts            50 custody     60 plan          70 analysis   80 version

            EXAMPLE
              whorl verify acme.bundle.tar.zst --key collector.pem.pub
            """)

    @Argument(help: "The bundle.")
    var bundle: String

    @Option(help: "The signer's public key (PEM).")
    var key: String?

    @Option(help: "The digest of the uncompressed archive, as the report prints it.")
    var archive: String?

    @Flag(help: "Also repeat the analysis from the recorded bytes. Needs --key.")
    var rederive = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if rederive, key == nil {
            throw ValidationError("--rederive needs --key: nothing is derived from unverified bytes")
        }
    }

    private struct Result: Encodable {
        let exitCode: Int32
        let checks: [Check]
        let deviations: [String]
        let facts: BundleFacts?

        private enum CodingKeys: String, CodingKey {
            case checks, deviations, facts
            case exitCode = "exit_code"
        }
    }

    func run() async throws {
        try await output.reportingErrors {
            let expected = try archive.map { text in
                guard let digest = Digest(hex: text) else {
                    throw CommandError(.badInput, "--archive takes the 64 hexadecimal digits of a SHA-256 digest")
                }
                return digest
            }
            let pinned = try key.map { try VerificationKey.load(path: $0) }
            var report = try BundleVerifier.verify(path: bundle, pinned: pinned, expected: expected)
            if rederive, let pinned, report.exitCode == 0 { report.record(try Rederivation.check(bundle, key: pinned)) }
            try output.print(
                Result(
                    exitCode: report.exitCode, checks: report.checks, deviations: report.deviations, facts: report.facts
                ),
                text: Self.text(report))
            if report.exitCode != 0 { throw ExitCode(report.exitCode) }
        }
    }

    private static func text(_ report: VerificationReport) -> String {
        func word(_ outcome: Check.Outcome) -> String {
            switch outcome {
            case .passed: "passed"
            case .failed: "FAILED"
            case .notChecked: "not checked"
            }
        }
        let rows = report.checks.map { [$0.subject.rawValue, word($0.outcome), $0.detail] }
        let deviations = report.deviations.map { "deviation from the plan: \(VisibleText.terminal($0))" }
        return ([TerminalTable(rows: rows).text] + deviations).joined(separator: "\n")
    }
}
