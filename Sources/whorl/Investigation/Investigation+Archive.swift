import CaseStore
import Comparison
import ContentAddressing
import Evidence
import ForensicTypes
import Foundation

extension Investigation {
    var bundlesFolder: String { path + "/bundles" }

    func bundleFile(_ suspect: String) -> String { "\(bundlesFolder)/\(suspect).bundle.tar.zst" }

    /// Seals the evidence about one suspect: its records, those of the protected model and of the references, the plan, the
    /// probes, the scores and the verdict, and the custody log up to now. Records about other suspects stay sealed, as leaf
    /// hashes. The same case gives the same bytes, but for what third parties add.
    ///
    /// - Parameters:
    ///   - certificates: The signer's certificate, then its issuers without the root.
    ///   - reviewer: The key of the second person.
    ///   - register: The register of plans, which goes into the bundle and notes that the plan was reported.
    ///   - authorities: Who stamps the signatures.
    func archive(
        suspect: String, key: SigningKey, compression: BundleWriter.Compression, to file: String? = nil,
        certificates: [X509Certificate] = [], reviewer: SigningKey? = nil, register: RegisterFile? = nil,
        authorities: TimestampAuthorities? = nil
    ) async throws -> BundleFacts {
        let plan = try sealedPlan()
        let result = try resultBytes(of: suspect)
        let target = file ?? bundleFile(suspect)
        let digestFile = (target.hasSuffix(".tar.zst") ? String(target.dropLast(4)) : target) + ".sha256"
        // A sealed bundle is evidence, and its digest may be in somebody's hands: neither is ever replaced.
        for path in [target, digestFile] where FileManager.default.fileExists(atPath: path) {
            throw CommandError(.cannotWrite, "\(path) exists already and is not overwritten: give another --out")
        }
        if file == nil { try FileBytes.makeFolder(bundlesFolder) }
        let store = try await open(.write)
        let withheld = Set(plan.plan.suspects).subtracting([suspect])
        let contents = BundleContents(
            caseName: store.name, suspect: suspect, protected: plan.plan.protected, plan: plan,
            tool: BundleTool(version: ToolIdentity.releasedVersion, sha256: BinaryDigest.own),
            probes: [
                BundleDocument(name: Self.probesDocument, bytes: try FileBytes.read(probeSetFile)),
                BundleDocument(name: "commitment.json", bytes: try FileBytes.read(commitmentFile)),
            ],
            results: try [BundleDocument(name: Self.resultDocument, bytes: result)] + calibrations(plan.plan),
            custody: await store.custody.lines,
            attestations: BundleAttestations(
                certificates: certificates, planTimestamps: try timestamps(planStem), checkpoints: try checkpoints(),
                register: try register?.read(),
                endpointCertificates: try await endpointCertificates(in: store, withholding: withheld)))
        let records = await store.records().map { record in
            BundleRecord(
                line: record.line,
                parts: withheld.contains(record.transcript.model.name) ? nil : record.parts.map(\.saltedBytes))
        }
        let facts = try await BundleWriter(key: key, reviewer: reviewer, compression: compression)
            .write(contents, records: records, to: target, stamping: authorities?.stamping)
        // Logged afterwards: the bundle is a function of what the case held before, and the line names the bundle.
        try await store.log(.seal, object: facts.archive, why: "sealed the bundle about \(suspect)")
        if let register { try register.add(.reported, plan: plan) }
        try FileBytes.write(
            Array("\(facts.archive)  \(suspect).bundle.tar\n".utf8), to: digestFile)
        return facts
    }

    /// The certificates that the servers presented, as far as the records that are disclosed name them.
    private func endpointCertificates(
        in store: CaseStore, withholding withheld: Set<String>
    ) async throws -> [[UInt8]] {
        guard try !store.certificates().isEmpty else { return [] }
        var named: Set<Digest> = []
        for try await record in await store.records() where !withheld.contains(record.transcript.model.name) {
            named.formUnion(record.transcript.connection.certificates)
        }
        return try named.sorted().compactMap { try store.certificate($0) }
    }

    static let probesDocument = "probes.json"
    static let resultDocument = "result.json"
    static let calibrationDocument = "calibration.json"

    /// The result in a bundle that verifies, as it was archived; nil where it holds none.
    static func sealedResult(in path: String, trust: VerificationTrust) throws -> [UInt8]? {
        try VerifiedBundle(path: path, trust: trust).results.first { $0.name == resultDocument }.map { document in
            // A text in a bundle may end with a line feed.
            document.bytes.last == UInt8(ascii: "\n") ? Array(document.bytes.dropLast()) : document.bytes
        }
    }

    private func calibrations(_ plan: Plan) throws -> [BundleDocument] {
        guard plan.calibration != nil else { return [] }
        return [BundleDocument(name: Self.calibrationDocument, bytes: try FileBytes.read(calibrationFile))]
    }
}
