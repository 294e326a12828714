import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

struct BundleTests {
    @Test("A bundle verifies, and its facts are those of its contents")
    func roundTrip() async throws {
        let workspace = try Workspace()
        let sample = try SampleCase()
        let facts = try await sample.write(to: workspace.path("b.tar.zst"))
        let report = try BundleVerifier.verify(
            path: workspace.path("b.tar.zst"), pinned: sample.key.verificationKey, expected: facts.archive)
        #expect(report.exitCode == 0)
        #expect(report.facts == facts)
        #expect(facts.records == 12)
        #expect(facts.disclosed == 10)
        #expect(facts.outcomes == ["http": 10])
        #expect(facts.models.map(\.name) == ["panel-1", "protected", "suspect-a"])
        #expect(facts.plan == sample.contents.plan?.digest)
        #expect(facts.root == MerkleTree(leaves: sample.records.map(\.line)).root)
        #expect(report.deviations == [SampleCase.withoutProbes])
        #expect(report.checks.map(\.subject) == Check.Subject.allCases)
        for subject in [Check.Subject.certificate, .timestamp, .analysis] {
            #expect(report[subject]?.outcome == .notChecked)
        }
        #expect(try workspace.names == ["b.tar.zst"])
    }

    @Test("Without a pinned key the signature is not checked, and that is no success")
    func unpinned() async throws {
        let workspace = try Workspace()
        try await SampleCase().write(to: workspace.path("b.tar.zst"))
        let report = try BundleVerifier.verify(path: workspace.path("b.tar.zst"), pinned: nil)
        #expect(report[.signature]?.outcome == .notChecked)
        #expect(report.exitCode == 30)
        #expect(report[.tree]?.outcome == .passed)
    }

    @Test("Another key than the signer's fails the signature")
    func wrongKey() async throws {
        let workspace = try Workspace()
        try await SampleCase().write(to: workspace.path("b.tar.zst"))
        let other = try SigningKey.generate().verificationKey
        let report = try BundleVerifier.verify(path: workspace.path("b.tar.zst"), pinned: other)
        #expect(report[.signature]?.outcome == .failed)
        #expect(report.exitCode == 30)
    }

    @Test("The same case gives the same bytes, and the coat does not change the identity")
    func determinism() async throws {
        let workspace = try Workspace()
        let sample = try SampleCase()
        let one = try await sample.write(to: workspace.path("1"))
        let two = try await sample.write(to: workspace.path("2"))
        let three = try await sample.write(to: workspace.path("3"), compression: .archive)
        #expect(try workspace.read("1") == workspace.read("2"))
        #expect(one == two)
        #expect(one.archive == three.archive)
    }

