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
            key, or the root of its certificates, has to come from a source other than the bundle; without it the signature is \
            not checked, and the exit code says so. The same holds for the roots of time-stamp authorities: nothing in a \
            bundle is a reason to trust it.

            With --web-root the certificates that the servers presented are led to that root once more. Without it is checked that \
            they name their hosts and were valid when the exchanges began; who issued them is left open.

            Departures from the plan, and facts that a reader has to weigh, are listed below the checks. Handovers and later \
            time stamps are read from the folder after/ beside the bundle.

            A time stamp counts at the time that it states. Once the certificates of its authority have ended, it is reported \
            as "valid as of" that time, "not renewed", unless a later token beside the bundle carries it. --at asks how the bundle \
            stands at another time than that of this machine's clock; the answer says so.

            With --since a checkpoint of the case, or a bundle of it, that somebody kept elsewhere is held against this one. A store \
            that was put back to an older copy lacks what they cover, or has something else in its place.

            With --rederive every score and the verdict are computed again from the recorded bytes and compared with what was \
            signed. The answers of a calibration's population are no part of a bundle: with --population the calibration is \
            fitted to them again and compared as well.

            The bundle also carries verify.sh, which checks signatures, stamps, digests, tree, parts, custody and plan with bash, \
            openssl, jq, xxd, sha256sum, zstd and tar. The page "Verifying by hand" says what it leaves out.

            EXIT CODES
              0   every mandatory check passed
              10 container   11 limits   20 canonical form   30 signature, reviewer   31 certificate, server identity
              32 timestamp, plan stamp, renewal   40 digests, connections   41 tree, checkpoints   42 parts
              50 custody, history, handover   60 plan, register   70 analysis   80 version

            EXAMPLE
              whorl verify acme.bundle.tar.zst --key collector.pem.pub
              whorl verify acme.bundle.tar.zst --root root.pem.crt --tsa-root authority.pem
            """)

    @Argument(help: "The bundle.")
    var bundle: String

    @OptionGroup var pinned: TrustOptions

    @Option(help: ArgumentHelp("The public key of the second person who signed (PEM).", valueName: "file"))
    var reviewer: String?

    @Option(
        help: ArgumentHelp(
            "A root of the authorities that certify web servers (PEM); may be repeated.", valueName: "file"))
    var webRoot: [String] = []

    @Option(help: ArgumentHelp("The owner's register of plans, newer than the bundle's.", valueName: "file"))
    var register: String?

    @Option(
        help: ArgumentHelp(
            "A checkpoint (.note) or another bundle that was kept elsewhere: is the bundle of one history with it?",
            valueName: "file"))
    var since: [String] = []

    @Option(help: "The digest of the uncompressed archive, as the report prints it.")
    var archive: String?

    @Option(
        help: ArgumentHelp(
            "Verify as if the clock stood at this time, for example 2040-01-01T00:00:00Z. Default: the machine's clock.",
            valueName: "time"))
    var at: String?

    @Flag(help: "Also repeat the analysis from the recorded bytes. Needs --key or --root.")
    var rederive = false

    @OptionGroup var calibrated: PopulationOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if rederive, pinned.key == nil, pinned.root.isEmpty {
            throw ValidationError("--rederive needs --key or --root: nothing is derived from unverified bytes")
        }
        if calibrated.population != nil, !rederive { throw ValidationError("--population needs --rederive") }
    }

    private struct Result: Encodable {
        let exitCode: Int32
        let checks: [Check]
        let attestations: Attestations
        let deviations: [String]
        let findings: [String]
        let facts: BundleFacts?

        private enum CodingKeys: String, CodingKey {
            case checks, attestations, deviations, findings, facts
            case exitCode = "exit_code"
        }
    }

    func run() async throws {
        try await output.reportingErrors {
            let report = try checked()
            try output.print(
                Result(
                    exitCode: report.exitCode, checks: report.checks, attestations: report.attestations,
                    deviations: report.deviations, findings: report.findings, facts: report.facts),
                text: Self.text(report))
            if report.exitCode != 0 { throw ExitCode(report.exitCode) }
        }
    }

    // Apart and never inlined: the optimiser of Swift 6.3.1 makes invalid code of these typed errors in an async closure.
    @inline(never)
    private func checked() throws -> VerificationReport {
        let expected = try archive.map { text in
            guard let digest = Digest(hex: text) else {
                throw CommandError(.badInput, "--archive takes the 64 hexadecimal digits of a SHA-256 digest")
            }
            return digest
        }
        let time = try at.map { text in
            guard let time = UniversalTime.nanoseconds(text) else {
                throw CommandError(.badInput, "--at takes a time such as 2040-01-01T00:00:00Z")
            }
            return time
        }
        var trust = try pinned.trust(now: time)
        trust.reviewer = try reviewer.map { try VerificationKey.load(path: $0) }
        trust.webRoots = try webRoot.flatMap { try X509Certificate.load(path: $0) }
        trust.kept = try since.map { try KeptHead(path: $0) }
        trust.register = try register.map { path in
            do {
                return try PlanRegister(bytes: FileBytes.read(path))
            } catch let error as EvidenceError {
                throw EvidenceError(error.code, "\(path): \(error.message)")
            }
        }
        var report = try BundleVerifier.verify(path: bundle, trust: trust, expected: expected)
        if rederive {
            guard report.exitCode == 0 else {
                let reason = "the analysis was not repeated, because another check failed or was not made"
                report.record(Check(.analysis, .notChecked, reason))
                return report
            }
            report.record(
                try Rederivation.check(
                    bundle, trust: trust, population: calibrated.files, progress: output.progress("read")))
        }
        return report
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
        let findings = report.findings.map { "to be weighed: \(VisibleText.terminal($0))" }
        let clock =
            report.attestations.clockIsStated
            ? ["verified as if the clock stood at \(report.attestations.clock), which --at states"] : []
        return (clock + [TerminalTable(rows: rows).text] + deviations + findings).joined(separator: "\n")
    }
}
