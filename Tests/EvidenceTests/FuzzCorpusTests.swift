import Evidence
import Foundation
import TestSupport
import Testing

/// Replays the inputs that fuzzing kept, those of former crashes included. `Tools/Fuzz/fuzz` makes new ones.
@Suite("Fuzzing corpus of evidence", .enabled(if: ExternalTool.areAvailable("zstd"), "zstd is missing"))
struct FuzzCorpusTests {
    private static let corpus = Bundle.module.bundleURL.appending(path: "Fixtures/corpus")

    private func ground(in workspace: Workspace) throws -> FuzzGround {
        let zstd = try #require(ExternalTool("zstd"))
        let template = try zstd.run(["-dqc", Self.corpus.appending(path: "template.tar.zst").path]).output
        let roots = try X509Certificate.load(path: Self.corpus.appending(path: "roots.pem").path)
        return try #require(FuzzGround(template: template, roots: roots, folder: workspace.path("ground")))
    }

    @Test("The bundle that is taken apart is sound")
    func template() throws {
        let ground = try ground(in: try Workspace())
        #expect(ground.write(ground.template.bytes, to: ground.bundle))
        let report = try BundleVerifier.verify(path: ground.bundle, trust: ground.trust)
        #expect(report.exitCode == 0 && report.facts?.archive == ground.identity)
        for subject in [Check.Subject.certificate, .timestamp, .planStamp, .checkpoints, .register] {
            #expect(report[subject]?.outcome == .passed, "\(subject)")
        }
    }

    @Test("Every kept input is read or refused", arguments: EvidenceFuzzTarget.allCases)
    func replay(target: EvidenceFuzzTarget) throws {
        let ground = try ground(in: try Workspace())
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.corpus.appending(path: target.rawValue), includingPropertiesForKeys: nil)
        #expect(files.count > 1)
        for file in files { target.run(Array(try Data(contentsOf: file)), on: ground) }
    }
}