    @Test(
        "The bytes do not depend on how many threads compress",
        arguments: [BundleWriter.Compression.fast, .archive])
    func width(compression: BundleWriter.Compression) async throws {
        let workspace = try Workspace()
        // Five jobs of a thread and a bit.
        let sample = try SampleCase(count: 7, body: 9 << 20)
        var sizes: Set<Int> = []
        for width in [1, 2, 5] {
            let records = sample.records
            let stream = AsyncStream<BundleRecord> { continuation in
                for record in records { continuation.yield(record) }
                continuation.finish()
            }
            _ = try await BundleWriter(key: sample.key, compression: compression, width: width)
                .write(sample.contents, records: stream, to: workspace.path("\(width)"))
            sizes.insert(try workspace.read("\(width)").count)
        }
        #expect(sizes.count == 1)
        #expect(try workspace.read("1") == workspace.read("2"))
        #expect(try workspace.read("1") == workspace.read("5"))
        #expect(
            try BundleVerifier.verify(path: workspace.path("5"), pinned: sample.key.verificationKey).exitCode == 0)
    }

    @Test("Bundles of no records, of one, and of several segments verify", arguments: [(0, 1), (1, 1), (9, 8 << 20)])
    func sizes(count: Int, body: Int) async throws {
        let workspace = try Workspace()
        let sample = try SampleCase(count: count, body: body)
        let facts = try await sample.write(to: workspace.path("b"))
        #expect(facts.records == count)
        let report = try BundleVerifier.verify(path: workspace.path("b"), pinned: sample.key.verificationKey)
        #expect(report.exitCode == 0, "\(report.checks)")
    }

    @Test("A bundle without a plan says so")
    func withoutPlan() async throws {
        let workspace = try Workspace()
        let sample = try SampleCase(hasPlan: false)
        try await sample.write(to: workspace.path("b"))
        let report = try BundleVerifier.verify(path: workspace.path("b"), pinned: sample.key.verificationKey)
        #expect(report[.plan]?.outcome == .notChecked)
        #expect(report.exitCode == 0)
        // Whoever has the owner's register learns that the bundle shows none of its plans.
        let trust = VerificationTrust(key: sample.key.verificationKey, register: PlanRegister())
        let pinned = try BundleVerifier.verify(path: workspace.path("b"), trust: trust)
        #expect(pinned[.register]?.outcome == .failed && pinned.exitCode == 60)
    }

    @Test("Records of the suspect under another plan fail, though every signature holds")
    func mixAndMatch() async throws {
        let workspace = try Workspace()
        let sample = try SampleCase(planOfRecords: SHA256Digest.of(text: "the plan of another case"))
        await #expect(throws: EvidenceError(.contents, "")) { try await sample.write(to: workspace.path("b")) }
        #expect(try workspace.names == [])
        try await sample.write(to: workspace.path("b"), faults: SealingFaults(keepsContradictions: true))
        let report = try BundleVerifier.verify(path: workspace.path("b"), pinned: sample.key.verificationKey)
        #expect(report[.signature]?.outcome == .passed)
        #expect(report[.plan]?.outcome == .failed)
        #expect(report.exitCode == 60)
    }

    @Test("What contradicts itself is not sealed, and nothing is left behind")
    func contradictions() async throws {
        let workspace = try Workspace()
        var changed = try SampleCase()
        changed.records[1] = BundleRecord(line: changed.records[1].line, parts: [[1], [2]])
        await #expect(throws: EvidenceError(.digest, "")) { try await changed.write(to: workspace.path("b")) }
        var swapped = try SampleCase()
        swapped.records.swapAt(0, 1)
        await #expect(throws: EvidenceError(.contents, "")) { try await swapped.write(to: workspace.path("b")) }
        var named = try SampleCase()
        named.contents = BundleContents(
            caseName: "sample", suspect: "suspect-a", protected: "protected", plan: nil, tool: named.contents.tool,
            probes: [BundleDocument(name: "../x.json", bytes: [])], results: [], custody: [])
        await #expect(throws: EvidenceError(.contents, "")) { try await named.write(to: workspace.path("b")) }
        var foreign = try SampleCase()
        foreign.contents = BundleContents(
            caseName: "sample", suspect: "somebody", protected: "protected", plan: foreign.contents.plan,
            tool: foreign.contents.tool, probes: foreign.contents.probes, results: [], custody: [])
        await #expect(throws: EvidenceError(.contents, "")) { try await foreign.write(to: workspace.path("b")) }
        #expect(try workspace.names == [])
    }

    @Test(
        "Names that two readers could compare differently are not sealed",
        arguments: [
            ("sample", "Caf\u{E9}", "protected"), ("sample", "suspect-a ", "protected"),
            ("sample", "suspect-a", "p\u{430}nel"), ("sample", "suspect-a", ""),
            ("two\nlines", "suspect-a", "protected"),
        ])
    func names(caseName: String, suspect: String, protected: String) async throws {
        let workspace = try Workspace()
        var sample = try SampleCase(hasPlan: false)
        sample.contents = BundleContents(
            caseName: caseName, suspect: suspect, protected: protected, plan: nil, tool: sample.contents.tool,
            probes: sample.contents.probes, results: [], custody: sample.contents.custody)
        await #expect(throws: EvidenceError(.contents, "")) { try await sample.write(to: workspace.path("b")) }
        #expect(try workspace.names == [])
    }

    @Test("A folder that is not there is an error of the file system, not of the bundle")
    func missingFolder() async throws {
        let workspace = try Workspace()
        await #expect(throws: EvidenceError(.inputOutput, "")) {
            try await SampleCase().write(to: workspace.path("none/b"))
        }
        #expect(throws: EvidenceError(.inputOutput, "")) {
            try BundleVerifier.verify(path: workspace.path("none/b"), pinned: nil)
        }
    }
}
