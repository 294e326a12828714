import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

struct AttackTests {
    /// A sound bundle, as plain archive, in a folder of its own.
    private func sound() async throws -> (Workspace, SampleCase, [UInt8]) {
        let sound = try await SampleCase.Sound.shared
        let workspace = try Workspace()
        try workspace.write(sound.bytes, to: "b.tar")
        return (workspace, sound.sample, sound.bytes)
    }

    private func exitCode(_ bytes: [UInt8], in workspace: Workspace, key: SigningKey) throws -> Int32 {
        try workspace.write(bytes, to: "b.tar")
        return try BundleVerifier.verify(path: workspace.path("b.tar"), pinned: key.verificationKey).exitCode
    }

    @Test(
        "An attack is refused for its own reason",
        arguments: Attack.all)
    func attack(attack: Attack) async throws {
        let (workspace, sample, bytes) = try await sound()
        #expect(try exitCode(bytes, in: workspace, key: sample.key) == 0)
        var archive = TapeArchive(bytes)
        #expect(archive.bytes == bytes)
        try attack.apply(&archive, sample.key)
        #expect(archive.bytes != bytes)
        #expect(try exitCode(archive.bytes, in: workspace, key: sample.key) == attack.exitCode)
    }

    @Test("Signing again without a change is no attack")
    func positiveControl() async throws {
        let (workspace, sample, bytes) = try await sound()
        var archive = TapeArchive(bytes)
        try archive.seal(with: sample.key)
        #expect(archive.bytes == bytes)
        #expect(try exitCode(archive.bytes, in: workspace, key: sample.key) == 0)
    }

    @Test("No flipped bit of the archive is accepted")
    func flippedBits() async throws {
        let (workspace, sample, bytes) = try await sound()
        #expect(try exitCode(bytes, in: workspace, key: sample.key) == 0)
        for offset in stride(from: 0, to: bytes.count, by: 37) {
            var changed = bytes
            changed[offset] ^= 1 << UInt8(offset % 8)
            #expect(try exitCode(changed, in: workspace, key: sample.key) != 0, "byte \(offset)")
        }
    }

    @Test("A bundle cut short is refused as truncated, with or without its coat")
    func truncation() async throws {
        let (workspace, sample, bytes) = try await sound()
        let cuts = stride(from: 512, to: bytes.count, by: 2048).flatMap { [$0 - 1, $0, $0 + 1] }
        for length in [1, 511] + cuts + [bytes.count - 1] {
            #expect(try exitCode(Array(bytes[..<length]), in: workspace, key: sample.key) == 10)
        }
        try await sample.write(to: workspace.path("b.tar"), compression: .fast)
        let coated = try workspace.read("b.tar")
        for length in [0, 1, 5, 13, coated.count / 2, coated.count - 5, coated.count - 1] {
            #expect(try exitCode(Array(coated[..<length]), in: workspace, key: sample.key) == 10)
        }
    }

    @Test("Bytes after the end are refused")
    func trailing() async throws {
        let (workspace, sample, bytes) = try await sound()
        for extra in [[0], [UInt8](repeating: 0, count: 512), [UInt8](repeating: 0, count: 10_240), [1], bytes] {
            #expect(try exitCode(bytes + extra, in: workspace, key: sample.key) == 10)
        }
        try await sample.write(to: workspace.path("b.tar"), compression: .fast)
        let coated = try workspace.read("b.tar")
        // A skippable frame, an empty frame, a second bundle, rubbish.
        let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 1, 0, 0, 0, 9]
        for extra in [skippable, coated, [0]] {
            #expect(try exitCode(coated + extra, in: workspace, key: sample.key) == 10)
        }
        #expect(try exitCode(skippable + coated, in: workspace, key: sample.key) == 10)
    }

    @Test("Frames outside the profile are refused before they are decoded")
    func hostileFrames() async throws {
        let (workspace, sample, _) = try await sound()
        try await sample.write(to: workspace.path("b.tar"), compression: .fast)
        let coated = try workspace.read("b.tar")
        #expect(try exitCode(coated, in: workspace, key: sample.key) == 0)
        let descriptor = coated[4]
        for (change, code) in [
            (descriptor & ~0x04, 10), (descriptor | 0x08, 10), (descriptor | 0x01, 10), (0x04, 10),
        ] as [(UInt8, Int32)] {
            var changed = coated
            changed[4] = change
            #expect(try exitCode(changed, in: workspace, key: sample.key) == code)
        }
        // Eight bytes of size and a window of 8 GiB: refused by the limits, not by the allocator.
        let bomb: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0xC4, 0xB8, 0, 0, 0, 0, 2, 0, 0, 0]
        #expect(try exitCode(bomb, in: workspace, key: sample.key) == 11)
    }

    @Test("No flipped bit of the coat changes what is read")
    func flippedCoat() async throws {
        let (workspace, sample, _) = try await sound()
        let facts = try await sample.write(to: workspace.path("b.tar"), compression: .fast)
        let coated = try workspace.read("b.tar")
        for offset in stride(from: 0, to: coated.count, by: 11) {
            var changed = coated
            changed[offset] ^= 1 << UInt8(offset % 8)
            try workspace.write(changed, to: "b.tar")
            let report = try BundleVerifier.verify(path: workspace.path("b.tar"), pinned: sample.key.verificationKey)
            #expect(report.exitCode != 0 || report.facts == facts, "byte \(offset)")
        }
    }
}
