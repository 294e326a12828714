internal import ContentAddressing
public import ForensicTypes

/// The public part of a sealed probe set: what is signed before the first suspect query.
///
/// It fixes the probes without telling them: the root covers salted leaves.
public struct ProbeSetCommitment: Sendable, Hashable {
    /// The set's name.
    public let name: String
    /// The period that the instances are meant for.
    public let epoch: String
    /// The number of probes.
    public let size: Int
    /// The Merkle root over the salted probes.
    public let root: Digest
    /// The digest of the families and corpora that the probes were made from.
    public let library: Digest
    /// The generator's version.
    public let generator: Int
    /// The salted commitment to the selection record; nil where nothing was selected.
    public let selection: Digest?

    /// The canonical JSON bytes to sign.
    public func encode() throws(ProbeGenerationError) -> [UInt8] { try SealedFile.encode(SealedFile.Commitment(self)) }

    /// Reads a commitment.
    ///
    /// - Throws: `invalidSealedSet` for anything but the canonical bytes of a commitment of this version.
    public static func decode(_ bytes: [UInt8]) throws(ProbeGenerationError) -> ProbeSetCommitment {
        let file = try SealedFile.decode(SealedFile.Commitment.self, from: bytes)
        try SealedFile.check(
            format: file.format, version: file.version, expected: SealedFile.Commitment.format)
        return file.value
    }
}
