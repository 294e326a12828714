import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// Bundles with everything of version 2, as all three verifiers see them.
@Suite(
    "Attested bundles",
    .enabled(
        if: ExternalTool.areAvailable("bash", "openssl", "jq", "sha256sum", "xxd", "cmp", "tar", "zstd", "python3"),
        "a tool is missing: bash, openssl, jq, sha256sum, xxd, cmp, tar, zstd, python3"))
struct AttestedBundleTests {
    /// What a change to the bundle has to be refused with, by all three.
    struct Change: Sendable, CustomTestStringConvertible {
        let name: String
        let exitCode: Int32
        let apply: @Sendable (inout TapeArchive, AttestedCase) throws -> Void

        init(
            _ name: String, _ exitCode: Int32,
            _ apply: @escaping @Sendable (inout TapeArchive, AttestedCase) throws -> Void
        ) {
            self.name = name
            self.exitCode = exitCode
            self.apply = apply
        }

        var testDescription: String { name }

        /// Makes everything fit again, with new tokens over the new signatures.
        private static func seal(_ archive: inout TapeArchive, _ attested: AttestedCase) throws {
            try archive.seal(with: attested.sample.key)
            let envelope = archive["attest/collection.dsse.json"]
            let payload = try DSSEEnvelope(bytes: envelope).payload
            let review = try DSSEEnvelope(signing: payload, type: DSSEEnvelope.statementType, key: attested.reviewer)
            if !archive["attest/collection.reviewer.dsse.json"].isEmpty {
                archive["attest/collection.reviewer.dsse.json"] = review.bytes
            }
            for authority in attested.authorities {
                for (role, bytes) in [("collector", envelope), ("reviewer", review.bytes)]
                where !archive["attest/ts/\(role)-\(authority.name).tsr"].isEmpty {
                    let stamp = try authority.stamp(bytes)
                    archive["attest/ts/\(role)-\(authority.name).tsq"] = stamp.query
                    archive["attest/ts/\(role)-\(authority.name).tsr"] = stamp.response
                }
            }
        }

        private static func sealed(
            _ name: String, _ code: Int32,
            _ change: @escaping @Sendable (inout TapeArchive, AttestedCase) throws -> Void
        ) -> Change {
            Change(name, code) { archive, attested in
                try change(&archive, attested)
                try seal(&archive, attested)
            }
        }

        static let all: [Change] = [
            Change("a token over other bytes", 32) { archive, attested in
                let stamp = try attested.authorities[0].stamp([1, 2, 3])
                archive["attest/ts/collector-tsa-0.tsq"] = stamp.query
                archive["attest/ts/collector-tsa-0.tsr"] = stamp.response
            },
            Change("a token that answers another question", 32) { archive, attested in
                archive["attest/ts/collector-tsa-0.tsq"] =
                    TimestampQuery(about: archive["attest/collection.dsse.json"]).der
            },
            Change("a good token, and one by an authority that is not pinned", 32) { archive, attested in
                let stranger = try LocalAuthority(in: attested.workspace, name: "stranger")
                let stamp = try stranger.stamp(archive["attest/collection.dsse.json"])
                archive["attest/ts/collector-stranger.tsq"] = stamp.query
                archive["attest/ts/collector-stranger.tsr"] = stamp.response
            },
            Change("a token without its query", 32) { archive, _ in archive.remove("attest/ts/collector-tsa-1.tsq") },
            Change("a query without its token", 32) { archive, _ in archive.remove("attest/ts/collector-tsa-1.tsr") },
            Change("the second signature missing, its tokens left behind", 30) { archive, _ in
                archive.remove("attest/collection.reviewer.dsse.json")
            },
            Change("a second signature over something else", 30) { archive, attested in
                archive["attest/collection.reviewer.dsse.json"] =
                    try DSSEEnvelope(
                        signing: Array(#"{"a":1}"#.utf8), type: DSSEEnvelope.statementType, key: attested.reviewer
                    ).bytes
            },
            sealed("the second signature missing, though a reviewer is pinned", 30) { archive, _ in
                for path in archive.members.map(\.path) where path.contains("reviewer") { archive.remove(path) }
            },
            sealed("a certificate of another key", 31) { archive, attested in
                let other = try SigningKey.generate().verificationKey
                let start = VerificationTrust.clock / 1_000_000_000 - 60
                archive["data/keys/collector.crt.pem"] = Array(
                    try attested.issuer.certify(other, name: "x", start: start, days: 9).pem.utf8)
            },
            sealed("a certificate under another root", 31) { archive, attested in
                let start = VerificationTrust.clock / 1_000_000_000 - 60
                let other = try CertificateIssuer.makeRoot(name: "case root", key: .generate(), start: start, days: 9)
                archive["data/keys/collector.crt.pem"] = Array(
                    try other.certify(attested.sample.key.verificationKey, name: "x", start: start, days: 9).pem.utf8)
            },
            sealed("a certificate that had expired", 31) { archive, attested in
                let start = VerificationTrust.clock / 1_000_000_000 - 3 * 86_400
                archive["data/keys/collector.crt.pem"] = Array(
                    try attested.issuer.certify(
                        attested.sample.key.verificationKey, name: "x", start: start, days: 1
                    ).pem.utf8)
            },
            sealed("the root itself as the signer's certificate", 31) { archive, attested in
                archive["data/keys/collector.crt.pem"] = Array(attested.issuer.root.pem.utf8)
            },
            sealed("a checkpoint with another root", 41) { archive, attested in
                archive["data/checkpoints/0001.note"] =
                    try Checkpoint(
                        caseName: "sample", size: 5, root: SHA256Digest.of([1]), time: 9, key: attested.sample.key
                    ).note
                archive.remove("data/checkpoints/0001-tsa-0.tsq")
                archive.remove("data/checkpoints/0001-tsa-0.tsr")
            },
            sealed("a checkpoint by another key", 41) { archive, attested in
                let note = try Checkpoint(note: archive["data/checkpoints/0001.note"])
                archive["data/checkpoints/0001.note"] =
                    try Checkpoint(
                        caseName: "sample", size: note.size, root: note.root, time: note.time, key: attested.reviewer
                    ).note
                archive.remove("data/checkpoints/0001-tsa-0.tsq")
                archive.remove("data/checkpoints/0001-tsa-0.tsr")
            },
            sealed("the first checkpoint missing", 41) { archive, _ in
                for path in archive.members.map(\.path) where path.contains("checkpoints/0001") { archive.remove(path) }
            },
            sealed("a checkpoint's token over another note", 32) { archive, _ in
                for end in ["tsq", "tsr"] {
                    archive["data/checkpoints/0001-tsa-0.\(end)"] = archive["data/checkpoints/0002-tsa-0.\(end)"]
                }
            },
            sealed("an endpoint's certificate under another name", 40) { archive, _ in
                let path = archive.members.map(\.path).first { $0.hasPrefix("data/tls/") } ?? ""
                archive["data/tls/" + String(repeating: "0", count: 64) + ".der"] = archive[path]
                archive.remove(path)
            },
            sealed("the register that the plan names missing", 60) { archive, _ in
                archive.remove("data/plan/register.jsonl")
            },
            sealed("a line of the register missing", 60) { archive, _ in
                let lines = archive["data/plan/register.jsonl"].split(separator: 10)
                archive["data/plan/register.jsonl"] = lines.dropFirst().flatMap { Array($0) + [10] }
            },
            sealed("a token over the plan exchanged for one over the collection", 32) { archive, attested in
                let stamp = try attested.authorities[0].stamp(archive["attest/collection.dsse.json"])
                archive["data/plan/plan-tsa-0.tsq"] = stamp.query
                archive["data/plan/plan-tsa-0.tsr"] = stamp.response
            },
        ]
    }

