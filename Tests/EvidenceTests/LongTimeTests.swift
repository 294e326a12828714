import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// Bundles read long after they were sealed, when the certificates of the time-stamp authorities have ended.
@Suite("Long time", .enabled(if: ExternalTool.areAvailable("openssl", "python3"), "openssl or python3 is missing"))
struct LongTimeTests {
    /// A bundle whose authority ends after a year, and authorities that live longer.
    private struct Scene {
        let attested: AttestedCase
        let archive: Digest
        /// Ends in 2031, if this is 2026.
        let middle: LocalAuthority
        /// Lives a hundred years.
        let late: LocalAuthority

        init() async throws {
            attested = try AttestedCase(authorities: 1)
            archive = try await attested.write("acme.bundle.tar").archive
            var life = LocalAuthority.Mistakes()
            life.life.days = 5 * 365
            middle = try LocalAuthority(in: attested.workspace, name: "middle", mistakes: life)
            life.life.days = 36_500
            life.rootDays = 36_500
            late = try LocalAuthority(in: attested.workspace, name: "late", mistakes: life)
        }

        var bundle: String { attested.workspace.path("acme.bundle.tar") }
        var beside: ArchiveStamps { get throws { try ArchiveStamps(beside: bundle, archive: archive) } }

        func file(_ name: String) -> URL {
            URL(filePath: HandoverChain.folder(beside: bundle)).appending(path: name)
        }

        /// Stamps what lies there, by this machine's clock or at a time.
        func renew(_ authority: LocalAuthority, at time: String? = nil) throws {
            let query = TimestampQuery(imprint: try beside.nextImprint())
            let answer = try TimestampToken.stored(answer: try authority.answer(query.der, at: time))
            _ = try beside.save([StoredTimestamp(authority: authority.name, query: query.der, response: answer)])
        }

        /// How the three verifiers find it at a time, by the time that they are told.
        func verify(_ time: String = "2040-01-01T00:00:00Z") throws -> Findings {
            let roots = try [attested.authorities[0], middle, late].flatMap { try $0.root }
            let date = try Date(time, strategy: .iso8601)
            let trust = VerificationTrust(
                roots: attested.trust.roots, timestampRoots: roots, reviewer: attested.trust.reviewer,
                now: Int64(date.timeIntervalSince1970) * 1_000_000_000)
            let (script, python) = try strangers([time], roots: roots)
            return Findings(
                report: try BundleVerifier.verify(path: bundle, trust: trust), script: script, python: python)
        }

        /// The same of the two that need no build, with the clock of their process moved.
        func strangers(_ time: [String], roots: [X509Certificate], clock: String? = nil) throws -> (
            script: ExternalTool.Outcome, python: ExternalTool.Outcome
        ) {
            let workspace = attested.workspace
            try workspace.write(TapeArchive(try workspace.read("acme.bundle.tar"))["data/verify.sh"], to: "verify.sh")
            try workspace.write(Array(attested.issuer.root.pem.utf8), to: "root.crt")
            try workspace.write(roots.flatMap { Array($0.pem.utf8) }, to: "tsa.pem")
            try workspace.write(Array(attested.reviewer.verificationKey.pem.utf8), to: "reviewer.pem")
            let arguments =
                [
                    bundle, workspace.path("root.crt"), "-", workspace.path("tsa.pem"), workspace.path("reviewer.pem"),
                ] + time
            func run(_ program: String, _ arguments: [String]) throws -> ExternalTool.Outcome {
                let tool = try #require(ExternalTool(program))
                guard let clock else { return try tool.run(arguments) }
                return try #require(ExternalTool("faketime")).run([clock, tool.path] + arguments)
            }
            return (
                try run("bash", [workspace.path("verify.sh")] + arguments),
                try run("python3", ["-B", LongTimeTests.python] + arguments)
            )
        }
    }

    /// What three verifiers say.
    private struct Findings {
        let report: VerificationReport
        let script: ExternalTool.Outcome
        let python: ExternalTool.Outcome

        var codes: [Int32] { [report.exitCode, script.status, python.status] }
        /// What is said of stamps whose certificates have ended.
        var words: [String] {
            [report[.renewal]?.detail ?? "", text(script), text(python)]
        }
        func text(_ outcome: ExternalTool.Outcome) -> String {
            String(decoding: outcome.output, as: UTF8.self) + outcome.errors
        }
    }

    private static let python = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Tools/verify/verify_bundle.py").standardizedFileURL.path

