import Crypto
import Foundation
import SwiftASN1
import X509

/// A certificate with its key, made for a test: an authority's or a server's.
struct TestCertificate {
    let certificate: Certificate
    let key: P256.Signing.PrivateKey

    /// What is wrong with a server's certificate.
    enum Flaw: CaseIterable {
        case none, expired, notYetValid, otherHost, forClients
    }

    /// Makes an authority: of its own, or under another.
    static func authority(_ name: String, under parent: TestCertificate? = nil) throws -> TestCertificate {
        try TestCertificate(
            name, under: parent, days: -1...30,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                Critical(KeyUsage(keyCertSign: true))
            })
    }

    /// Makes the certificate of a server at 127.0.0.1 and localhost.
    ///
    /// - Parameter padding: Further host names of 60 bytes each, which make the certificate large.
    static func server(
        under parent: TestCertificate?, flaw: Flaw = .none, padding: Int = 0
    ) throws -> TestCertificate {
        let days: ClosedRange<Int> =
            switch flaw {
            case .expired: -10 ... -1
            case .notYetValid: 1...10
            default: -1...10
            }
        let address: [UInt8] = [127, 0, 0, flaw == .otherHost ? 9 : 1]
        let filler = String(repeating: "x", count: 50)
        let names: [GeneralName] =
            [
                .ipAddress(ASN1OctetString(contentBytes: address[...])),
                .dnsName(flaw == .otherHost ? "elsewhere.example" : "localhost"),
            ] + (0..<padding).map { .dnsName("\(filler)\($0).example") }
        return try TestCertificate(
            "server", under: parent, days: days,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                try ExtendedKeyUsage([flaw == .forClients ? .clientAuth : .serverAuth])
                SubjectAlternativeNames(names)
            })
    }

    private init(
        _ name: String, under parent: TestCertificate?, days: ClosedRange<Int>, extensions: Certificate.Extensions
    ) throws {
        key = P256.Signing.PrivateKey()
        let subject = try DistinguishedName { CommonName(name) }
        let now = Date()
        certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(),
            publicKey: Certificate.PublicKey(key.publicKey),
            notValidBefore: now + Double(days.lowerBound) * 86_400,
            notValidAfter: now + Double(days.upperBound) * 86_400,
            issuer: parent?.certificate.subject ?? subject, subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions,
            issuerPrivateKey: Certificate.PrivateKey(parent?.key ?? key))
    }

    /// The certificate in DER.
    func der() throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        return serializer.serializedBytes
    }

    /// A file of this certificate and others, in PEM.
    func chainFile(with others: [TestCertificate] = []) throws -> TemporaryFile {
        let documents = try ([self] + others).map { try $0.certificate.serializeAsPEM().pemString }
        return try TemporaryFile(Array((documents.joined(separator: "\n") + "\n").utf8))
    }

    /// A file of the key, in PEM.
    func keyFile() throws -> TemporaryFile { try TemporaryFile(Array((key.pemRepresentation + "\n").utf8)) }
}
