internal import ContentAddressing
internal import enum Crypto.Curve25519
internal import FoundationEssentials
public import struct ForensicTypes.Digest

/// An Ed25519 public key that may be trusted: canonical, and not one of the points of small order.
///
/// For a small-order key one signature can fit every message, and libraries disagree on whether to accept it.
public struct VerificationKey: Sendable, Hashable {
    /// The 32 bytes of the key (RFC 8032).
    public let bytes: [UInt8]

    /// Takes the 32 bytes of a key.
    ///
    /// - Throws: `key` for another count, a non-canonical encoding or a point of small order.
    public init(bytes: some Collection<UInt8>) throws(EvidenceError) {
        let bytes = Array(bytes)
        guard bytes.count == 32 else {
            throw EvidenceError(.key, "an Ed25519 public key has 32 bytes, not \(bytes.count)")
        }
        guard !Self.isWeak(bytes) else {
            throw EvidenceError(.key, "the public key is a point of small order or not canonical; it signs nothing")
        }
        guard (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else {
            throw EvidenceError(.key, "the bytes are not an Ed25519 public key")
        }
        self.bytes = bytes
    }

    /// Reads a SubjectPublicKeyInfo in PEM, as `openssl pkey -pubout` writes it.
    ///
    /// - Throws: `key`.
    public init(pem: String) throws(EvidenceError) {
        guard let der = PEM.decode(pem, label: "PUBLIC KEY"), der.count == 44, der.starts(with: Self.prefix) else {
            throw EvidenceError(.key, "expected an Ed25519 public key in PEM (-----BEGIN PUBLIC KEY-----)")
        }
        try self.init(bytes: der.dropFirst(Self.prefix.count))
    }

    /// The SubjectPublicKeyInfo in DER (RFC 8410).
    public var subjectPublicKeyInfo: [UInt8] { Self.prefix + bytes }

    /// The SubjectPublicKeyInfo in PEM.
    public var pem: String { PEM.encode(subjectPublicKeyInfo, label: "PUBLIC KEY") }

    /// The name of the key: SHA-256 of its SubjectPublicKeyInfo. A hint in envelopes, never a reason for trust.
    public var identifier: Digest { SHA256Digest.of(subjectPublicKeyInfo) }

    /// Says whether a signature over a message is this key's.
    public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard signature.count == 64, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            return false
        }
        return key.isValidSignature(signature, for: message)
    }

    private static let prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

    /// The y coordinates, least significant byte first, of the points whose order divides 8.
    private static let smallOrder: [[UInt8]] = [
        [UInt8](repeating: 0, count: 32),
        [1] + [UInt8](repeating: 0, count: 31),
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        Digest(hex: "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")?.bytes ?? [],
        Digest(hex: "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")?.bytes ?? [],
    ]

    private static func isWeak(_ bytes: [UInt8]) -> Bool {
        var ordinate = bytes
        ordinate[31] &= 0x7F
        let isReduced =
            ordinate[31] != 0x7F || ordinate[0] < 0xED || ordinate[1..<31].contains { $0 != 0xFF }
        return !isReduced || smallOrder.contains(ordinate)
    }
}
