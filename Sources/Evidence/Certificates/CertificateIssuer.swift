internal import enum Crypto.Curve25519
internal import enum Crypto.P256
internal import FoundationEssentials
internal import SwiftASN1
internal import X509

/// Makes the certificates of a case: a root of its own, and the collectors' certificates under it.
public struct CertificateIssuer: Sendable {
    /// The longest life of a collector's certificate, in days.
    public static let maximumCollectorDays = 90

    /// The root.
    public let root: X509Certificate
    private let key: SigningKey

    /// Takes a root with its key.
    ///
    /// - Throws: `certificate` if the certificate is not that key's.
    public init(root: X509Certificate, key: SigningKey) throws(EvidenceError) {
        guard try root.verificationKey() == key.verificationKey else {
            throw EvidenceError(.certificate, "the certificate is not that of the issuing key")
        }
        self.root = root
        self.key = key
    }

    /// Makes a root that certifies itself. It issues collectors' certificates and no further authorities.
    ///
    /// - Parameters:
    ///   - name: A name for people.
    ///   - start: When its life begins, in seconds since 1970.
    ///   - days: How long it lives, 1 to 36,500.
    /// - Throws: `certificate`.
    public static func makeRoot(
        name: String, key: SigningKey, start: Int64, days: Int
    ) throws(EvidenceError) -> CertificateIssuer {
        guard (1...36_500).contains(days) else {
            throw EvidenceError(.certificate, "a root lives 1 to 36,500 days, not \(days)")
        }
        let certificate = try sealing { () throws in
            let keys = try CertificateKeys(key)
            let subject = try DistinguishedName { CommonName(name) }
            return try Certificate(
                version: .v3, serialNumber: .init(), publicKey: keys.publicKey,
                notValidBefore: Date(timeIntervalSince1970: Double(start)),
                notValidAfter: Date(timeIntervalSince1970: Double(start + Int64(days) * 86_400)), issuer: subject,
                subject: subject, signatureAlgorithm: keys.algorithm,
                extensions: try Certificate.Extensions {
                    Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                    Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                    SubjectKeyIdentifier(hash: keys.publicKey)
                }, issuerPrivateKey: keys.privateKey)
        }
        return try CertificateIssuer(root: X509Certificate(certificate), key: key)
    }

    /// Certifies a collector's key, for signing documents (RFC 9336) and nothing else.
    ///
    /// - Parameters:
    ///   - name: Who holds the key.
    ///   - start: When its life begins, in seconds since 1970.
    ///   - days: How long it lives, 1 to 90.
    /// - Throws: `certificate`.
    public func certify(
        _ holder: VerificationKey, name: String, start: Int64, days: Int
    ) throws(EvidenceError) -> X509Certificate {
        guard (1...Self.maximumCollectorDays).contains(days) else {
            throw EvidenceError(
                .certificate, "a collector's certificate lives 1 to \(Self.maximumCollectorDays) days, not \(days)")
        }
        let certificate = try Self.sealing { () throws in
            let keys = try CertificateKeys(key)
            let publicKey = try Certificate.PublicKey(holder)
            return try Certificate(
                version: .v3, serialNumber: .init(), publicKey: publicKey,
                notValidBefore: Date(timeIntervalSince1970: Double(start)),
                notValidAfter: Date(timeIntervalSince1970: Double(start + Int64(days) * 86_400)),
                issuer: root.certificate.subject, subject: try DistinguishedName { CommonName(name) },
                signatureAlgorithm: keys.algorithm,
                extensions: try Certificate.Extensions {
                    Critical(BasicConstraints.notCertificateAuthority)
                    Critical(KeyUsage(digitalSignature: true))
                    try ExtendedKeyUsage([.init(oid: CertificateRules.documentSigning)])
                    SubjectKeyIdentifier(hash: publicKey)
                    AuthorityKeyIdentifier(
                        keyIdentifier: SubjectKeyIdentifier(hash: keys.publicKey).keyIdentifier)
                }, issuerPrivateKey: keys.privateKey)
        }
        return try X509Certificate(certificate)
    }

    private static func sealing(_ body: () throws -> Certificate) throws(EvidenceError) -> Certificate {
        do {
            return try body()
        } catch let error as EvidenceError {
            throw error
        } catch {
            throw EvidenceError(.certificate, "the certificate cannot be made: a name or a time is out of range")
        }
    }
}

/// A key pair in the form that certificates are made with.
private struct CertificateKeys {
    let privateKey: Certificate.PrivateKey
    let publicKey: Certificate.PublicKey
    let algorithm: Certificate.SignatureAlgorithm

    init(_ key: SigningKey) throws {
        switch key.verificationKey.algorithm {
        case .ed25519:
            privateKey = .init(try Curve25519.Signing.PrivateKey(rawRepresentation: key.secret))
            algorithm = .ed25519
        case .p256:
            privateKey = .init(try P256.Signing.PrivateKey(rawRepresentation: key.secret))
            algorithm = .ecdsaWithSHA256
        }
        publicKey = try Certificate.PublicKey(key.verificationKey)
    }
}

extension Certificate.PublicKey {
    fileprivate init(_ key: VerificationKey) throws {
        switch key.algorithm {
        case .ed25519: self.init(try Curve25519.Signing.PublicKey(rawRepresentation: key.bytes))
        case .p256: self.init(try P256.Signing.PublicKey(x963Representation: key.bytes))
        }
    }
}