    private static let python = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Tools/verify/verify_bundle.py").standardizedFileURL.path

    /// The exit codes of the three verifiers: ours, the script in the bundle, and the one in Python.
    private func exitCodes(_ attested: AttestedCase) throws -> [Int32] {
        let workspace = attested.workspace
        try workspace.write(TapeArchive(try workspace.read("sound"))["data/verify.sh"], to: "verify.sh")
        try workspace.write(Array(attested.issuer.root.pem.utf8), to: "root.crt")
        try workspace.write(try attested.authorities.flatMap { Array(try $0.root[0].pem.utf8) }, to: "tsa.pem")
        try workspace.write(Array(attested.reviewer.verificationKey.pem.utf8), to: "reviewer.pem")
        let arguments =
            [
                workspace.path("b"), workspace.path("root.crt"), "-", workspace.path("tsa.pem"),
                workspace.path("reviewer.pem"),
            ]
        let script = try #require(ExternalTool("bash")).run([workspace.path("verify.sh")] + arguments)
        let python = try #require(ExternalTool("python3")).run(["-B", Self.python] + arguments)
        let codes = [try attested.verify().exitCode, script.status, python.status]
        if Set(codes).count > 1 {
            print(
                String(decoding: script.output, as: UTF8.self), script.errors,
                String(decoding: python.output, as: UTF8.self), python.errors)
            print(try attested.verify().checks.filter { $0.outcome == .failed })
        }
        return codes
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
        for check in report.checks where ![.handover, .renewal, .analysis].contains(check.subject) {
            #expect(check.outcome == .passed, "\(check)")
        }
        #expect(report.deviations.contains { $0.hasPrefix("plan 0 of the register, of this case, was never reported") })
        try await attested.write(compression: .archive)
        #expect(try exitCodes(attested) == [0, 0, 0])
    }

    @Test("All three refuse a change for the same reason", arguments: Change.all)
    func refused(change: Change) async throws {
        let attested = try await sound()
        var archive = TapeArchive(try attested.workspace.read("b"))
        #expect(try attested.verify().exitCode == 0)
        try change.apply(&archive, attested)
        try attested.workspace.write(archive.bytes, to: "b")
        #expect(try exitCodes(attested) == [Int32](repeating: change.exitCode, count: 3))
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
        #expect(try attested.verify().findings == ["1 certificates of endpoints are named by no record"])
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
}
