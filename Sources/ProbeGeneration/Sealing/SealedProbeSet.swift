internal import ContentAddressing
public import ForensicTypes

/// An immutable set of probes under a Merkle root of salted leaves.
///
/// A leaf is the canonical JSON of `{"probe": …, "salt": …}`, in the order of the probes' digests. The salts keep a short
/// probe from being guessed out of its leaf hash. The owner keeps the whole file; only `commitment` is published and
/// signed, and single probes are shown with `disclose`. Every way to a value of this type checks it.
public struct SealedProbeSet: Sendable {
    /// The set, in the order of the leaves.
    public let probeSet: ProbeSet
    /// The generator's seed; with the secret it makes the same instances again.
    public let seed: UInt64
    /// How the probes were chosen; nil where nothing was selected.
    public let selection: SelectionRecord?
    /// The public part.
    public let commitment: ProbeSetCommitment

    private let salts: [Digest]
    private let selectionSalt: Digest?
    private let tree: MerkleTree

    /// Seals probes.
    ///
    /// - Parameters:
    ///   - name: a name for people.
    ///   - probes: one probe or more, all different.
    ///   - generator: the generator that made them, for its seed, epoch, library and secret: salts are derived from the
    ///     secret, so that the same inputs give the same file.
    ///   - selection: how they were chosen.
    /// - Throws: `budget` for no probe, `duplicateProbe`, `tampered` for a probe that does not bear its own digest.
    public static func seal(
        name: String, probes: [IdentifiedProbe], generator: ProbeGenerator, selection: SelectionRecord? = nil
    ) throws(ProbeGenerationError) -> SealedProbeSet {
        let probeSet = ProbeSet(name: name, probes: probes)
        let salts = probeSet.probes.map { generator.salt(for: $0.id.bytes) }
        return try SealedProbeSet(
            probeSet: probeSet, salts: salts, epoch: generator.epoch, seed: generator.seed,
            library: generator.library.digest, generator: ProbeGenerator.version, selection: selection,
            selectionSalt: selection.map { _ in generator.salt(for: Array("selection record".utf8)) })
    }

    private init(
        probeSet: ProbeSet, salts: [Digest], epoch: String, seed: UInt64, library: Digest, generator: Int,
        selection: SelectionRecord?, selectionSalt: Digest?
    ) throws(ProbeGenerationError) {
        guard !probeSet.probes.isEmpty else {
            throw ProbeGenerationError(.budget, "a probe set needs one probe or more")
        }
        for (left, right) in zip(probeSet.probes, probeSet.probes.dropFirst()) where left.id == right.id {
            throw ProbeGenerationError(.duplicateProbe, "the probe \(left.id.abbreviated) occurs twice")
        }
        var leaves: [[UInt8]] = []
        for (identified, salt) in zip(probeSet.probes, salts) {
            guard ProbeIdentity.isGenuine(identified) else {
                throw ProbeGenerationError(
                    .tampered, "the probe \(identified.id.abbreviated) does not bear the digest of its content")
            }
            leaves.append(try SealedFile.encode(SealedFile.Leaf(probe: identified.probe, salt: salt)))
        }
        let tree = MerkleTree(leaves: leaves)
        var committedSelection: Digest?
        if let selection, let selectionSalt, let salt = Salt(bytes: selectionSalt.bytes) {
            committedSelection = SaltedCommitment.commit(salt: salt, bytes: try SealedFile.encode(selection))
        }
        self.probeSet = probeSet
        self.seed = seed
        self.selection = selection
        self.salts = salts
        self.selectionSalt = selectionSalt
        self.tree = tree
        commitment = ProbeSetCommitment(
            name: probeSet.name, epoch: epoch, size: probeSet.probes.count, root: tree.root, library: library,
            generator: generator, selection: committedSelection)
    }

    /// The owner's file: canonical JSON with the probes, the salts and the selection record.
    public func encode() throws(ProbeGenerationError) -> [UInt8] {
        let leaves = zip(probeSet.probes, salts).map { SealedFile.Leaf(probe: $0.probe, salt: $1) }
        var record: SealedFile.Record?
        if let selection, let selectionSalt { record = SealedFile.Record(record: selection, salt: selectionSalt) }
        return try SealedFile.encode(
            SealedFile.ProbeSet(
                format: SealedFile.ProbeSet.format, version: SealedFile.version, name: probeSet.name,
                epoch: commitment.epoch, seed: String(seed), library: commitment.library,
                generator: commitment.generator, root: commitment.root, probes: leaves, selection: record))
    }

    /// Reads and checks the owner's file.
    ///
    /// - Throws: `invalidSealedSet` for other bytes, `tampered` if the probes, their order or their salts do not give
    ///   the root, `duplicateProbe`.
    public static func decode(_ bytes: [UInt8]) throws(ProbeGenerationError) -> SealedProbeSet {
        let file = try SealedFile.decode(SealedFile.ProbeSet.self, from: bytes)
        try SealedFile.check(format: file.format, version: file.version, expected: SealedFile.ProbeSet.format)
        guard let seed = UInt64(file.seed) else {
            throw ProbeGenerationError(.invalidSealedSet, "the seed is not a whole number of 64 bits")
        }
        var probes: [IdentifiedProbe] = []
        for leaf in file.probes {
            do {
                probes.append(try ProbeIdentity.identify(leaf.probe))
            } catch {
                throw ProbeGenerationError(.invalidSealedSet, "a probe has no canonical form: \(error.code.rawValue)")
            }
        }
        for (left, right) in zip(probes, probes.dropFirst()) where left.id > right.id {
            throw ProbeGenerationError(.tampered, "the probes are not in the order of their digests")
        }
        let set = try SealedProbeSet(
            probeSet: ProbeSet(name: file.name, probes: probes), salts: file.probes.map(\.salt), epoch: file.epoch,
            seed: seed, library: file.library, generator: file.generator, selection: file.selection?.record,
            selectionSalt: file.selection?.salt)
        guard set.commitment.root == file.root else {
            throw ProbeGenerationError(
                .tampered,
                "the \(probes.count) probes give the root \(set.commitment.root.abbreviated), the file says \(file.root.abbreviated)"
            )
        }
        return set
    }

    /// Checks that the set is the one that was committed to.
    ///
    /// - Throws: `tampered`, naming what differs.
    public func verify(against commitment: ProbeSetCommitment) throws(ProbeGenerationError) {
        guard self.commitment.root == commitment.root else {
            throw ProbeGenerationError(
                .tampered,
                "the set's root is \(self.commitment.root.abbreviated), the commitment's \(commitment.root.abbreviated)"
            )
        }
        guard self.commitment == commitment else {
            throw ProbeGenerationError(
                .tampered, "the probes fit the commitment, but its name, epoch, library or record differ")
        }
    }

    /// One probe with the proof that the set holds it; nil for a probe that it does not hold.
    public func disclose(_ probe: Digest) -> ProbeDisclosure? {
        guard let index = probeSet.probes.firstIndex(where: { $0.id == probe }) else { return nil }
        guard let proof = try? tree.inclusionProof(index: index) else { return nil }
        return ProbeDisclosure(root: commitment.root, probe: probeSet.probes[index], salt: salts[index], proof: proof)
    }
}
