internal import FoundationEssentials
internal import SwiftASN1
internal import X509

/// The one signer of a token (SignerInfo, RFC 5652, section 5.3).
struct SignerInformation {
    let digest: TimestampDigest
    private let algorithm: Certificate.SignatureAlgorithm
    private let signature: [UInt8]
    /// The attributes with the tag under which they are signed.
    private let signedBytes: [UInt8]
    private let attributes: [ASN1ObjectIdentifier: DERValue]
    private let identifier: Identifier

    private enum Identifier {
        case issuerAndSerial(issuer: [UInt8], serial: [UInt8])
        case keyIdentifier([UInt8])
    }

    init(_ value: DERValue) throws(EvidenceError) {
        var fields = try value.fields()
        switch try fields.take(.integer).primitive() {
        case [1]:
            var sid = try fields.take(.sequence).fields()
            identifier = .issuerAndSerial(
                issuer: try sid.take(.sequence).encoded, serial: try sid.take(.integer).primitive())
            try sid.finish()
        case [3]: identifier = .keyIdentifier(try fields.take(.context(0)).primitive())
        default: throw EvidenceError(.timestamp, "the signer's part of the token is of an unknown version")
        }
        digest = try TimestampDigest(fields.take(.sequence))
        let signed = try fields.take(.context(0))
        signedBytes = [0x31] + signed.encoded.dropFirst()
        attributes = try Self.attributes(signed)
        algorithm = try digest.signatureAlgorithm(fields.take(.sequence))
        signature = try fields.take(.octetString).primitive()
        try fields.finish()
    }

    private static func attributes(_ value: DERValue) throws(EvidenceError) -> [ASN1ObjectIdentifier: DERValue] {
        var list = try value.fields(.context(0))
        var attributes: [ASN1ObjectIdentifier: DERValue] = [:]
        while let member = list.takeAny() {
            var attribute = try member.fields()
            let type = try attribute.take(.objectIdentifier).objectIdentifier()
            var values = try attribute.take(.set).fields(.set)
            guard let value = values.takeAny(), attributes.updateValue(value, forKey: type) == nil else {
                throw EvidenceError(.timestamp, "a signed attribute is empty or occurs twice")
            }
            try values.finish()
            try attribute.finish()
        }
        return attributes
    }

    /// Whether a certificate is the one that the signer names.
    func names(_ certificate: X509Certificate) throws(EvidenceError) -> Bool {
        switch identifier {
        case .issuerAndSerial(let issuer, let serial):
            var outer = try DERFields(certificate.der, of: "a certificate of the token")
            var body = try outer.take(.sequence).fields()
            _ = body.takeIf(.context(0))
            let number = try body.take(.integer).primitive()
            _ = try body.take(.sequence)
            let name = try body.take(.sequence).encoded
            return number == serial && name == issuer
        case .keyIdentifier(let identifier):
            let field = try? certificate.certificate.extensions.subjectKeyIdentifier
            return field.map { Array($0.keyIdentifier) == identifier } ?? false
        }
    }

    /// Checks the three attributes that have to be there, and the signature over all of them.
    func check(
        statement: [UInt8], type: ASN1ObjectIdentifier, by signer: X509Certificate
    ) throws(EvidenceError) {
        guard let content = attributes[[1, 2, 840, 113549, 1, 9, 3]], try content.objectIdentifier() == type else {
            throw EvidenceError(.timestamp, "the signed attributes name another type of content")
        }
        guard let message = attributes[[1, 2, 840, 113549, 1, 9, 4]], message.node.identifier == .octetString,
            try message.primitive() == digest.digest(statement)
        else { throw EvidenceError(.timestamp, "the signed digest is not that of the statement") }
        guard let bound = attributes[[1, 2, 840, 113549, 1, 9, 16, 2, 47]] else {
            throw EvidenceError(.timestamp, "the token does not bind its signer's certificate (signing-certificate-v2)")
        }
        var certificates = try bound.fields()
        var list = try certificates.take(.sequence).fields()
        var first = try list.take(.sequence).fields()
        let algorithm = try first.takeIf(.sequence).map { value throws(EvidenceError) in try TimestampDigest(value) }
        guard try first.take(.octetString).primitive() == (algorithm ?? .sha256).digest(signer.der) else {
            throw EvidenceError(.timestamp, "the token binds another certificate than its signer's")
        }
        guard
            signer.certificate.publicKey.isValidSignature(
                signature, for: signedBytes, signatureAlgorithm: self.algorithm)
        else { throw EvidenceError(.timestamp, "the token's signature is not valid") }
    }
}
