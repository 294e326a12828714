internal import ContentAddressing
internal import ForensicTypes

/// The files of a sealed probe set as they are written: canonical JSON.
enum SealedFile {
    /// The format version that this release writes and reads.
    static let version = 1

    /// The owner's file.
    struct ProbeSet: Codable {
        static let format = "whorl-probe-set"

        let format: String
        let version: Int
        let name: String
        let epoch: String
        let seed: String
        let library: Digest
        let generator: Int
        let root: Digest
        let probes: [Leaf]
        let selection: Record?
    }

    /// The selection record with the salt of its commitment.
    struct Record: Codable {
        let record: SelectionRecord
        let salt: Digest
    }

    /// A Merkle leaf: a probe with its salt.
    struct Leaf: Codable {
        let probe: Probe
        let salt: Digest
    }

    /// The public part.
    struct Commitment: Codable {
        static let format = "whorl-probe-set-commitment"

        let format: String
        let version: Int
        let name: String
        let epoch: String
        let size: Int
        let root: Digest
        let library: Digest
        let generator: Int
        let selection: Digest?

        init(_ value: ProbeSetCommitment) {
            format = Self.format
            version = SealedFile.version
            name = value.name
            epoch = value.epoch
            size = value.size
            root = value.root
            library = value.library
            generator = value.generator
            selection = value.selection
        }

        var value: ProbeSetCommitment {
            ProbeSetCommitment(
                name: name, epoch: epoch, size: size, root: root, library: library, generator: generator,
                selection: selection)
        }
    }

    /// One probe with its proof.
    struct Disclosure: Codable {
        static let format = "whorl-probe-disclosure"

        let format: String
        let version: Int
        let root: Digest
        let leaf: Leaf
        let proof: InclusionProof
    }

    static func encode(_ value: some Encodable) throws(ProbeGenerationError) -> [UInt8] {
        do {
            return try CanonicalJSON.encode(value)
        } catch {
            throw ProbeGenerationError(.invalidSealedSet, "a value has no canonical form: \(error.code.rawValue)")
        }
    }

    static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8]
    ) throws(ProbeGenerationError) -> Value {
        do {
            return try CanonicalJSON.decode(type, from: bytes)
        } catch {
            throw ProbeGenerationError(.invalidSealedSet, "the file is not readable: \(error)")
        }
    }

    static func check(format: String, version: Int, expected: String) throws(ProbeGenerationError) {
        guard format == expected, version == Self.version else {
            throw ProbeGenerationError(
                .invalidSealedSet,
                "expected \(expected) of version \(Self.version), not \(format) of version \(version)")
        }
    }
}
