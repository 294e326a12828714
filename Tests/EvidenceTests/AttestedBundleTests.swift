import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// Bundles with everything of version 2, as all three verifiers see them.
@Suite(
    "Attested bundles",
    .enabled(if: ThreeVerifiers.areAvailable, ThreeVerifiers.missing))
struct AttestedBundleTests {
    /// The exit codes of the three verifiers.
    private func exitCodes(_ attested: AttestedCase) throws -> [Int32?] {
        let bytes = try attested.workspace.read("b")
        let script = TapeArchive(try attested.workspace.read("sound"))["data/verify.sh"]
        let verifiers = try ThreeVerifiers(bytes, pins: attested.pins, script: script)
        if Set(verifiers.codes).count > 1 { print(verifiers.words) }
        return verifiers.codes
    }

    private func sound(keyKind: KeyAlgorithm = .ed25519) async throws -> AttestedCase {
        let attested = try AttestedCase(keyKind: keyKind)
        try await attested.write()
        try attested.workspace.write(try attested.workspace.read("b"), to: "sound")
        return attested
    }

    @Test("All three verifiers accept a bundle with everything", arguments: KeyAlgorithm.allCases)
    func accepted(keyKind: KeyAlgorithm) async throws {
        let attested = try await sound(keyKind: keyKind)
        #expect(try exitCodes(attested) == [0, 0, 0])
        let report = try attested.verify()
        for check in report.checks
        where ![.handover, .history, .renewal, .analysis, .serverIdentity].contains(check.subject) {
            #expect(check.outcome == .passed, "\(check)")
        }
        #expect(report.deviations.contains { $0.hasPrefix("plan 0 of the register, of this case, was never reported") })
        try await attested.write(compression: .archive)
        #expect(try exitCodes(attested) == [0, 0, 0])
    }

