internal import enum Crypto.Curve25519
internal import enum Crypto.P256
internal import FoundationEssentials

/// A private key in the form that openssl reads (PKCS#8; RFC 8410 for Ed25519).
///
/// Ed25519 signatures are deterministic here: the same case and key give the same bundle, byte for byte. Those on P-256
/// are not.
public struct SigningKey: Sendable {
    /// The 32 secret bytes: the seed of Ed25519, or the scalar of P-256.
    let secret: [UInt8]

    /// The public half.
    public let verificationKey: VerificationKey

    private init(_ algorithm: KeyAlgorithm, secret: [UInt8]) throws(EvidenceError) {
        self.secret = secret
        switch algorithm {
        case .ed25519:
            guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret) else {
                throw EvidenceError(.key, "the bytes are not an Ed25519 private key")
            }
            verificationKey = try VerificationKey(bytes: Array(key.publicKey.rawRepresentation))
        case .p256:
            guard let key = try? P256.Signing.PrivateKey(rawRepresentation: secret) else {
                throw EvidenceError(.key, "the bytes are not a private key on P-256")
            }
            verificationKey = try VerificationKey(point: Array(key.publicKey.x963Representation))
        }
    }

    /// Draws a key from the system's generator.
    public static func generate(_ algorithm: KeyAlgorithm = .ed25519) throws(EvidenceError) -> SigningKey {
        switch algorithm {
        case .ed25519:
            try SigningKey(.ed25519, secret: Array(Curve25519.Signing.PrivateKey().rawRepresentation))
        case .p256: try SigningKey(.p256, secret: Array(P256.Signing.PrivateKey().rawRepresentation))
        }
    }

    /// Reads a PKCS#8 key in PEM, as `openssl genpkey` writes it for `ed25519`, or for `EC` on P-256.
    ///
    /// - Throws: `key`. The message never holds a byte of the key.
    public init(pem: String) throws(EvidenceError) {
        let der = PEM.decode(pem, label: "PRIVATE KEY") ?? []
        if der.count == 48, der.starts(with: Self.prefix) {
            try self.init(.ed25519, secret: Array(der.dropFirst(Self.prefix.count)))
        } else if let key = try? P256.Signing.PrivateKey(derRepresentation: der) {
            try self.init(.p256, secret: Array(key.rawRepresentation))
        } else {
            throw EvidenceError(
                .key, "expected an unencrypted Ed25519 or P-256 private key in PEM (-----BEGIN PRIVATE KEY-----)")
        }
    }

    /// The PKCS#8 form in PEM. It is secret.
    public var pem: String {
        let ed25519 = Self.prefix + secret
        guard verificationKey.algorithm == .p256, let key = try? P256.Signing.PrivateKey(rawRepresentation: secret)
        else { return PEM.encode(ed25519, label: "PRIVATE KEY") }
        return PEM.encode(Array(key.derRepresentation), label: "PRIVATE KEY")
    }

    /// Reads a key file.
    ///
    /// - Throws: `inputOutput` if it cannot be read, `key` if it holds anything but a key or others may read it.
    public static func load(path: String) throws(EvidenceError) -> SigningKey {
        let file = try InputFile(path: path)
        guard try file.permissions() & 0o077 == 0 else {
            throw EvidenceError(.key, "others can read \(path); run `chmod 600 \(path)` and consider the key exposed")
        }
        return try SigningKey(pem: String(decoding: try file.readAll(limit: 4096), as: UTF8.self))
    }

    /// Writes a new key file that only its owner can read (mode 0600).
    ///
    /// - Throws: `exists` if the file exists, `diskFull` or `inputOutput` if it cannot be written.
    public func save(path: String) throws(EvidenceError) {
        try OutputFile.create(path: path, bytes: Array(pem.utf8), permissions: 0o600)
    }

    /// Signs a message.
    func signature(for message: [UInt8]) throws(EvidenceError) -> [UInt8] {
        do {
            switch verificationKey.algorithm {
            case .ed25519:
                return Array(try Curve25519.Signing.PrivateKey(rawRepresentation: secret).signature(for: message))
            case .p256:
                let key = try P256.Signing.PrivateKey(rawRepresentation: secret)
                return Array(try key.signature(for: message).derRepresentation)
            }
        } catch {
            throw EvidenceError(.key, "the key refused to sign")
        }
    }

    private static let prefix: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
}

extension VerificationKey {
    /// Reads a public key file.
    ///
    /// - Throws: `inputOutput`, `key`.
    public static func load(path: String) throws(EvidenceError) -> VerificationKey {
        try VerificationKey(pem: String(decoding: try InputFile(path: path).readAll(limit: 4096), as: UTF8.self))
    }

    /// Writes a new public key file that everybody may read.
    ///
    /// - Throws: `exists`, `diskFull`, `inputOutput`.
    public func save(path: String) throws(EvidenceError) {
        try OutputFile.create(path: path, bytes: Array(pem.utf8), permissions: 0o644)
    }
}
