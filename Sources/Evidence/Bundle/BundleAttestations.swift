internal import ForensicTypes

/// The members of a bundle that speak about its other members: certificates, tokens, checkpoints, the register.
public struct BundleAttestations: Sendable {
    /// The signer's certificate, then those of its issuers without the root; empty without one.
    public var certificates: [X509Certificate]
    /// The tokens over the plan's seal.
    public var planTimestamps: [StoredTimestamp]
    /// The checkpoints, in order.
    public var checkpoints: [StampedCheckpoint]
    /// The register of plans; nil without one.
    public var register: PlanRegister?
    /// The certificates that endpoints presented, each in DER.
    public var endpointCertificates: [[UInt8]]

    /// Gathers them; by default there are none.
    public init(
        certificates: [X509Certificate] = [], planTimestamps: [StoredTimestamp] = [],
        checkpoints: [StampedCheckpoint] = [], register: PlanRegister? = nil, endpointCertificates: [[UInt8]] = []
    ) {
        self.certificates = certificates
        self.planTimestamps = planTimestamps
        self.checkpoints = checkpoints
        self.register = register
        self.endpointCertificates = endpointCertificates
    }

    /// The files that they are in a bundle.
    ///
    /// - Throws: `contents` for a name outside the layout, or a certificate of another key than the signer's.
    func members(signer: VerificationKey) throws(EvidenceError) -> [BundleMember] {
        var members: [BundleMember] = []
        if let leaf = certificates.first {
            guard try leaf.verificationKey() == signer else {
                throw EvidenceError(.contents, "the certificate is not that of the key that signs")
            }
            let text = certificates.map(\.pem).joined()
            members.append(BundleMember(path: BundleLayout.signerCertificate, bytes: Array(text.utf8)))
        }
        members += Self.members(planTimestamps, over: BundleLayout.planEnvelope)
        for (index, checkpoint) in checkpoints.enumerated() {
            let path = BundleLayout.checkpoint(index + 1)
            members.append(BundleMember(path: path, bytes: checkpoint.note))
            members += Self.members(checkpoint.timestamps, over: path)
        }
        if let register { members.append(BundleMember(path: BundleLayout.register, bytes: register.bytes)) }
        for bytes in Set(endpointCertificates) {
            let member = BundleMember(path: "", bytes: bytes)
            members.append(BundleMember(path: "data/tls/\(member.digest.hex).der", bytes: bytes))
        }
        for member in members {
            guard BundleLayout.isAllowed(member.path, version: BundleLayout.version) else {
                throw EvidenceError(.contents, "\(member.path) is not a file that a bundle may hold")
            }
            guard member.path == BundleLayout.register || member.size <= BundleLayout.maximumAttestation else {
                throw EvidenceError(.limit, "\(member.path) has \(member.size) bytes")
            }
        }
        return members
    }

    static func members(_ timestamps: [StoredTimestamp], over path: String) -> [BundleMember] {
        timestamps.flatMap { timestamp in
            let paths = BundleLayout.token(BundleLayout.tokenStart(over: path), timestamp.authority)
            return [
                BundleMember(path: paths.query, bytes: timestamp.query),
                BundleMember(path: paths.response, bytes: timestamp.response),
            ]
        }
    }
}