    @Test("Each verifier refuses an attack with the code that names the reason", arguments: AttestedAttack.all)
    func refused(attack: AttestedAttack) async throws {
        let sound = try await AttestedCase.Sound.shared
        let (bytes, pins) = try attack.made(from: sound)
        let verifiers = try ThreeVerifiers(bytes, pins: pins, script: attack.asksScript ? sound.script : nil)
        #expect(
            verifiers.codes == [attack.codes[0], attack.asksScript ? attack.codes[1] : nil, attack.codes[2]],
            "\(verifiers.words)")
        #expect(attack.reason != nil || Set(attack.codes).count == 1, "a difference has a reason")
    }

    @Test("The bundle that is attacked is sound")
    func attacked() async throws {
        let sound = try await AttestedCase.Sound.shared
        let verifiers = try ThreeVerifiers(sound.bytes, pins: sound.attested.pins, script: sound.script)
        #expect(verifiers.codes == [0, 0, 0], "\(verifiers.words)")
        var archive = TapeArchive(sound.bytes)
        try sound.attested.seal(&archive)
        let again = try ThreeVerifiers(archive.bytes, pins: sound.attested.pins, script: sound.script)
        #expect(again.codes == [0, 0, 0], "\(again.words)")
    }

    @Test("A file where the folder of all bundles' handovers would be is refused")
    func afterIsAFile() async throws {
        let sound = try await AttestedCase.Sound.shared
        let verifiers = try ThreeVerifiers(
            sound.bytes, pins: sound.attested.pins, script: sound.script, others: ["after": [1]])
        #expect(verifiers.codes == [50, 50, 50], "\(verifiers.words)")
    }

    @Test("What is not pinned is not checked, and nothing in the bundle is a reason to trust it")
    func unpinned() async throws {
        let attested = try await sound()
        let nothing = try BundleVerifier.verify(path: attested.workspace.path("b"), trust: VerificationTrust())
        #expect(nothing.exitCode == 30)
        for subject in [Check.Subject.signature, .reviewer, .certificate, .timestamp, .planStamp] {
            #expect(nothing[subject]?.outcome == .notChecked, "\(subject)")
        }
        let keyOnly = try attested.verify { $0 = VerificationTrust(key: attested.sample.key.verificationKey) }
        #expect(keyOnly.exitCode == 0)
        #expect(keyOnly[.certificate]?.outcome == .notChecked && keyOnly[.timestamp]?.outcome == .notChecked)
        let stranger = try CertificateIssuer.makeRoot(name: "case root", key: .generate(), start: 0, days: 36_500)
        let wrongRoot = try attested.verify { $0.roots = [stranger.root] }
        #expect(wrongRoot.exitCode == 31)
        #expect(wrongRoot[.signature]?.outcome == .notChecked && wrongRoot[.tree]?.outcome == .notChecked)
        let oneAuthority = try attested.verify { $0.timestampRoots.removeLast() }
        #expect(oneAuthority.exitCode == 32)
        let wrongReviewer = try attested.verify { $0.reviewer = attested.sample.key.verificationKey }
        #expect(wrongReviewer.exitCode == 30)
    }

    @Test("A certificate that lives long, and a clock that is off, are findings")
    func findings() async throws {
        let attested = try await sound()
        let usual = [
            "1 certificate of endpoints that no record names",
            "2 records of the case are withheld; the plan names 1 other suspect",
        ]
        #expect(try attested.verify().findings == usual)
        // An hour later in the verifier's clock changes nothing; an hour earlier, the tokens are from the future.
        #expect(try attested.verify { $0.now += 3_600_000_000_000 }.exitCode == 0)
        #expect(try attested.verify { $0.now -= 3_600_000_000_000 }.exitCode == 32)
        var archive = TapeArchive(try attested.workspace.read("b"))
        archive["data/custody.jsonl"] = SampleCase.custody(at: VerificationTrust.clock - 7_200_000_000_000)
            .flatMap { $0 + [10] }
        let head = SHA256Digest.of(archive["data/custody.jsonl"].split(separator: 10).last.map(Array.init) ?? []).hex
        try archive.seal(with: attested.sample.key) {
            $0.replacing(/"custody_head":"[0-9a-f]+"/, with: #""custody_head":"\#(head)""#)
        }
        for path in archive.members.map(\.path) where path.contains("reviewer") { archive.remove(path) }
        for authority in attested.authorities {
            let stamp = try authority.stamp(archive["attest/collection.dsse.json"])
            archive["attest/ts/collector-\(authority.name).tsq"] = stamp.query
            archive["attest/ts/collector-\(authority.name).tsr"] = stamp.response
        }
        try attested.workspace.write(archive.bytes, to: "b")
        let report = try attested.verify { $0.reviewer = nil }
        #expect(report.exitCode == 0, "\(report.checks.filter { $0.outcome == .failed })")
        #expect(report.findings.count { $0.contains("minutes after the time") } == 2, "\(report.findings)")
    }

    @Test("A newer register that continues the bundle's is accepted, and another one is not")
    func newerRegister() async throws {
        let attested = try await sound()
        let plan = try #require(attested.sample.contents.plan)
        let newer = try attested.register.adding(.reported, plan: plan, time: 3)
        let report = try attested.verify { $0.register = newer }
        #expect(report.exitCode == 0)
        #expect(report.deviations.contains { $0.contains("never reported") })
        #expect(try attested.verify { $0.register = PlanRegister() }.exitCode == 60)
    }

    @Test("A register that names other bundles under the plan is told, and one that names this one is not")
    func namedBundle() async throws {
        let attested = try await sound()
        let plan = try #require(attested.sample.contents.plan)
        let archive = try #require(try attested.verify().facts?.archive)
        let other = try attested.register.adding(.reported, plan: plan, bundle: SHA256Digest.of([]), time: 3)
        let both = try other.adding(.reported, plan: plan, bundle: archive, time: 4)
        let words = "the pinned register names 1 other bundle under the plan, and not this one"
        #expect(try attested.verify { $0.register = other }.deviations.contains(words))
        #expect(try !attested.verify { $0.register = both }.deviations.contains { $0.contains("other bundle") })
        #expect(try PlanRegister(bytes: both.bytes) == both)
    }
}
