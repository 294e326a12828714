import CaseStore
import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import Testing

struct VerifiedBundleTests {
    private static let models = [
        ModelIdentity(name: "protected", role: .protected), ModelIdentity(name: "suspect-a", role: .suspect),
        ModelIdentity(name: "suspect-b", role: .suspect),
    ]

    private func transcript(_ number: Int, plan: Digest?) -> Transcript {
        Transcript(
            run: "r", model: Self.models[number % 3], probe: SHA256Digest.of(text: "probe \(number / 3)"), draw: 0,
            attempt: 0, startedAt: Int64(number), endedAt: Int64(number + 1), elapsed: 1,
            connection: ConnectionFacts(peerAddress: "127.0.0.1:1", serverName: "localhost"),
            outcome: number == 4 ? .timeout : .http(status: 200), request: Array("request \(number)".utf8),
            response: number == 4 ? [] : Array("response \(number)".utf8))
    }

    @Test("Records of a case go through a bundle and come back as they were")
    func throughTheBundle() async throws {
        let workspace = try Workspace()
        let sample = try SampleCase(count: 0)
        let plan = try #require(sample.contents.plan)
        let store = try await CaseStore.create(
            at: workspace.path("case"), name: "sample", who: Custodian(name: "tester"), tool: ToolIdentity(version: "0")
        )
        for number in 0..<9 { _ = try await store.append(transcript(number, plan: plan.digest), plan: plan.digest) }
        let contents = BundleContents(
            caseName: "sample", suspect: "suspect-a", protected: "protected", plan: plan,
            tool: BundleTool(version: "0"),
            probes: sample.contents.probes, results: sample.contents.results, custody: await store.custody.lines)
        let records = await store.records().map { record in
            BundleRecord(
                line: record.line,
                parts: record.transcript.model.name == "suspect-b" ? nil : record.parts.map(\.saltedBytes))
        }
        let facts = try await BundleWriter(key: sample.key, compression: .fast)
            .write(contents, records: records, to: workspace.path("b"))
        #expect(facts.records == 9)
        #expect(facts.disclosed == 6)
        #expect(facts.outcomes == ["http": 5, "timeout": 1])

        let bundle = try VerifiedBundle(path: workspace.path("b"), pinned: sample.key.verificationKey)
        #expect(bundle.facts == facts)
        #expect(bundle.plan == plan)
        #expect(bundle.probes == sample.contents.probes)
        #expect(bundle.results == sample.contents.results)
        var read: [Transcript] = []
        try bundle.forEachRecord { read.append($0.transcript) }
        #expect(read == (0..<9).filter { $0 % 3 != 2 }.map { transcript($0, plan: plan.digest) })
        let lost = "the custody log has no entry about the collection, neither its begin nor its end"
        #expect(bundle.report.deviations == ["panel-1 is planned and has no record", SampleCase.withoutProbes, lost])
    }

    @Test("A bundle that fails a check cannot be opened")
    func refused() async throws {
        let workspace = try Workspace()
        let sample = try SampleCase()
        try await sample.write(to: workspace.path("b"), compression: .none)
        var bytes = try workspace.read("b")
        bytes[bytes.count / 2] ^= 1
        try workspace.write(bytes, to: "b")
        #expect(throws: EvidenceError(.signature, "")) {
            try VerifiedBundle(path: workspace.path("b"), pinned: sample.key.verificationKey)
        }
    }

    @Test("A file that changed after it was verified is noticed")
    func changedMeanwhile() async throws {
        let workspace = try Workspace()
        let store = try await CaseStore.create(
            at: workspace.path("case"), name: "sample", who: Custodian(name: "tester"), tool: ToolIdentity(version: "0")
        )
        _ = try await store.append(transcript(0, plan: nil))
        let sample = try SampleCase(count: 0, hasPlan: false)
        for name in ["a", "b"] {
            let contents = BundleContents(
                caseName: "sample", suspect: name, protected: "protected", plan: nil, tool: BundleTool(version: "0"),
                probes: [], results: [], custody: [])
            let records = await store.records().map { BundleRecord(line: $0.line, parts: $0.parts.map(\.saltedBytes)) }
            _ = try await BundleWriter(key: sample.key, compression: .none)
                .write(contents, records: records, to: workspace.path(name))
        }
        let bundle = try VerifiedBundle(path: workspace.path("a"), pinned: sample.key.verificationKey)
        try workspace.write(try workspace.read("b"), to: "a")
        #expect(throws: EvidenceError(.digest, "")) { try bundle.forEachRecord { _ in } }
    }
}
