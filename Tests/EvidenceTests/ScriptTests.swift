import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

@Suite(
    .enabled(
        if: ExternalTool.areAvailable("bash", "openssl", "jq", "sha256sum", "xxd", "cmp", "tar", "zstd"),
        "a tool of verify.sh is missing: bash, openssl, jq, sha256sum, xxd, cmp, tar, zstd"))
struct ScriptTests {
    private func sound(
        _ sample: SampleCase, compression: BundleWriter.Compression
    ) async throws -> (Workspace, BundleFacts) {
        let workspace = try Workspace()
        let facts = try await sample.write(to: workspace.path("b"), compression: compression)
        try workspace.write(Array(sample.key.verificationKey.pem.utf8), to: "key.pem")
        let plain = try Workspace()
        try await sample.write(to: plain.path("b.tar"), compression: .none)
        try workspace.write(TapeArchive(try plain.read("b.tar"))["data/verify.sh"], to: "verify.sh")
        return (workspace, facts)
    }

    private func run(in workspace: Workspace, archive: String? = nil) throws -> ExternalTool.Outcome {
        let bash = try #require(ExternalTool("bash"))
        return try bash.run(
            [workspace.path("verify.sh"), workspace.path("b"), workspace.path("key.pem")] + (archive.map { [$0] } ?? [])
        )
    }

    @Test("The script in a bundle verifies it", arguments: [(12, true), (1, true), (0, true), (13, false)])
    func accepts(count: Int, hasPlan: Bool) async throws {
        let (workspace, facts) = try await sound(
            SampleCase(count: count, hasPlan: hasPlan), compression: .archive)
        let outcome = try run(in: workspace, archive: facts.archive.hex)
        #expect(outcome.status == 0, "\(String(decoding: outcome.output, as: UTF8.self)) \(outcome.errors)")
        #expect(outcome.errors.isEmpty)
        let other = try run(in: workspace, archive: String(repeating: "0", count: 64))
        #expect(other.status == 40)
    }

    @Test(
        "The script refuses what the verifier refuses, for the same reason",
        arguments: Attack.all)
    func refuses(attack: Attack) async throws {
        let sound = try await SampleCase.Sound.shared
        let workspace = try Workspace()
        try workspace.write(Array(sound.sample.key.verificationKey.pem.utf8), to: "key.pem")
        try workspace.write(sound.script, to: "verify.sh")
        // That the untouched bundle is accepted is the first case of the test above.
        try workspace.write(sound.attacked(by: attack), to: "b")
        let outcome = try run(in: workspace)
        #expect(
            attack.otherCodes.contains(outcome.status),
            "\(String(decoding: outcome.output, as: UTF8.self)) \(outcome.errors)")
    }

    @Test("The script refuses a truncated bundle, another key and a small-order key")
    func refusesOthers() async throws {
        let sample = try SampleCase()
        let (workspace, _) = try await sound(sample, compression: .fast)
        let whole = try workspace.read("b")
        try workspace.write(Array(whole[..<(whole.count / 2)]), to: "b")
        #expect(try run(in: workspace).status == 10)
        try workspace.write(whole, to: "b")
        #expect(try run(in: workspace).status == 0)
        try workspace.write(Array(try SigningKey.generate().verificationKey.pem.utf8), to: "key.pem")
        #expect(try run(in: workspace).status == 30)
        let weak = "MCowBQYDK2VwAyEAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        try workspace.write(
            Array("-----BEGIN PUBLIC KEY-----\n\(weak)\n-----END PUBLIC KEY-----\n".utf8), to: "key.pem")
        #expect(try run(in: workspace).status == 30)
    }

    @Test("tar makes the same archive from the extracted files")
    func canonicalArchive() async throws {
        let (workspace, _) = try await sound(SampleCase(), compression: .none)
        let bash = try #require(ExternalTool("bash"))
        let outcome = try bash.run(
            [
                "-c",
                "mkdir x && cd x && tar -xf ../b && find . -type f -printf '%P\\n' | LC_ALL=C sort | tar --format=ustar "
                    + "--no-recursion --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=0644 -cf - -T - | cmp - ../b",
            ], folder: workspace.url)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
}
