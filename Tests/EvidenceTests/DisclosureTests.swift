import CaseStore
import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import Testing

struct DisclosureTests {
    private func sample() async throws -> (VerifiedBundle, SampleCase, Workspace) {
        let workspace = try Workspace()
        let plain = try SampleCase(count: 0)
        let store = try await CaseStore.create(
            at: workspace.path("case"), name: "sample", who: Custodian(name: "tester"), tool: ToolIdentity(version: "0")
        )
        for number in 0..<7 {
            _ = try await store.append(
                Transcript(
                    run: "r", model: ModelIdentity(name: "suspect-a", role: .suspect),
                    probe: SHA256Digest.of(text: "secret \(number)"), draw: 0, attempt: 0, startedAt: 1, endedAt: 2,
                    elapsed: 1, connection: ConnectionFacts(peerAddress: nil, serverName: "localhost"),
                    outcome: .http(status: 200), request: Array("the secret probe".utf8), response: Array("Yes".utf8)))
        }
        let contents = BundleContents(
            caseName: "sample", suspect: "suspect-a", protected: "protected", plan: nil, tool: BundleTool(version: "0"),
            probes: [], results: [], custody: [])
        let records = await store.records().map { BundleRecord(line: $0.line, parts: $0.parts.map(\.saltedBytes)) }
        _ = try await BundleWriter(key: plain.key, compression: .none)
            .write(contents, records: records, to: workspace.path("b"))
        return (
            try VerifiedBundle(path: workspace.path("b"), pinned: plain.key.verificationKey), plain, workspace
        )
    }

    @Test("A record is shown with its proof, the probe that drew it stays sealed")
    func responseOnly() async throws {
        let (bundle, sample, _) = try await sample()
        let disclosure = try Disclosure(record: 5, grade: .parts(["response"]), from: bundle)
        let read = try Disclosure(bytes: disclosure.bytes, trust: VerificationTrust(key: sample.key.verificationKey))
        #expect(read == disclosure)
        #expect(read.parts.map(\.name) == ["request", "response"])
        #expect(read.parts.map(\.bytes) == [nil, Array("Yes".utf8)])
        let text = String(decoding: disclosure.bytes, as: UTF8.self)
        #expect(!text.contains("secret") && !text.contains(Data("the secret probe".utf8).base64EncodedString()))
    }

    @Test("No flipped bit of a disclosure is accepted")
    func everyByte() async throws {
        let (bundle, sample, _) = try await sample()
        let bytes = try Disclosure(record: 6, grade: .parts(["response"]), from: bundle).bytes
        _ = try Disclosure(bytes: bytes, trust: VerificationTrust(key: sample.key.verificationKey))
        for offset in bytes.indices {
            var changed = bytes
            changed[offset] ^= 1 << UInt8(offset % 8)
            #expect(throws: EvidenceError.self, "byte \(offset)") {
                try Disclosure(bytes: changed, trust: VerificationTrust(key: sample.key.verificationKey))
            }
        }
    }

    @Test("A record that the bundle does not hold, and another key, are refused")
    func refusals() async throws {
        let (bundle, sample, _) = try await sample()
        #expect(throws: EvidenceError(.contents, "")) { try Disclosure(record: 7, grade: .line, from: bundle) }
        let bytes = try Disclosure(record: 0, grade: .line, from: bundle).bytes
        _ = try Disclosure(bytes: bytes, trust: VerificationTrust(key: sample.key.verificationKey))
        let other = try SigningKey.generate().verificationKey
        #expect(throws: EvidenceError(.signature, "")) {
            try Disclosure(bytes: bytes, trust: VerificationTrust(key: other))
        }
    }
}
