import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// Bundles of every released version of the format. They have to verify for ever, with the code of today.
@Suite("Released versions")
struct ReleasedVersionTests {
    /// A folder `Fixtures/bundle-vN`.
    struct Release: Sendable, CustomTestStringConvertible {
        let folder: URL

        var bundle: String { folder.appending(path: "bundle.tar.zst").path }
        /// The signer's public key, or the root of its certificate.
        var signer: String { file("signer.pem") ?? file("root.crt") ?? "" }
        /// Roots of authorities and the reviewer's key, where the version has them.
        var authorities: String? { file("authorities.pem") }
        var reviewer: String? { file("reviewer.pem") }
        var testDescription: String { folder.lastPathComponent }

        private func file(_ name: String) -> String? {
            let path = folder.appending(path: name).path
            return FileManager.default.fileExists(atPath: path) ? path : nil
        }

        /// What a script is given to verify it.
        func arguments(_ archive: String) -> [String] {
            [bundle, signer, archive] + (authorities.map { [$0, reviewer ?? "-"] } ?? [])
        }

        func trust() throws -> VerificationTrust {
            let isRoot = signer.hasSuffix(".crt")
            return VerificationTrust(
                key: isRoot ? nil : try VerificationKey.load(path: signer),
                roots: isRoot ? try X509Certificate.load(path: signer) : [],
                timestampRoots: try authorities.map { try X509Certificate.load(path: $0) } ?? [],
                reviewer: try reviewer.map { try VerificationKey.load(path: $0) })
        }

        func expectation() throws -> Expectation {
            try JSONDecoder().decode(
                Expectation.self, from: Data(contentsOf: folder.appending(path: "expected.json")))
        }

        static let all: [Release] = {
            let fixtures = Bundle.module.bundleURL.appending(path: "Fixtures")
            let names = (try? FileManager.default.contentsOfDirectory(atPath: fixtures.path)) ?? []
            return names.filter { $0.hasPrefix("bundle-v") }.sorted().map {
                Release(folder: fixtures.appending(path: $0))
            }
        }()
    }

    /// What every verifier has to find.
    struct Expectation: Decodable {
        let exitCode: Int32
        /// The identity of the bundle.
        let archive: String

        private enum CodingKeys: String, CodingKey {
            case archive
            case exitCode = "exit_code"
        }
    }

    @Test("No released version is missing", arguments: [1, 2])
    func everyVersion(version: Int) {
        #expect(Release.all.contains { $0.testDescription == "bundle-v\(version)" })
    }

    @Test("The verifier of today reads it", arguments: Release.all)
    func verifier(release: Release) throws {
        let expected = try release.expectation()
        let report = try BundleVerifier.verify(
            path: release.bundle, trust: release.trust(), expected: Digest(hex: expected.archive))
        #expect(report.exitCode == expected.exitCode, "\(report.checks)")
        #expect(report.facts?.archive.hex == expected.archive)
        let stranger = try SigningKey.generate().verificationKey
        #expect(try BundleVerifier.verify(path: release.bundle, pinned: stranger).exitCode == 30)
    }

    @Test(
        "The script in it reads it, with the tools of today", arguments: Release.all)
    func script(release: Release) throws {
        let bash = try #require(ExternalTool("bash"))
        let workspace = try Workspace()
        let unpacked = try bash.run(["-c", "zstd -dqc '\(release.bundle)' | tar -xO data/verify.sh"])
        try workspace.write(unpacked.output, to: "verify.sh")
        let expected = try release.expectation()
        let outcome = try bash.run([workspace.path("verify.sh")] + release.arguments(expected.archive))
        #expect(
            outcome.status == expected.exitCode, "\(String(decoding: outcome.output, as: UTF8.self)) \(outcome.errors)")
    }

    @Test(
        "The verifier in Python reads it", .enabled(if: ExternalTool.areAvailable("python3", "zstd")),
        arguments: Release.all)
    func python(release: Release) throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Tools/verify/verify_bundle.py").standardizedFileURL.path
        let expected = try release.expectation()
        let outcome = try #require(ExternalTool("python3"))
            .run(["-B", script] + release.arguments(expected.archive))
        #expect(
            outcome.status == expected.exitCode, "\(String(decoding: outcome.output, as: UTF8.self)) \(outcome.errors)")
    }

    @Test("The bundle of version 2 shows what this version adds, each of it accepted")
    func second() throws {
        let release = try #require(Release.all.first { $0.testDescription == "bundle-v2" })
        let report = try BundleVerifier.verify(path: release.bundle, trust: release.trust())
        for subject in [
            Check.Subject.certificate, .reviewer, .timestamp, .planStamp, .checkpoints, .register,
        ] {
            #expect(report[subject]?.outcome == .passed, "\(subject)")
        }
        #expect(report.attestations.stamps.count == 8)
    }
}
