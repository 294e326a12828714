internal import ContentAddressing
internal import FoundationEssentials
public import struct ForensicTypes.Digest
internal import SwiftASN1
internal import X509

/// A certificate, as it stands: read, and not yet a reason to believe anything.
public struct X509Certificate: Sendable, Hashable {
    /// The bytes, in DER.
    public let der: [UInt8]
    let certificate: Certificate

    /// Reads a certificate in DER.
    ///
    /// - Throws: `certificate`.
    public init(der: some Collection<UInt8>) throws(EvidenceError) {
        self.der = Array(der)
        guard let certificate = try? Certificate(derEncoded: self.der) else {
            throw EvidenceError(.certificate, "the bytes are no X.509 certificate in DER")
        }
        self.certificate = certificate
    }

    init(_ certificate: Certificate) throws(EvidenceError) {
        var serializer = DER.Serializer()
        do {
            try serializer.serialize(certificate)
        } catch {
            throw EvidenceError(.certificate, "the certificate cannot be written")
        }
        self.der = serializer.serializedBytes
        self.certificate = certificate
    }

    /// Reads a text of one certificate or more in PEM, and nothing else.
    ///
    /// - Throws: `certificate`.
    public static func decode(pem text: String) throws(EvidenceError) -> [X509Certificate] {
        guard let blocks = PEM.decodeAll(text, label: "CERTIFICATE") else {
            throw EvidenceError(.certificate, "expected certificates in PEM (-----BEGIN CERTIFICATE-----)")
        }
        var certificates: [X509Certificate] = []
        for block in blocks { certificates.append(try X509Certificate(der: block)) }
        return certificates
    }

    /// Reads a file of certificates in PEM. Text outside the blocks, as `openssl x509 -text` writes it, is passed over.
    ///
    /// - Throws: `inputOutput`, `limit`, `certificate`.
    public static func load(path: String) throws(EvidenceError) -> [X509Certificate] {
        let text = String(decoding: try InputFile(path: path).readAll(limit: 1 << 20), as: UTF8.self)
        var inside = false
        let lines = text.split(separator: "\n").filter { line in
            if line == "-----BEGIN CERTIFICATE-----" { inside = true }
            defer { if line == "-----END CERTIFICATE-----" { inside = false } }
            return inside
        }
        do {
            return try decode(pem: lines.joined(separator: "\n"))
        } catch {
            throw EvidenceError(.certificate, "\(path): \(error.message)")
        }
    }

    /// The certificate in PEM.
    public var pem: String { PEM.encode(der, label: "CERTIFICATE") }

    /// SHA-256 of the certificate.
    public var fingerprint: Digest { SHA256Digest.of(der) }

    /// The name of the holder, as X.509 writes it.
    public var subject: String { String(describing: certificate.subject) }

    /// The name of the issuer, as X.509 writes it.
    public var issuer: String { String(describing: certificate.issuer) }

    /// When its life begins, in seconds since 1970.
    public var notBefore: Int64 { Int64(certificate.notValidBefore.timeIntervalSince1970) }

    /// When its life ends, in seconds since 1970; the second belongs to it.
    public var notAfter: Int64 { Int64(certificate.notValidAfter.timeIntervalSince1970) }

    /// The key that it certifies.
    ///
    /// - Throws: `key` for a key that cannot sign bundles.
    public func verificationKey() throws(EvidenceError) -> VerificationKey {
        var serializer = DER.Serializer()
        do {
            try serializer.serialize(certificate.publicKey)
        } catch {
            throw EvidenceError(.key, "the certificate's key cannot be read")
        }
        return try VerificationKey(subjectPublicKeyInfo: serializer.serializedBytes)
    }

    /// Compares the bytes.
    public static func == (left: Self, right: Self) -> Bool { left.der == right.der }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) { hasher.combine(der) }
}
