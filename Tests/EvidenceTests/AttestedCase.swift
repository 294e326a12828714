import ContentAddressing
import Evidence
import ForensicTypes
import Foundation

/// A case with everything that version 2 of the format can hold.
struct AttestedCase {
    let workspace: Workspace
    let issuer: CertificateIssuer
    let certificate: X509Certificate
    let reviewer: SigningKey
    let authorities: [LocalAuthority]
    var sample: SampleCase
    var register: PlanRegister
    private let timestampRoots: [X509Certificate]

    /// What a verifier pins, by the clock as it is when asked: a bundle is stamped some time after its case was made.
    var trust: VerificationTrust {
        VerificationTrust(
            roots: [issuer.root], timestampRoots: timestampRoots, reviewer: reviewer.verificationKey)
    }

    init(
        authorities count: Int = 2, keyKind: KeyAlgorithm = .ed25519, days: Int = 90, records: Int = 12
    ) throws {
        let workspace = try Workspace()
        self.workspace = workspace
        let authorities = try (0..<count).map { try LocalAuthority(in: workspace, name: "tsa-\($0)") }
        self.authorities = authorities
        let now = VerificationTrust.clock
        let key = keyKind == .ed25519 ? try SigningKey(pem: SampleCase.keyText) : try SigningKey.generate(keyKind)
        issuer = try CertificateIssuer.makeRoot(
            name: "case root", key: try .generate(), start: now / 1_000_000_000 - 86_400, days: 3650)
        certificate = try issuer.certify(
            key.verificationKey, name: "Laboratory A", start: now / 1_000_000_000 - 3600, days: days)
        reviewer = try .generate()

        // Another plan of the owner comes first and is never reported.
        let commitment = SHA256Digest.of(Array(#"{"name":"sample","size":3}"#.utf8))
        var register = PlanRegister()
        let earlier = try SealedPlan(
            sealing: try SampleCase.plan(commitment: commitment, register: register.place), with: key)
        register = try register.adding(.planned, plan: earlier, time: 1)
        let plan = try SealedPlan(
            sealing: try SampleCase.plan(commitment: commitment, register: register.place, writtenAt: now), with: key)
        register = try register.adding(.planned, plan: plan, time: 2)
        self.register = register
        sample = try SampleCase(count: records, plan: plan, key: key, start: now + 1_000_000_000)

        var notes: [StampedCheckpoint] = []
        for size in [records / 2 - 1, records] {
            let root = MerkleTree(leaves: sample.records.prefix(size).map(\.line)).root
            let note = try Checkpoint(caseName: "sample", size: size, root: root, time: now + Int64(size), key: key)
                .note
            notes.append(
                StampedCheckpoint(note: note, timestamps: try authorities.prefix(1).map { try $0.stamp(note) }))
        }
        sample.contents = BundleContents(
            caseName: "sample", suspect: "suspect-a", protected: "protected", plan: plan,
            tool: BundleTool(version: "0.0.1"), probes: sample.contents.probes, results: sample.contents.results,
            custody: SampleCase.custody(at: now),
            attestations: BundleAttestations(
                certificates: [certificate], planTimestamps: try authorities.map { try $0.stamp(plan.envelope.bytes) },
                checkpoints: notes, register: register, endpointCertificates: [issuer.root.der]))
        timestampRoots = try authorities.flatMap { try $0.root }
    }

    /// Writes the bundle, stamped and countersigned.
    @discardableResult
    func write(_ name: String = "b", compression: BundleWriter.Compression = .none) async throws -> BundleFacts {
        let authorities = authorities
        let records = AsyncStream<BundleRecord> { continuation in
            for record in sample.records { continuation.yield(record) }
            continuation.finish()
        }
        return try await BundleWriter(key: sample.key, reviewer: reviewer, compression: compression).write(
            sample.contents, records: records, to: workspace.path(name),
            stamping: { bytes in try authorities.map { try $0.stamp(bytes) } })
    }

    /// Verifies a bundle of the workspace.
    func verify(_ name: String = "b", _ change: (inout VerificationTrust) -> Void = { _ in }) throws
        -> VerificationReport
    {
        var trust = trust
        change(&trust)
        return try BundleVerifier.verify(path: workspace.path(name), trust: trust)
    }
}
