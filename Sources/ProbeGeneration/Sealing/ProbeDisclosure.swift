internal import ContentAddressing
public import ForensicTypes

/// One probe of a sealed set, shown without the others.
public struct ProbeDisclosure: Sendable, Hashable {
    /// The root that the proof leads to.
    public let root: Digest
    /// The probe.
    public let probe: IdentifiedProbe

    private let salt: Digest
    private let proof: InclusionProof

    init(root: Digest, probe: IdentifiedProbe, salt: Digest, proof: InclusionProof) {
        self.root = root
        self.probe = probe
        self.salt = salt
        self.proof = proof
    }

    /// The canonical JSON bytes to hand over.
    public func encode() throws(ProbeGenerationError) -> [UInt8] {
        try SealedFile.encode(
            SealedFile.Disclosure(
                format: SealedFile.Disclosure.format, version: SealedFile.version, root: root,
                leaf: SealedFile.Leaf(probe: probe.probe, salt: salt), proof: proof))
    }

    /// Whether a file says that it is a disclosure; it may still be none that can be read.
    public static func isDisclosure(_ bytes: [UInt8]) -> Bool {
        struct Named: Decodable { let format: String }
        return (try? SealedFile.decode(Named.self, from: bytes))?.format == SealedFile.Disclosure.format
    }

    /// Reads a disclosure. Only `verify` says whether it is true.
    ///
    /// - Throws: `invalidSealedSet` for anything but the canonical bytes of a disclosure of this version.
    public static func decode(_ bytes: [UInt8]) throws(ProbeGenerationError) -> ProbeDisclosure {
        let file = try SealedFile.decode(SealedFile.Disclosure.self, from: bytes)
        try SealedFile.check(format: file.format, version: file.version, expected: SealedFile.Disclosure.format)
        do {
            return ProbeDisclosure(
                root: file.root, probe: try ProbeIdentity.identify(file.leaf.probe), salt: file.leaf.salt,
                proof: file.proof)
        } catch {
            throw ProbeGenerationError(.invalidSealedSet, "the probe has no canonical form: \(error.code.rawValue)")
        }
    }

    /// Checks that the committed set holds the probe.
    ///
    /// - Throws: `tampered` if the root, the size or the proof does not fit.
    public func verify(against commitment: ProbeSetCommitment) throws(ProbeGenerationError) {
        guard root == commitment.root, proof.size == commitment.size else {
            throw ProbeGenerationError(.tampered, "the disclosure belongs to another set")
        }
        let leaf = try SealedFile.encode(SealedFile.Leaf(probe: probe.probe, salt: salt))
        guard proof.verify(leafHash: MerkleTree.leafHash(leaf), root: root) else {
            throw ProbeGenerationError(.tampered, "the proof does not lead from the probe to the root")
        }
    }
}
