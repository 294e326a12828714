import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// An older copy of a store, or of the register of plans, put back: found out once somebody shows a newer head.
@Suite("Rollback")
struct RollbackTests {
    private let workspace: Workspace
    private let key: SigningKey

    init() throws {
        workspace = try Workspace()
        key = try SigningKey(pem: SampleCase.keyText)
    }

    /// A custody log with one line for each time.
    private static func custody(_ times: [Int64]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for (number, time) in times.enumerated() {
            let head = lines.last.map { SHA256Digest.of($0).hex } ?? String(repeating: "0", count: 64)
            lines.append(Array(#"{"action":"collect_end","n":\#(number),"prev":"\#(head)","t":"\#(time)"}"#.utf8))
        }
        return lines
    }

    private static let hour: Int64 = 3_600_000_000_000

    /// Seals a state of the case: how many records of which kind, and the log up to some hours.
    private func seal(
        _ name: String, _ records: Int, body: Int = 300, kept: Int? = nil, hours: [Int64]
    ) async throws -> String {
        var sample = try SampleCase(count: records)
        let others = try SampleCase(count: records, body: body)
        sample.records = Array(sample.records.prefix(kept ?? 5)) + others.records.dropFirst(kept ?? 5)
        sample.contents = BundleContents(
            caseName: "sample", suspect: "suspect-a", protected: "protected", plan: sample.contents.plan,
            tool: BundleTool(version: "0.0.1"), probes: sample.contents.probes, results: sample.contents.results,
            custody: Self.custody(hours.map { $0 * Self.hour }))
        try await sample.write(to: workspace.path(name), compression: .none)
        return workspace.path(name)
    }

    private func check(_ bundle: String, since kept: KeptHead) throws -> Check {
        var trust = VerificationTrust(key: key.verificationKey)
        #expect(try BundleVerifier.verify(path: bundle, trust: trust).exitCode == 0)
        trust.kept = [kept]
        let report = try BundleVerifier.verify(path: bundle, trust: trust)
        let check = try #require(report[.history])
        #expect(report.exitCode == (check.outcome == .failed ? 50 : 0))
        return check
    }

    @Test("Two states of one history agree, whichever is shown to the other")
    func agree() async throws {
        let early = try await seal("early", 8, hours: [1, 2])
        let late = try await seal("late", 12, hours: [1, 2, 3])
        #expect(
            try check(late, since: .bundle(early)).detail
                == "one history with the kept bundle: 8 records in common, 4 only here, 0 only there")
        #expect(try check(early, since: KeptHead(path: late)).outcome == .passed)
        #expect(try check(early, since: .bundle(early)).outcome == .passed)
        #expect(try BundleVerifier.verify(path: late, pinned: key.verificationKey)[.history]?.outcome == .notChecked)
    }

    @Test("A store that was put back and went on from there has two histories")
    func putBack() async throws {
        let late = try await seal("late", 12, hours: [1, 2, 3])
        // The records after the eighth were collected anew.
        let again = try await seal("again", 14, body: 301, kept: 8, hours: [1, 2, 3, 5])
        #expect(try check(again, since: .bundle(late)).detail.hasPrefix("two histories: the first 12 records"))
        #expect(try check(late, since: .bundle(again)).outcome == .failed)
        // The log was put back as well.
        let log = try await seal("log", 14, hours: [1, 2, 4])
        #expect(try check(log, since: .bundle(late)).detail.contains("neither custody log"))
        // Only the records were put back, and the log goes on.
        let fewer = try await seal("fewer", 8, hours: [1, 2, 3, 6])
        #expect(try check(fewer, since: .bundle(late)).detail.contains("each of the two bundles has something"))
    }

    @Test("A kept checkpoint is held against the records")
    func checkpoint() async throws {
        let bundle = try await seal("b", 8, hours: [1, 2])
        func note(_ size: Int, hour: Int64, body: Int = 300, by key: SigningKey? = nil, of name: String = "sample")
            throws
            -> KeptHead
        {
            let root = MerkleTree(leaves: try SampleCase(count: size, body: body).records.map(\.line)).root
            let signer = key ?? self.key
            return .checkpoint(
                try Checkpoint(caseName: name, size: size, root: root, time: hour * Self.hour, key: signer))
        }
        #expect(try check(bundle, since: note(5, hour: 1)).outcome == .passed)
        #expect(try check(bundle, since: note(8, hour: 9)).outcome == .passed)
        #expect(try check(bundle, since: note(5, hour: 1, body: 301)).detail.hasPrefix("two histories"))
        // Twelve records were covered before the bundle with eight was sealed.
        #expect(try check(bundle, since: note(12, hour: 1)).detail.hasPrefix("rolled back"))
        // Twelve were covered later: the bundle is merely older.
        #expect(try check(bundle, since: note(12, hour: 4)).detail.contains("later than the bundle"))
        #expect(try check(bundle, since: note(5, hour: 1, by: .generate())).outcome == .failed)
        #expect(try check(bundle, since: note(5, hour: 1, of: "other")).outcome == .failed)
    }

    @Test("A kept bundle that is damaged, or of another signer, says nothing")
    func damaged() async throws {
        let late = try await seal("late", 12, hours: [1, 2, 3])
        var bytes = try workspace.read("late")
        bytes[bytes.count / 2] ^= 1
        try workspace.write(bytes, to: "damaged")
        #expect(try check(late, since: .bundle(workspace.path("damaged"))).detail.contains("does not verify itself"))
        #expect(throws: EvidenceError(.inputOutput, "")) { try KeptHead(path: workspace.path("none")) }
        try workspace.write(Array("x".utf8), to: "x.note")
        #expect(throws: EvidenceError(.canonical, "")) { try KeptHead(path: workspace.path("x.note")) }
    }

    @Test(
        "An older copy of the register is found out by the register of a newer bundle",
        .enabled(if: ExternalTool.areAvailable("openssl"), "openssl is missing"))
    func register() async throws {
        let attested = try AttestedCase(authorities: 0)
        try await attested.write("earlier")
        let plan = try #require(attested.sample.contents.plan)
        let newer = try attested.register.adding(.reported, plan: plan, time: 3)
        let fork = try attested.register.adding(.reported, plan: plan, time: 4)
        func write(_ register: PlanRegister, _ name: String) async throws {
            var other = attested
            let old = attested.sample.contents
            other.sample.contents = BundleContents(
                caseName: old.caseName, suspect: old.suspect, protected: old.protected, plan: old.plan, tool: old.tool,
                probes: old.probes, results: old.results,
                custody: old.custody,
                attestations: BundleAttestations(
                    certificates: old.attestations.certificates, planTimestamps: [], checkpoints: [],
                    register: register, endpointCertificates: []))
            try await other.write(name)
        }
        try await write(newer, "newer")
        try await write(fork, "fork")
        func history(_ name: String, since other: String) throws -> Check? {
            try attested.verify(name) { $0.kept = [.bundle(attested.workspace.path(other))] }[.history]
        }
        #expect(try history("newer", since: "earlier")?.outcome == .passed)
        #expect(try history("fork", since: "newer")?.detail.contains("neither register of plans") == true)
        // The register that the owner shows is older than the one in the bundle.
        let report = try attested.verify("newer") { $0.register = attested.register }
        #expect(report.exitCode == 60)
        #expect(report[.register]?.detail.contains("older copy") == true)
    }
}
