import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

@Suite("Handover")
struct HandoverTests {
    private struct Scene {
        let workspace: Workspace
        let sample: SampleCase
        let archive: Digest
        let laboratory: SigningKey
        let court: SigningKey

        var bundle: String { workspace.path("acme.bundle.tar.zst") }

        init() async throws {
            workspace = try Workspace()
            sample = try SampleCase()
            archive = try await sample.write(to: workspace.path("acme.bundle.tar.zst")).archive
            laboratory = try .generate()
            court = try .generate(.p256)
        }

        func chain() throws -> HandoverChain {
            try HandoverChain(beside: bundle, archive: archive, signer: sample.key.verificationKey)
        }

        func verify() throws -> VerificationReport {
            try BundleVerifier.verify(path: bundle, pinned: sample.key.verificationKey)
        }

        /// Gives the bundle to the laboratory and from there to the court.
        func handOver() throws {
            _ = try chain().give(
                with: sample.key, as: "Laboratory A", to: "Laboratory B", key: laboratory.verificationKey,
                why: "opinion",
                time: 1)
            _ = try chain().receive(with: laboratory)
            _ = try chain().give(
                with: laboratory, as: "Laboratory B", to: "Court", key: court.verificationKey, why: "exhibit", time: 2)
            _ = try chain().receive(with: court)
        }

        func file(_ name: String) -> URL {
            URL(filePath: HandoverChain.folder(beside: bundle)).appending(path: name)
        }
    }

    @Test("A bundle goes through three hands, and the one pinned key vouches for all")
    func chain() async throws {
        let scene = try await Scene()
        #expect(try scene.verify()[.handover]?.outcome == .notChecked)
        try scene.handOver()
        let chain = try scene.chain()
        #expect(chain.statements.map(\.receiver.name) == ["Laboratory B", "Court"])
        #expect(!chain.isOpen && chain.holder == scene.court.verificationKey)
        let report = try scene.verify()
        #expect(report.exitCode == 0)
        #expect(report[.handover]?.detail == "2 handovers: Laboratory A to Laboratory B; Laboratory B to Court")
        let stranger = try BundleVerifier.verify(path: scene.bundle, pinned: nil)
        #expect(stranger[.handover]?.outcome == .notChecked)
    }

    @Test("Nobody gives what he does not have, and nobody takes what is for another")
    func order() async throws {
        let scene = try await Scene()
        func give(_ key: SigningKey) throws {
            _ = try scene.chain().give(
                with: key, as: "a", to: "b", key: scene.laboratory.verificationKey, why: "w", time: 1)
        }
        #expect(throws: EvidenceError(.custody, "")) { try give(scene.court) }
        #expect(throws: EvidenceError(.custody, "")) { try scene.chain().receive(with: scene.laboratory) }
        try give(scene.sample.key)
        #expect(try scene.chain().isOpen)
        #expect(try scene.verify()[.handover]?.detail.contains("not yet received") == true)
        #expect(throws: EvidenceError(.custody, "")) { try give(scene.sample.key) }
        #expect(throws: EvidenceError(.custody, "")) { try scene.chain().receive(with: scene.court) }
        _ = try scene.chain().receive(with: scene.laboratory)
        #expect(throws: EvidenceError(.custody, "")) { try give(scene.sample.key) }
    }

    @Test("A chain with a byte changed, a file gone, exchanged or added is broken: code 50")
    func broken() async throws {
        let scene = try await Scene()
        try scene.handOver()
        #expect(try scene.verify().exitCode == 0)
        let names = ["0001.giver", "0001.receiver", "0002.giver", "0002.receiver"].map { $0 + ".dsse.json" }
        for name in names {
            let whole = try Data(contentsOf: scene.file(name))
            for offset in stride(from: 0, to: whole.count, by: 17) {
                var changed = whole
                changed[offset] ^= 1
                try changed.write(to: scene.file(name))
                #expect(try scene.verify().exitCode == 50, "\(name) at \(offset)")
            }
            for other in names where other != name {
                try Data(contentsOf: scene.file(other)).write(to: scene.file(name))
                #expect(try scene.verify().exitCode == 50, "\(name) from \(other)")
            }
            try FileManager.default.removeItem(at: scene.file(name))
            // Without the last signature the handover is merely open.
            #expect(try scene.verify().exitCode == (name == names[3] ? 0 : 50), "without \(name)")
            try whole.write(to: scene.file(name))
        }
        try Data().write(to: scene.file("0003.giver.txt"))
        #expect(try scene.verify().exitCode == 50)
    }

    @Test("A handover is refused for what is wrong with it, though both signed it", arguments: HandoverAttack.all)
    func attack(attack: HandoverAttack) async throws {
        let made = try await attack.make()
        let workspace = try Workspace()
        try made.pins.write(made.bytes, in: workspace, name: "b")
        let report = try BundleVerifier.verify(path: workspace.path("b"), trust: made.pins.trust)
        #expect(report.exitCode == attack.exitCode, "\(report[.handover]?.detail ?? "")")
    }

    @Test("Statements about another bundle are refused")
    func otherBundle() async throws {
        let scene = try await Scene()
        try scene.handOver()
        try await SampleCase(count: 3).write(to: scene.bundle)
        #expect(try scene.verify().exitCode == 50)
    }

    @Test(
        "A token over the archive that lies beside it renews the stamps inside",
        .enabled(if: ExternalTool.areAvailable("openssl"), "openssl is missing"))
    func renewal() async throws {
        let scene = try await Scene()
        let authority = try LocalAuthority(in: scene.workspace)
        let beside = try ArchiveStamps(beside: scene.bundle, archive: scene.archive)
        let query = TimestampQuery(imprint: try beside.nextImprint())
        #expect(query.imprint == scene.archive)
        #expect(try ArchiveStamps.digest(ofBundle: scene.bundle) == scene.archive)
        let stamp = try StoredTimestamp(
            authority: "tsa", query: query, answer: try authority.answer(query.der), roots: try authority.root,
            now: VerificationTrust.clock)
        _ = try beside.save([stamp])
        let trust = VerificationTrust(key: scene.sample.key.verificationKey, timestampRoots: try authority.root)
        #expect(try BundleVerifier.verify(path: scene.bundle, trust: trust)[.renewal]?.outcome == .passed)
        #expect(try scene.verify()[.renewal]?.outcome == .notChecked)
        try await SampleCase(count: 3).write(to: scene.bundle)
        #expect(try BundleVerifier.verify(path: scene.bundle, trust: trust).exitCode == 32)
    }
}

extension HandoverAttack: CustomTestStringConvertible {
    var testDescription: String { name }
}
