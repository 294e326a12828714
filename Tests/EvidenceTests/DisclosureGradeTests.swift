import CaseStore
import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

@Suite("Grades of disclosure")
struct DisclosureGradeTests {
    /// A bundle of records in the store's own form, certified and stamped.
    private struct Scene {
        let workspace: Workspace
        let authority: LocalAuthority
        let issuer: CertificateIssuer
        let key: SigningKey
        let bundle: VerifiedBundle
        let trust: VerificationTrust

        init(_ kind: KeyAlgorithm = .ed25519) async throws {
            workspace = try Workspace()
            authority = try LocalAuthority(in: workspace)
            key = try .generate(kind)
            let now = VerificationTrust.clock / 1_000_000_000
            issuer = try CertificateIssuer.makeRoot(name: "root", key: .generate(), start: now - 60, days: 9)
            let certificate = try issuer.certify(key.verificationKey, name: "Laboratory A", start: now - 60, days: 9)
            let store = try await CaseStore.create(
                at: workspace.path("case"), name: "sample", who: Custodian(name: "tester"),
                tool: ToolIdentity(version: "0"))
            for number in 0..<11 {
                _ = try await store.append(
                    Transcript(
                        run: "r", model: ModelIdentity(name: number == 3 ? "other" : "suspect-a", role: .suspect),
                        probe: SHA256Digest.of(text: "secret \(number)"), draw: 0, attempt: 0, startedAt: 1, endedAt: 2,
                        elapsed: 1, connection: ConnectionFacts(peerAddress: nil, serverName: "localhost"),
                        outcome: .http(status: 200), request: Array("the secret probe".utf8),
                        response: Array("Yes".utf8)))
            }
            let contents = BundleContents(
                caseName: "sample", suspect: "suspect-a", protected: "protected", plan: nil,
                tool: BundleTool(version: "0"), probes: [], results: [], custody: [],
                attestations: BundleAttestations(certificates: [certificate]))
            let records = await store.records().map {
                BundleRecord(
                    line: $0.line, parts: $0.transcript.model.name == "other" ? nil : $0.parts.map(\.saltedBytes))
            }
            let authority = authority
            _ = try await BundleWriter(key: key, compression: .none).write(
                contents, records: records, to: workspace.path("b"), stamping: { [try authority.stamp($0)] })
            trust = VerificationTrust(roots: [issuer.root], timestampRoots: try authority.root)
            bundle = try VerifiedBundle(path: workspace.path("b"), trust: trust)
        }
    }

