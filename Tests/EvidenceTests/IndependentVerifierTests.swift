import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// The second implementation, in Python's standard library, agrees with the verifier on every fixture.
@Suite(.enabled(if: ExternalTool.areAvailable("python3", "zstd"), "python3 or zstd is missing"))
struct IndependentVerifierTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Tools/verify/verify_bundle.py").standardizedFileURL.path

    private func run(in workspace: Workspace, archive: String? = nil) throws -> ExternalTool.Outcome {
        let python = try #require(ExternalTool("python3"))
        return try python.run(
            ["-B", Self.script, workspace.path("b"), workspace.path("key.pem")] + (archive.map { [$0] } ?? []))
    }

    private func sound(
        _ sample: SampleCase, compression: BundleWriter.Compression
    ) async throws -> (Workspace, BundleFacts) {
        let workspace = try Workspace()
        let facts = try await sample.write(to: workspace.path("b"), compression: compression)
        try workspace.write(Array(sample.key.verificationKey.pem.utf8), to: "key.pem")
        return (workspace, facts)
    }

    @Test("It verifies sound bundles", arguments: [(12, true), (1, true), (0, true), (13, false)])
    func accepts(count: Int, hasPlan: Bool) async throws {
        let (workspace, facts) = try await sound(
            SampleCase(count: count, hasPlan: hasPlan), compression: .archive)
        let outcome = try run(in: workspace, archive: facts.archive.hex)
        #expect(outcome.status == 0, "\(String(decoding: outcome.output, as: UTF8.self)) \(outcome.errors)")
        #expect(try run(in: workspace, archive: String(repeating: "0", count: 64)).status == 40)
    }

    @Test(
        "It refuses every attack for its own reason",
        arguments: Attack.all)
    func refuses(attack: Attack) async throws {
        let sound = try await SampleCase.Sound.shared
        let workspace = try Workspace()
        try workspace.write(sound.bytes, to: "b")
        try workspace.write(Array(sound.sample.key.verificationKey.pem.utf8), to: "key.pem")
        #expect(try run(in: workspace).status == 0)
        try workspace.write(sound.attacked(by: attack), to: "b")
        let outcome = try run(in: workspace)
        #expect(
            attack.otherCodes.contains(outcome.status),
            "\(String(decoding: outcome.output, as: UTF8.self)) \(outcome.errors)")
    }

    @Test("It refuses a bundle cut in half and another key")
    func refusesOthers() async throws {
        let sample = try SampleCase()
        let (workspace, _) = try await sound(sample, compression: .fast)
        let whole = try workspace.read("b")
        try workspace.write(Array(whole[..<(whole.count / 2)]), to: "b")
        #expect(try run(in: workspace).status == 10)
        try workspace.write(whole, to: "b")
        try workspace.write(Array(try SigningKey.generate().verificationKey.pem.utf8), to: "key.pem")
        #expect(try run(in: workspace).status == 30)
    }
}
