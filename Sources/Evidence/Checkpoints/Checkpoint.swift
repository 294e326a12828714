internal import ContentAddressing
public import struct ForensicTypes.Digest

/// A signed head of the tree, made while records are collected: a C2SP checkpoint in a C2SP signed note.
///
/// Once a third party has stamped it, no record under it can be made or changed unseen.
public struct Checkpoint: Sendable, Hashable {
    /// The name under which the collector's key signs notes.
    static let signer = "collector"

    /// The tree: the case's name and `/records`.
    public let origin: String
    /// How many records it covers.
    public let size: Int
    /// The root over them.
    public let root: Digest
    /// When it was made by the collector's clock, in nanoseconds since 1970.
    public let time: Int64
    /// The file's bytes.
    public let note: [UInt8]
    /// The key hash, then the signature over the text.
    private let signature: [UInt8]

    /// Signs a head.
    ///
    /// - Throws: `contents` for a name that a note cannot hold, `key` if the key refuses.
    public init(
        caseName: String, size: Int, root: Digest, time: Int64, key: SigningKey
    ) throws(EvidenceError) {
        guard size > 0, time > 0, !caseName.isEmpty, Self.isCaseName(caseName) else {
            throw EvidenceError(.contents, "a checkpoint needs a case with a name in one line, and records")
        }
        origin = Self.origin(caseName)
        self.size = size
        self.root = root
        self.time = time
        let text = Self.text(origin: origin, size: size, root: root, time: time)
        signature = Self.keyHash(key.verificationKey) + (try key.signature(for: text))
        note = text + Array("\n\u{2014} \(Self.signer) \(Base64.encode(signature))\n".utf8)
    }

    /// Reads a note. Its signature is not verified yet.
    ///
    /// - Throws: `canonical` for bytes that are no such note with exactly one signature.
    public init(note: [UInt8]) throws(EvidenceError) {
        let problem = EvidenceError(.canonical, "a checkpoint is not a note in its one spelling")
        guard let text = String(validating: note, as: UTF8.self) else { throw problem }
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        guard lines.count == 7, let size = Int(lines[1]),
            let root = Base64.decode(lines[2]).flatMap({ Digest(bytes: $0) }),
            let time = Int64(lines[3].dropFirst(2)), time > 0
        else { throw problem }
        let start = "\u{2014} \(Self.signer) "
        guard let signed = Base64.decode(String(lines[5].dropFirst(start.count))) else { throw problem }
        origin = lines[0]
        self.size = size
        self.root = root
        self.time = time
        self.note = note
        signature = signed
        guard
            Self.text(origin: origin, size: size, root: root, time: time)
                + Array("\n\(start)\(Base64.encode(signed))\n".utf8) == note
        else { throw problem }
    }

    /// Whether a key signed the note.
    public func isSigned(by key: VerificationKey) -> Bool {
        let hash = Self.keyHash(key)
        let text = Self.text(origin: origin, size: size, root: root, time: time)
        return signature.starts(with: hash) && key.isValid(Array(signature.dropFirst(hash.count)), for: text)
    }

    /// Whether a case's name holds no control character, so that it stands in one line.
    static func isCaseName(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 } }

    /// Whether the note is of a case, by the bytes of its name.
    func isOf(caseName: String) -> Bool { origin.utf8.elementsEqual(Self.origin(caseName).utf8) }

    private static func origin(_ caseName: String) -> String { "\(caseName)/records" }

    private static func text(origin: String, size: Int, root: Digest, time: Int64) -> [UInt8] {
        Array("\(origin)\n\(size)\n\(Base64.encode(root.bytes))\nt \(time)\n".utf8)
    }

    /// Which key signed: a hint of four bytes.
    private static func keyHash(_ key: VerificationKey) -> [UInt8] {
        let digest =
            switch key.algorithm {
            case .ed25519: SHA256Digest.of(Array(signer.utf8) + [0x0A, 0x01] + key.bytes)
            case .p256: SHA256Digest.of(key.subjectPublicKeyInfo)
            }
        return Array(digest.bytes.prefix(4))
    }
}
