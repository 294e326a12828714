import ContentAddressing
import Evidence
import ForensicTypes
import Testing

/// Limits that only a very large bundle reaches: lowered, so that a small one stands at the limit, or one beyond it.
@Suite("Limits")
struct LimitTests {
    /// A limit, and how much of it the sample has.
    struct Limit: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let words: String
        let used: Int
        let set: @Sendable (inout BundleLimits, Int) -> Void
    }

    // Twelve records, two of them withheld; ten disclosed ones of three models, each with a request and a response.
    private static let limits = [
        Limit(testDescription: "records", words: "records", used: 12) { $0.records = $1 },
        Limit(testDescription: "parts", words: "parts", used: 20) { $0.parts = $1 },
        Limit(testDescription: "masked places", words: "masked places", used: 2) { $0.masks = $1 },
        Limit(testDescription: "models", words: "models", used: 3) { $0.models = $1 },
        Limit(testDescription: "outcomes", words: "kinds of outcomes", used: 2) { $0.outcomes = $1 },
        Limit(testDescription: "certificates", words: "certificates", used: 2) { $0.certificates = $1 },
    ]

    /// Two records with a masked place, one that timed out, two certificates.
    private static func sample() throws -> SampleCase {
        var sample = try SampleCase()
        func certificate(_ number: Int) -> String { SHA256Digest.of(text: "certificate \(number)").hex }
        sample.records = sample.records.enumerated().map { number, record in
            guard number < 2, let parts = record.parts else { return record }
            var request = parts[0]
            request.replaceSubrange(40..<44, with: Array("****".utf8))
            var line = String(decoding: record.line, as: UTF8.self)
                .replacing(SHA256Digest.of(parts[0]).hex, with: SHA256Digest.of(request).hex)
                .replacing(
                    #""rep":0"#, with: #""redactions":[{"len":4,"off":8,"part":"request","why":"credential"}],"rep":0"#
                )
                .replacing(
                    #","v":1}"#,
                    with: #","tls":{"chain":["\#(certificate(number))"],"verify":"verified"},"v":1}"#)
            if number == 1 { line = line.replacing(#""outcome":"http""#, with: #""outcome":"timeout""#) }
            return BundleRecord(line: Array(line.utf8), parts: [request, parts[1]])
        }
        return sample
    }

    private func seal(
        _ sample: SampleCase, limits: BundleLimits, faults: SealingFaults = SealingFaults(), to path: String
    ) async throws -> BundleFacts {
        let stream = AsyncStream<BundleRecord> { continuation in
            for record in sample.records { continuation.yield(record) }
            continuation.finish()
        }
        return try await BundleWriter(key: sample.key, compression: .none, limits: limits, faults: faults)
            .write(sample.contents, records: stream, to: path)
    }

    private func verify(_ path: String, limits: BundleLimits, key: VerificationKey) throws -> VerificationReport {
        try BundleVerifier.verify(path: path, trust: VerificationTrust(key: key), expected: nil, limits: limits)
    }

    @Test("As much as the limit is sealed and verified, and one more is refused by both", arguments: limits)
    func counted(limit: Limit) async throws {
        let workspace = try Workspace()
        let sample = try Self.sample()
        var limits = BundleLimits()
        limit.set(&limits, limit.used)
        _ = try await seal(sample, limits: limits, to: workspace.path("b"))
        #expect(try verify(workspace.path("b"), limits: limits, key: sample.key.verificationKey).exitCode == 0)
        limit.set(&limits, limit.used - 1)
        let report = try verify(workspace.path("b"), limits: limits, key: sample.key.verificationKey)
        #expect(report[.limits]?.outcome == .failed && report.exitCode == 11, "\(report.checks)")
        #expect(report[.limits]?.detail.contains(limit.words) == true || limit.words == "records")
        await #expect(throws: EvidenceError(.limit, "")) {
            _ = try await seal(sample, limits: limits, to: workspace.path("c"))
        }
        #expect(try workspace.names == ["b"])
    }

    @Test("An archive, and files that are held in memory, may not be longer than their limits")
    func lengths() async throws {
        let workspace = try Workspace()
        let sample = try Self.sample()
        let key = sample.key.verificationKey
        let facts = try await seal(sample, limits: BundleLimits(), to: workspace.path("b"))
        let held = TapeArchive(try workspace.read("b")).members.filter {
            !$0.path.hasPrefix("data/segments/") && !["data/leaves.txt", "data/records.jsonl"].contains($0.path)
        }.reduce(0) { $0 + $1.bytes.count }
        let changes: [(Int, @Sendable (inout BundleLimits, Int) -> Void)] = [
            (facts.archiveLength, { $0.archive = $1 }), (held, { $0.documents = $1 }),
        ]
        for (used, set) in changes {
            var limits = BundleLimits()
            set(&limits, used)
            #expect(try verify(workspace.path("b"), limits: limits, key: key).exitCode == 0)
            _ = try await seal(sample, limits: limits, to: workspace.path("c"))
            // The last member of the archive is short: the end mark and its padding may take ten thousand bytes.
            set(&limits, used == held ? held - 1 : used - 20_480)
            #expect(try verify(workspace.path("b"), limits: limits, key: key).exitCode == 11)
            await #expect(throws: EvidenceError(.limit, "")) {
                _ = try await seal(sample, limits: limits, to: workspace.path("d"))
            }
        }
    }

    @Test("A probe set of more draws than a case may have records fails the plan, and nothing overflows")
    func draws() async throws {
        let workspace = try Workspace()
        var sample = try SampleCase()
        let probes = (0..<1_100).map { #"{"probe":{"draws":9007199254740991,"text":"\#($0)"}}"# }
        let set = BundleDocument(
            name: "probes.json",
            bytes: Array(#"{"format":"whorl-probe-set","probes":[\#(probes.joined(separator: ","))]}"#.utf8))
        sample.contents = BundleContents(
            caseName: "sample", suspect: "suspect-a", protected: "protected", plan: sample.contents.plan,
            tool: BundleTool(version: "0.0.1"), probes: sample.contents.probes + [set], results: [],
            custody: sample.contents.custody)
        let faults = SealingFaults(keepsContradictions: true)
        _ = try await seal(sample, limits: BundleLimits(), faults: faults, to: workspace.path("b"))
        let report = try BundleVerifier.verify(path: workspace.path("b"), pinned: sample.key.verificationKey)
        #expect(report.exitCode == 60 && report[.plan]?.detail.contains("more draws than") == true)
    }

    @Test("A bundle may have a million records, two parts of each, and 64 GiB")
    func values() {
        let limits = BundleLimits()
        #expect(limits.records == 1_000_000 && limits.parts == 2_000_000 && limits.masks == 4_000_000)
        #expect(limits.archive == 68_719_476_736 && limits.documents == 134_217_728)
        #expect(limits.models == 1_000 && limits.outcomes == 100 && limits.certificates == 10_000)
    }
}
