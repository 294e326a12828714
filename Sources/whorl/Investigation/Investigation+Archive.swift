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
    /// hashes. With an Ed25519 key the same case gives the same bytes, but for
    /// what third parties add.
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
        let store = try await open(.write)
        let entry = try register?.read()
        try refuse(plan, key: key, register: entry, custody: await store.custody)
        if file == nil { try FileBytes.makeFolder(bundlesFolder) }
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
                register: entry,
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
        if let register { try register.add(.reported, plan: plan, bundle: facts.archive) }
        try FileBytes.write(
            Array("\(facts.archive)  \(suspect).bundle.tar\n".utf8), to: digestFile)
        return facts
    }

    /// Finds what every verifier would refuse the bundle for, or would have to take for a collection without a history, before
    /// anything is written.
    private func refuse(
        _ plan: SealedPlan, key: SigningKey, register: PlanRegister?, custody: CustodyLog
    ) throws {
        guard try VerificationKey.load(path: publicKeyFile) == key.verificationKey else {
            throw CommandError(
                .badInput, "the plan of \(path) was sealed with another key; its bundles are signed with the same one")
        }
        switch (plan.plan.register, register) {
        case (nil, nil): break
        case (nil, .some):
            throw CommandError(.badInput, "the plan of \(path) stands in no register: archive without --register")
        case (.some, nil):
            throw CommandError(.badInput, "the plan of \(path) stands in a register: give that file with --register")
        case (let place?, let register?):
            guard let entry = register.entry(of: plan.digest), Plan.RegisterPlace(n: entry.n, prev: entry.prev) == place
            else {
                throw CommandError(
                    .badInput,
                    "the register does not hold the plan of \(path) in line \(place.n), where the plan states it")
            }
        }
        let isKnown = custody.entries.contains { $0.action == .planSealed && $0.object?.digest == plan.digest }
        guard isKnown, custody.entries.contains(where: { [.collectStart, .imported].contains($0.action) }) else {
            throw CommandError(
                .badInput,
                "\(path)/custody.jsonl does not say that the plan was sealed and that answers were collected: lines of "
                    + "it are lost. Put back a whole copy")
        }
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
