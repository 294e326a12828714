internal import ContentAddressing
internal import enum Crypto.Curve25519
internal import enum Crypto.P256
internal import FoundationEssentials
public import struct ForensicTypes.Digest

/// A public key that may be trusted: canonical, and not one of the points of small order.
///
/// For a small-order Ed25519 key one signature can fit every message, and libraries disagree on whether to accept it.
public struct VerificationKey: Sendable, Hashable {
    /// The kind of key.
    public let algorithm: KeyAlgorithm
    /// The 32 bytes of an Ed25519 key (RFC 8032), or the 65 bytes of an uncompressed point (SEC 1).
    public let bytes: [UInt8]

    /// Takes the 32 bytes of an Ed25519 key.
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
        self.algorithm = .ed25519
        self.bytes = bytes
    }

    /// Takes the uncompressed point of a key on P-256.
    ///
    /// - Throws: `key` unless the bytes are a point of the curve.
    public init(point: some Collection<UInt8>) throws(EvidenceError) {
        let bytes = Array(point)
        guard bytes.count == 65, (try? P256.Signing.PublicKey(x963Representation: bytes)) != nil else {
            throw EvidenceError(.key, "the bytes are not an uncompressed point of P-256")
        }
        self.algorithm = .p256
        self.bytes = bytes
    }

    /// Reads a SubjectPublicKeyInfo in DER.
    ///
    /// - Throws: `key` for a key of another kind or another spelling.
    public init(subjectPublicKeyInfo der: some Collection<UInt8>) throws(EvidenceError) {
        let der = Array(der)
        if der.count == 44, der.starts(with: Self.prefix(.ed25519)) {
            try self.init(bytes: der.dropFirst(Self.prefix(.ed25519).count))
        } else if der.count == 91, der.starts(with: Self.prefix(.p256)) {
            try self.init(point: der.dropFirst(Self.prefix(.p256).count))
        } else {
            throw EvidenceError(.key, "the public key is neither Ed25519 nor on P-256")
        }
    }

    /// Reads a SubjectPublicKeyInfo in PEM, as `openssl pkey -pubout` writes it.
    ///
    /// - Throws: `key`.
    public init(pem: String) throws(EvidenceError) {
        guard let der = PEM.decode(pem, label: "PUBLIC KEY") else {
            throw EvidenceError(.key, "expected an Ed25519 or P-256 public key in PEM (-----BEGIN PUBLIC KEY-----)")
        }
        try self.init(subjectPublicKeyInfo: der)
    }

    /// The SubjectPublicKeyInfo in DER (RFC 8410, RFC 5480).
    public var subjectPublicKeyInfo: [UInt8] { Self.prefix(algorithm) + bytes }

    /// The SubjectPublicKeyInfo in PEM.
    public var pem: String { PEM.encode(subjectPublicKeyInfo, label: "PUBLIC KEY") }

    /// The name of the key: SHA-256 of its SubjectPublicKeyInfo. A hint in envelopes, never a reason for trust.
    public var identifier: Digest { SHA256Digest.of(subjectPublicKeyInfo) }

    /// Says whether a signature over a message is this key's: 64 bytes for Ed25519, DER for P-256.
    ///
    /// An Ed25519 signature whose first half is a point of small order, or is not canonical, is refused, which RFC 8032 does not
    /// ask: only somebody who gives the secret away makes one, and libraries disagree about it.
    public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        switch algorithm {
        case .ed25519:
            guard signature.count == 64, !Self.isWeak(Array(signature[..<32])),
                let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
            else { return false }
            return key.isValidSignature(signature, for: message)
        case .p256:
            guard let key = try? P256.Signing.PublicKey(x963Representation: bytes),
                let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature)
            else { return false }
            return key.isValidSignature(signature, for: message)
        }
    }

    private static func prefix(_ algorithm: KeyAlgorithm) -> [UInt8] {
        switch algorithm {
        case .ed25519: [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
        case .p256:
            [
                0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86,
                0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
            ]
        }
    }

    /// The y coordinates, least significant byte first, of the points whose order divides 8.
    private static let smallOrder: [[UInt8]] = [
        [UInt8](repeating: 0, count: 32),
        [1] + [UInt8](repeating: 0, count: 31),
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        Digest(hex: "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")?.bytes ?? [],
        Digest(hex: "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")?.bytes ?? [],
    ]

    /// Whether an encoded point is of small order or not reduced.
    private static func isWeak(_ bytes: [UInt8]) -> Bool {
        var ordinate = bytes
        ordinate[31] &= 0x7F
        let isReduced =
            ordinate[31] != 0x7F || ordinate[0] < 0xED || ordinate[1..<31].contains { $0 != 0xFF }
        return !isReduced || smallOrder.contains(ordinate)
    }
}