    @Test("In 2040 the stamps are valid as of their time and not renewed, say all three verifiers")
    func notRenewed() async throws {
        let scene = try await Scene()
        let now = try scene.verify(Date().formatted(.iso8601))
        #expect(now.codes == [0, 0, 0], "\(now.words)")
        #expect(!now.words.contains { $0.contains("not renewed") })
        #expect(now.report[.timestamp]?.outcome == .passed)
        let later = try scene.verify()
        #expect(later.codes == [0, 0, 0], "\(later.words)")
        for words in later.words { #expect(words.contains("valid as of 20") && words.contains("not renewed")) }
        #expect(later.report[.timestamp]?.outcome == .passed && later.report[.renewal]?.outcome == .notChecked)
        #expect(later.report.findings.contains { $0.contains("not renewed") })
        #expect(later.report.attestations.clock == "2040-01-01T00:00:00Z" && later.report.attestations.clockIsStated)
        #expect(later.text(later.script).contains("2040-01-01T00:00:00Z, as was asked"))
    }

    @Test("A token over the archive, made while the certificates lived, carries the stamps inside")
    func renewed() async throws {
        let scene = try await Scene()
        try scene.renew(scene.late)
        let later = try scene.verify()
        #expect(later.codes == [0, 0, 0], "\(later.words)")
        for words in later.words { #expect(words.contains("carry") && !words.contains("not renewed"), "\(words)") }
        #expect(later.report[.renewal]?.outcome == .passed)
        #expect(!later.report.findings.contains { $0.contains("not renewed") })
        #expect(later.report.attestations.stamps.last?.object == "bundle.tar")
        // Nothing in the folder counts that does not belong to the bundle.
        let whole = try Data(contentsOf: scene.file("archive-late.tsr"))
        var changed = whole
        changed[changed.count - 1] ^= 1
        try changed.write(to: scene.file("archive-late.tsr"))
        #expect(try scene.verify().codes == [32, 32, 32])
    }

    @Test("A renewal that has ended itself is renewed by a token over the list of all before it")
    func renewedTwice() async throws {
        let scene = try await Scene()
        try scene.renew(scene.middle)
        let once = try scene.verify()
        #expect(once.codes == [0, 0, 0] && once.words.allSatisfy { $0.contains("not renewed") }, "\(once.words)")
        #expect(try scene.verify("2030-01-01T00:00:00Z").words.allSatisfy { $0.contains("carry") })
        try scene.renew(scene.late)
        let twice = try scene.verify()
        #expect(twice.codes == [0, 0, 0], "\(twice.words)")
        for words in twice.words { #expect(words.contains("carry"), "\(words)") }
        let list = try String(contentsOf: scene.file("0002.renewal"), encoding: .utf8)
        #expect(list.hasPrefix("\(scene.archive.hex)  bundle.tar\n") && list.contains("archive-middle.tsr\n"))
        // Whoever takes an earlier token away, adds one or changes the list is found out.
        let kept = try Data(contentsOf: scene.file("archive-middle.tsr"))
        try FileManager.default.removeItem(at: scene.file("archive-middle.tsr"))
        #expect(try scene.verify().codes == [32, 32, 32])
        try kept.write(to: scene.file("archive-middle.tsr"))
        for end in ["tsq", "tsr"] {
            try FileManager.default.copyItem(
                at: scene.file("archive-middle.\(end)"), to: scene.file("archive-other.\(end)"))
        }
        #expect(try scene.verify().codes == [32, 32, 32])
        for end in ["tsq", "tsr"] { try FileManager.default.removeItem(at: scene.file("archive-other.\(end)")) }
        #expect(try scene.verify().codes == [0, 0, 0])
        try Data((list + "\n").utf8).write(to: scene.file("0002.renewal"))
        #expect(try scene.verify().codes == [32, 32, 32])
        try FileManager.default.removeItem(at: scene.file("0002.renewal"))
        #expect(try scene.verify().codes == [32, 32, 32])
    }

    @Test(
        "With the real clock moved: a renewal in time carries, one that came too late does not",
        .enabled(if: ExternalTool.areAvailable("faketime"), "faketime is missing"))
    func movedClock() async throws {
        let scene = try await Scene()
        let roots = try [scene.attested.authorities[0], scene.late].flatMap { try $0.root }
        func words(_ clock: String) throws -> [String] {
            let (script, python) = try scene.strangers([], roots: roots, clock: clock)
            #expect(script.status == 0 && python.status == 0, "\(script) \(python)")
            return [script, python].map { String(decoding: $0.output, as: UTF8.self) }
        }
        #expect(try words("2040-01-01 00:00:00").allSatisfy { $0.contains("not renewed") })
        // 2033 is after the end of the first authority, so nobody knows by then whether its tokens are old.
        try scene.renew(scene.late, at: "2033-01-01 00:00:00")
        #expect(try words("2040-01-01 00:00:00").allSatisfy { $0.contains("not renewed") })
        #expect(try scene.verify().words.allSatisfy { $0.contains("not renewed") })
        // Read today, that token is from the future.
        #expect(try scene.verify(Date().formatted(.iso8601)).codes == [32, 32, 32])
        for end in ["tsq", "tsr"] { try FileManager.default.removeItem(at: scene.file("archive-late.\(end)")) }
        try scene.renew(scene.late)
        #expect(try words("2040-01-01 00:00:00").allSatisfy { $0.contains("carry") })
    }
}