    @Test("A proof shows nothing but a digest; a line no bytes; parts only those asked for")
    func grades() async throws {
        let scene = try await Scene()
        let proof = try Disclosure(record: 5, grade: .proof, from: scene.bundle)
        #expect(proof.line == nil && proof.parts.isEmpty)
        #expect(try Disclosure(bytes: proof.bytes, trust: scene.trust) == proof)
        let line = try Disclosure(record: 5, grade: .line, from: scene.bundle)
        #expect(line.parts.map(\.bytes) == [nil, nil] && line.line != nil)
        #expect(try Disclosure(bytes: line.bytes, trust: scene.trust) == line)
        let parts = try Disclosure(record: 5, grade: .parts(["response"]), from: scene.bundle)
        #expect(parts.parts.map(\.bytes) == [nil, Array("Yes".utf8)])
        #expect(try Disclosure(bytes: parts.bytes, trust: scene.trust) == parts)
        #expect(throws: EvidenceError(.contents, "")) {
            try Disclosure(record: 5, grade: .parts(["x"]), from: scene.bundle)
        }
    }

    @Test("Of a record that the bundle withholds, only the proof can be shown")
    func withheld() async throws {
        let scene = try await Scene()
        let proof = try Disclosure(record: 3, grade: .proof, from: scene.bundle)
        #expect(try Disclosure(bytes: proof.bytes, trust: scene.trust) == proof)
        #expect(throws: EvidenceError(.contents, "")) { try Disclosure(record: 3, grade: .line, from: scene.bundle) }
        #expect(throws: EvidenceError(.contents, "")) { try Disclosure(record: 11, grade: .proof, from: scene.bundle) }
    }

    @Test("What is pinned decides: a root, a key, an authority; nothing pinned is refused")
    func trust() async throws {
        let scene = try await Scene()
        let bytes = try Disclosure(record: 0, grade: .line, from: scene.bundle).bytes
        _ = try Disclosure(bytes: bytes, trust: VerificationTrust(key: scene.key.verificationKey))
        #expect(throws: EvidenceError(.signature, "")) { try Disclosure(bytes: bytes, trust: VerificationTrust()) }
        let stranger = try CertificateIssuer.makeRoot(name: "root", key: .generate(), start: 0, days: 36_500)
        #expect(throws: EvidenceError(.certificate, "")) {
            try Disclosure(
                bytes: bytes, trust: VerificationTrust(roots: [stranger.root], timestampRoots: scene.authority.root))
        }
        #expect(throws: EvidenceError(.certificate, "")) {
            try Disclosure(
                bytes: bytes, trust: VerificationTrust(roots: [scene.issuer.root], timestampRoots: [stranger.root]))
        }
    }

    @Test("What is pinned and was taken out of a disclosure is said to be unchecked")
    func stripped() async throws {
        let scene = try await Scene()
        let trust = VerificationTrust(
            key: scene.key.verificationKey, roots: [scene.issuer.root], timestampRoots: try scene.authority.root)
        let whole = try Disclosure(record: 0, grade: .line, from: scene.bundle)
        #expect(try Disclosure(bytes: whole.bytes, trust: trust).checks.map(\.outcome) == [.passed, .passed])
        let unpinned = try Disclosure(bytes: whole.bytes, trust: VerificationTrust(key: scene.key.verificationKey))
        #expect(unpinned.checks.map(\.outcome) == [.notChecked, .notChecked])
        #expect(unpinned.checks.allSatisfy { $0.detail.contains("was pinned") })
        var members = try #require(JSONSerialization.jsonObject(with: Data(whole.bytes)) as? [String: Any])
        members["certificates"] = nil
        members["tokens"] = nil
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = Array(try JSONSerialization.data(withJSONObject: members, options: options))
        let stripped = try Disclosure(bytes: bytes, trust: trust)
        #expect(stripped.checks.map(\.subject) == [.certificate, .timestamp])
        #expect(stripped.checks.map(\.outcome) == [.notChecked, .notChecked])
        #expect(stripped.checks.allSatisfy { $0.detail.contains("the disclosure has no") })
    }

    @Test(
        "The recipe on the page checks a disclosure with public tools, and refuses a changed one",
        .enabled(
            if: ExternalTool.areAvailable("bash", "openssl", "jq", "xxd"), "a tool is missing: bash, openssl, jq, xxd"),
        arguments: KeyAlgorithm.allCases)
    func recipe(kind: KeyAlgorithm) async throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Evidence/Documentation.docc/AfterSealing.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let block = try #require(
            text.components(separatedBy: "```bash\n").dropFirst().first?.components(separatedBy: "```").first)
        let scene = try await Scene(kind)
        try scene.workspace.write(Array(block.utf8), to: "check.sh")
        try scene.workspace.write(Array(scene.key.verificationKey.pem.utf8), to: "key.pem")
        let bash = try #require(ExternalTool("bash"))
        func check(_ bytes: [UInt8]) throws -> ExternalTool.Outcome {
            try scene.workspace.write(bytes, to: "d.json")
            return try bash.run([
                scene.workspace.path("check.sh"), scene.workspace.path("d.json"), scene.workspace.path("key.pem"),
            ])
        }
        for grade in [.proof, .line, .parts(["response"])] as [Disclosure.Grade] {
            let bytes = try Disclosure(record: 5, grade: grade, from: scene.bundle).bytes
            let sound = try check(bytes)
            #expect(sound.status == 0, "\(sound.errors)")
            #expect(String(decoding: sound.output, as: UTF8.self).contains("under the signed root"))
            let whole = String(decoding: bytes, as: UTF8.self)
            for (old, new) in [
                (#""index":5"#, #""index":4"#), (#""size":11"#, #""size":12"#),
                (#"\"status\":200"#, #"\"status\":201"#),
                (#""leaf":""#, #""leaf":"0"#), (#""path":["#, #""path":[""#), (#"\"sig\":\""#, #"\"sig\":\"A"#),
                (#""v":2}"#, #""v":9}"#), (#""v":2}"#, #""v":2,"zebra":1}"#),
            ] where whole.contains(old) {
                let changed = whole.replacing(old, with: new, maxReplacements: 1)
                #expect(try check(Array(changed.utf8)).status != 0, "\(old) in \(grade)")
            }
        }
        try scene.workspace.write(Array(try SigningKey.generate(kind).verificationKey.pem.utf8), to: "key.pem")
        #expect(try check(try Disclosure(record: 5, grade: .line, from: scene.bundle).bytes).status != 0)
    }
}
