import CaseStore
import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

private let seedFolder = ProcessInfo.processInfo.environment["WHORL_FUZZ_SEEDS"]

/// Makes what fuzzing begins with: a bundle to take apart, and its files as inputs of each target.
///
/// `WHORL_FUZZ_SEEDS` names the folder; `Tools/Fuzz/fuzz --seeds` sets it.
@Suite(.enabled(if: seedFolder != nil, "WHORL_FUZZ_SEEDS is not set"))
struct FuzzSeedTests {
    private func save(_ bytes: [UInt8], _ target: EvidenceFuzzTarget, _ name: String) throws {
        let folder = Workspace(at: URL(filePath: try #require(seedFolder)).appending(path: target.rawValue))
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        try folder.write(bytes, to: "seed-" + name.replacing("/", with: "-"))
    }

    private func targets(_ path: String) -> [EvidenceFuzzTarget] {
        if path.hasSuffix(".tsr") || path.hasSuffix(".tsq") { return [.token] }
        if path.hasSuffix(".note") { return [.note] }
        if path.hasSuffix(".crt.pem") { return [.certificate] }
        if path.hasSuffix(".dsse.json") { return [.envelope] }
        if path.hasSuffix(".jsonl") || path.hasSuffix("plan.json") { return [.history, .canonical] }
        return path.hasSuffix(".json") ? [.canonical] : []
    }

    @Test("Writes the template and the first inputs")
    func seeds() async throws {
        let attested = try AttestedCase(records: 5)
        try await attested.write()
        let bytes = try attested.workspace.read("b")
        let folder = Workspace(at: URL(filePath: try #require(seedFolder)))
        let roots = try [attested.issuer.root] + attested.authorities.flatMap { try $0.root }
        try folder.write(bytes, to: "template.tar")
        try folder.write(Array(roots.map(\.pem).joined().utf8), to: "roots.pem")
        let zstd = try #require(ExternalTool("zstd"))
        try save(bytes, .container, "plain")
        try save(zstd.run(["-19", "-qc", attested.workspace.path("b")]).output, .container, "coated")

        let archive = TapeArchive(bytes)
        var tape: [UInt8] = []
        for (number, member) in archive.members.enumerated() {
            for target in targets(member.path) { try save(member.bytes, target, member.path) }
            let isEnvelope = member.path.hasSuffix(".dsse.json")
            let content = isEnvelope ? try DSSEEnvelope(bytes: member.bytes).payload : member.bytes
            if isEnvelope { try save(content, .envelope, member.path + "-payload") }
            if member.path != "data/verify.sh" {
                try save([UInt8(number)] + content, .bundle, member.path)
                let lengths = [UInt8(member.bytes.count >> 8), UInt8(member.bytes.count & 255)]
                let name = Array(member.path.utf8)
                let entry = [0, UInt8(name.count)] + name + lengths + member.bytes
                try save(entry, .tape, member.path)
                tape += entry
            }
        }
        try save(tape, .tape, "all")
        for (number, root) in roots.enumerated() { try save(root.der, .certificate, "root-\(number)") }
        try save(Array((attested.certificate.pem + roots.map(\.pem).joined()).utf8), .certificate, "chain")
        try statements(archive)
        try await records(of: attested)
    }

    /// What the tokens state, which their parser reads only once the signature holds.
    private func statements(_ archive: TapeArchive) throws {
        for member in archive.members where member.path.hasSuffix(".tsr") {
            let marker: [UInt8] = [0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x04, 0xA0]
            guard let found = member.bytes.firstRange(of: marker) else { continue }
            // The tag's length, the octet string's tag and length, each of one or two bytes.
            let rest = member.bytes[found.upperBound...]
            guard let start = rest.firstRange(of: [0x02, 0x01, 0x01])?.lowerBound else { continue }
            let length = rest[start - 2] == 0x81 ? 3 : 2
            let count = Int(rest[start - 1]) + length
            try save(Array(rest[(start - length)...].prefix(count)), .token, member.path + "-statement")
        }
    }

    /// Records with what real ones have, and a disclosure at each grade.
    private func records(of attested: AttestedCase) async throws {
        let folder = attested.workspace.path("case")
        let store = try await CaseStore.create(
            at: folder, name: "fuzz", who: Custodian(name: "tester"), tool: ToolIdentity(version: "0"))
        let connection = ConnectionFacts(
            peerAddress: "127.0.0.1:443", serverName: "localhost", tlsVersion: "TLSv1.3",
            tlsCipher: "TLS_AES_128_GCM_SHA256", applicationProtocol: "http/1.1", verification: .verified,
            certificates: [SampleCase.digest(of: "leaf")], connection: 0, exchange: 1)
        let masked = Redaction(
            part: .request, offset: 2, length: 3, reason: .key,
            commitment: SecretCommitment(salt: SampleCase.digest(of: "salt"), digest: SampleCase.digest(of: "est")))
        let outcomes: [AttemptOutcome] = [.http(status: 200), .timeout, .tlsFailure]
        for (number, outcome) in outcomes.enumerated() {
            _ = try await store.append(
                Transcript(
                    run: "r", model: ModelIdentity(name: "suspect-a", role: .suspect),
                    probe: SampleCase.digest(of: "secret \(number)"), draw: 0, attempt: number, startedAt: 1,
                    endedAt: 2,
                    elapsed: 1, connection: connection, outcome: outcome, request: Array("qu***ion".utf8),
                    response: Array("answer".utf8), redactions: number == 0 ? [] : [masked], limit: .total))
        }
        for try await record in await store.records() {
            let parts = record.parts.flatMap(\.saltedBytes)
            try save(record.line + [10] + parts, .record, "\(record.sequence)")
            try save(record.line, .canonical, "record-\(record.sequence)")
        }
        let segment = try Workspace(at: URL(filePath: folder)).read("spool/000000.spool")
        try save(segment, .spool, "segment")
        try save(frames(of: segment), .spool, "frames")
        try await disclosures(of: store, attested)
    }

    /// The lengths and bodies of a segment, without its header and its chain.
    private func frames(of segment: [UInt8]) -> [UInt8] {
        var (frames, rest): ([UInt8], _) = ([], segment.dropFirst(64))
        while rest.count > 4 {
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            frames += rest.prefix(4 + length)
            rest = rest.dropFirst(4 + length + 32)
        }
        return frames
    }

    private func disclosures(of store: CaseStore, _ attested: AttestedCase) async throws {
        let contents = BundleContents(
            caseName: "sample", suspect: "suspect-a", protected: "protected", plan: nil, tool: BundleTool(version: "0"),
            probes: [], results: [], custody: [],
            attestations: BundleAttestations(certificates: [attested.certificate]))
        let records = await store.records().map { BundleRecord(line: $0.line, parts: $0.parts.map(\.saltedBytes)) }
        let path = attested.workspace.path("real")
        let authorities = attested.authorities
        _ = try await BundleWriter(key: attested.sample.key, compression: .none).write(
            contents, records: records, to: path, stamping: { bytes in try authorities.map { try $0.stamp(bytes) } })
        var trust = attested.trust
        trust.reviewer = nil
        let bundle = try VerifiedBundle(path: path, trust: trust)
        let grades: [(String, Disclosure.Grade)] = [
            ("proof", .proof), ("line", .line), ("part", .parts(["response"])),
        ]
        for (name, grade) in grades {
            try save(Disclosure(record: 1, grade: grade, from: bundle).bytes, .disclosure, name)
        }
    }
}
