internal import enum Crypto.Curve25519
internal import enum Crypto.P256
internal import enum Crypto.P384
internal import enum Crypto.P521
internal import SwiftASN1
internal import X509

/// What a certificate has to be for its place in a path (RFC 5280, narrowed).
enum CertificateRules {
    /// The extended usage of RFC 9336.
    static let documentSigning: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 3, 36]

    private static let algorithms: Set<Certificate.SignatureAlgorithm> = [
        .ed25519, .ecdsaWithSHA256, .ecdsaWithSHA384, .ecdsaWithSHA512, .sha256WithRSAEncryption,
        .sha384WithRSAEncryption, .sha512WithRSAEncryption,
    ]

    /// Critical extensions that are looked at below.
    private static let understood: Set<ASN1ObjectIdentifier> = [
        .X509ExtensionID.basicConstraints, .X509ExtensionID.keyUsage, .X509ExtensionID.extendedKeyUsage,
    ]

    /// What holds for every certificate of a path.
    static func checkAny(
        _ certificate: X509Certificate, at time: Int64, understanding: Set<ASN1ObjectIdentifier> = []
    ) throws(EvidenceError) {
        let name = certificate.subject
        let value = certificate.certificate
        guard time >= certificate.notBefore else { throw refusal(name, "was not yet valid at the time that counts") }
        guard time <= certificate.notAfter else { throw refusal(name, "had expired at the time that counts") }
        guard
            value.extensions.allSatisfy({
                !$0.critical || understood.contains($0.oid) || understanding.contains($0.oid)
            })
        else {
            throw refusal(name, "has a critical extension that is not understood")
        }
        guard !value.extensions.contains(where: { $0.oid == .X509ExtensionID.nameConstraints }) else {
            throw refusal(name, "constrains names, which is not supported")
        }
        try checkKey(certificate)
    }

    /// What holds for an issuer.
    ///
    /// - Parameter below: How many authorities stand between it and the end of the path.
    static func checkIssuer(_ certificate: X509Certificate, below: Int) throws(EvidenceError) {
        let name = certificate.subject
        guard case .isCertificateAuthority(let length)? = try? certificate.certificate.extensions.basicConstraints
        else {
            throw refusal(name, "is no certificate authority")
        }
        guard length.map({ below <= $0 }) ?? true else { throw refusal(name, "issues a longer path than it may") }
        guard let usage = try? certificate.certificate.extensions.keyUsage, usage.keyCertSign else {
            throw refusal(name, "may not sign certificates")
        }
    }

    /// What holds for the certificate of whoever signs bundles.
    static func checkSigner(_ certificate: X509Certificate) throws(EvidenceError) {
        let name = certificate.subject
        if case .isCertificateAuthority? = try? certificate.certificate.extensions.basicConstraints {
            throw refusal(name, "is an authority, and must not sign bundles")
        }
        guard let usage = try? certificate.certificate.extensions.keyUsage, usage.digitalSignature else {
            throw refusal(name, "may not sign")
        }
        let extended: ExtendedKeyUsage?
        do { extended = try certificate.certificate.extensions.extendedKeyUsage } catch {
            throw refusal(name, "has a damaged extended usage")
        }
        guard extended?.contains(.init(oid: documentSigning)) ?? true else {
            throw refusal(name, "is for other uses than signing documents")
        }
    }

    /// What holds for the certificate of a time-stamp authority (RFC 3161, section 2.3).
    static func checkStamper(_ certificate: X509Certificate) throws(EvidenceError) {
        let name = certificate.subject
        let value = certificate.certificate
        guard let field = value.extensions.first(where: { $0.oid == .X509ExtensionID.extendedKeyUsage }),
            field.critical, let usages = try? value.extensions.extendedKeyUsage, usages.count == 1,
            usages.first == .timeStamping
        else { throw EvidenceError(.timestamp, "\(name) is not for time stamping alone, or not critically so") }
        if case .isCertificateAuthority? = try? value.extensions.basicConstraints {
            throw EvidenceError(.timestamp, "\(name) is an authority for certificates")
        }
        let usage: KeyUsage?
        do { usage = try value.extensions.keyUsage } catch { throw refusal(name, "has a damaged key usage") }
        guard usage.map({ $0.digitalSignature || $0.nonRepudiation }) ?? true else {
            throw EvidenceError(.timestamp, "\(name) may not sign")
        }
    }

    /// Whether `issuer` signed `certificate`, by an algorithm that is allowed.
    static func isSigned(_ certificate: X509Certificate, by issuer: X509Certificate) -> Bool {
        let value = certificate.certificate
        return value.issuer == issuer.certificate.subject && algorithms.contains(value.signatureAlgorithm)
            && issuer.certificate.publicKey.isValidSignature(value.signature, for: value)
    }

    /// Refuses weak keys: small-order Ed25519, and RSA below 2,048 bits.
    private static func checkKey(_ certificate: X509Certificate) throws(EvidenceError) {
        let key = certificate.certificate.publicKey
        if Curve25519.Signing.PublicKey(key) != nil || P256.Signing.PublicKey(key) != nil {
            _ = try certificate.verificationKey()
        } else if P384.Signing.PublicKey(key) == nil, P521.Signing.PublicKey(key) == nil {
            var fields = try DERFields(Array(key.subjectPublicKeyInfoBytes), of: "an RSA key", failing: .certificate)
            let modulus = try fields.take(.integer).primitive()
            guard modulus.drop(while: { $0 == 0 }).count >= 256 else {
                throw refusal(certificate.subject, "has an RSA key below 2,048 bits")
            }
        }
    }

    private static func refusal(_ name: String, _ reason: String) -> EvidenceError {
        EvidenceError(.certificate, "the certificate of \(name) \(reason)")
    }
}
