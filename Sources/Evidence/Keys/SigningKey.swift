internal import enum Crypto.Curve25519
internal import FoundationEssentials

/// An Ed25519 private key in the form that openssl reads (PKCS#8, RFC 8410).
///
/// Ed25519 signatures are deterministic here: the same case and key give the same bundle, byte for byte.
public struct SigningKey: Sendable {
    private let seed: [UInt8]

    /// The public half.
    public let verificationKey: VerificationKey

    private init(seed: [UInt8]) throws(EvidenceError) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw EvidenceError(.key, "the bytes are not an Ed25519 private key")
        }
        self.seed = seed
        self.verificationKey = try VerificationKey(bytes: Array(key.publicKey.rawRepresentation))
    }

    /// Draws a key from the system's generator.
    public static func generate() throws(EvidenceError) -> SigningKey {
        try SigningKey(seed: Array(Curve25519.Signing.PrivateKey().rawRepresentation))
    }

    /// Reads a PKCS#8 key in PEM, as `openssl genpkey -algorithm ed25519` writes it.
    ///
    /// - Throws: `key`. The message never holds a byte of the key.
    public init(pem: String) throws(EvidenceError) {
        guard let der = PEM.decode(pem, label: "PRIVATE KEY"), der.count == 48, der.starts(with: Self.prefix) else {
            throw EvidenceError(
                .key, "expected an unencrypted Ed25519 private key in PEM (-----BEGIN PRIVATE KEY-----)")
        }
        try self.init(seed: Array(der.dropFirst(Self.prefix.count)))
    }

    /// The PKCS#8 form in PEM. It is secret.
    public var pem: String { PEM.encode(Self.prefix + seed, label: "PRIVATE KEY") }

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
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let signature = try? key.signature(for: message)
        else { throw EvidenceError(.key, "the key refused to sign") }
        return Array(signature)
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
