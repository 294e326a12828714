internal import FoundationEssentials
public import struct ForensicTypes.Digest
internal import SwiftASN1
internal import X509

/// The answer of a time-stamp authority (RFC 3161), read strictly: whatever is not covered by a signature has one spelling.
///
/// Reading checks everything that needs no trust: form, signature by the certificate that came along, attributes. Trust
/// comes from `verify(_:roots:now:)` alone. swift-certificates reads no such token, and openssl accepts changes to the parts
/// that no signature covers.
public struct TimestampToken: Sendable {
    /// The longest file that is read.
    public static let maximumLength = 65_536
    /// How far the authority's clock may be ahead of the reader's, and two authorities' from each other, in nanoseconds.
    static let clockDifference: Int64 = 60_000_000_000

    private let info: TimestampInfo
    private let signer: X509Certificate
    private let certificates: [X509Certificate]

    /// When the digest was known, by the authority's word: nanoseconds since 1970.
    public var time: Int64 { info.time }
    /// The same in words, in whole seconds: `2026-11-23T10:00:00Z`.
    public var timeText: String { UTC.text(info.time) }
    /// The digest that was stamped.
    public var imprint: Digest { info.imprint }
    /// The policy, as an object identifier.
    public var policy: String { info.policy }
    /// The number that the authority gave the token: the content of a DER integer.
    package var serial: [UInt8] { info.serial }
    /// The name in the authority's certificate.
    public var authority: String { signer.subject }

    /// Reads a response file in its stored form.
    ///
    /// - Throws: `timestamp`, `certificate`, `key`; `limit` for more bytes than ``maximumLength``.
    public init(response bytes: [UInt8]) throws(EvidenceError) {
        guard bytes.count <= Self.maximumLength else {
            throw EvidenceError(.limit, "a token of \(bytes.count) bytes; the limit is \(Self.maximumLength)")
        }
        var response = try DERFields(bytes, of: "the response")
        guard try response.take(.sequence).encoded == Self.granted else {
            throw EvidenceError(.timestamp, "the response does not say `granted` and nothing else")
        }
        let content = try response.take(.sequence)
        try response.finish()
        var signed = try Self.signedData(in: content)
        guard try signed.take(.integer).primitive() == [3] else {
            throw EvidenceError(.timestamp, "the token is not SignedData of version 3")
        }
        let listed = try Self.only(signed.take(.set).fields(.set), "digest algorithm")
        var encapsulated = try signed.take(.sequence).fields()
        guard try encapsulated.take(.objectIdentifier).objectIdentifier() == Self.statementType else {
            throw EvidenceError(.timestamp, "the token is not over a time-stamp statement")
        }
        var explicit = try encapsulated.take(.context(0)).fields(.context(0))
        let statement = try explicit.take(.octetString).primitive()
        try explicit.finish()
        try encapsulated.finish()

        var found: [X509Certificate] = []
        var list = try signed.take(.context(0)).fields(.context(0))
        while let member = list.takeAny() {
            guard found.count < CertificatePath.maximumLength else {
                throw EvidenceError(.timestamp, "the token carries too many certificates")
            }
            found.append(try X509Certificate(der: member.encoded))
        }
        let information = try Self.only(signed.take(.set).fields(.set), "signer")
        try signed.finish()

        let signature = try SignerInformation(information)
        guard try TimestampDigest(listed) == signature.digest else {
            throw EvidenceError(.timestamp, "the token lists another digest algorithm than the signer's")
        }
        var named: [X509Certificate] = []
        for certificate in found where try signature.names(certificate) { named.append(certificate) }
        guard let signer = named.first else {
            throw EvidenceError(.timestamp, "the signer's certificate is not in the token")
        }
        try signature.check(statement: statement, type: Self.statementType, by: signer)
        try CertificateRules.checkStamper(signer)
        guard Set(found).count == found.count else {
            throw EvidenceError(.timestamp, "the token carries a certificate twice")
        }
        self.info = try TimestampInfo(der: statement)
        self.signer = signer
        self.certificates = found
    }

    /// Checks that the token belongs to some bytes and to the question that was asked, and that a pinned authority made it.
    ///
    /// - Parameters:
    ///   - imprint: The digest that has to be stamped.
    ///   - query: The question.
    ///   - roots: The pinned roots of time-stamp authorities; nil leaves the certificates unchecked.
    ///   - now: The reader's clock, in nanoseconds since 1970.
    /// - Throws: `timestamp`, `certificate`.
    public func verify(
        imprint: Digest, query: TimestampQuery, roots: [X509Certificate]?, now: Int64
    ) throws(EvidenceError) {
        guard info.imprint == imprint, query.imprint == imprint else {
            throw EvidenceError(.timestamp, "the token is over other bytes")
        }
        guard info.nonce == query.nonce else {
            throw EvidenceError(.timestamp, "the token answers another question: the nonces differ")
        }
        guard info.time <= now + Self.clockDifference else {
            throw EvidenceError(.timestamp, "the token is dated after the clock of this machine")
        }
        guard let roots else { return }
        guard certificates.allSatisfy(try path(to: roots).certificates.contains) else {
            throw EvidenceError(.timestamp, "the token carries a certificate that has no part in its path")
        }
    }

    /// When the first certificate between the token and a pinned root ends, in nanoseconds since 1970.
    ///
    /// - Throws: `certificate` if none leads to a root at the token's time.
    func end(under roots: [X509Certificate]) throws(EvidenceError) -> Int64 {
        let (seconds, isTooLate) = try path(to: roots).end.multipliedReportingOverflow(by: 1_000_000_000)
        return isTooLate ? .max : seconds
    }

    private func path(to roots: [X509Certificate]) throws(EvidenceError) -> CertificatePath {
        try CertificatePath(
            from: signer, among: certificates.filter { $0 != signer }, to: roots, at: info.time / 1_000_000_000)
    }

    /// The stored form of what a server answered: its status without words, which no signature covers, and the token.
    ///
    /// - Throws: `timestamp` if the server refused or answered something else.
    public static func stored(answer bytes: [UInt8]) throws(EvidenceError) -> [UInt8] {
        guard bytes.count <= maximumLength else {
            throw EvidenceError(.timestamp, "the authority answered \(bytes.count) bytes")
        }
        var response = try DERFields(bytes, of: "the authority's answer")
        var status = try response.take(.sequence).fields()
        let value = try status.take(.integer).primitive()
        guard value == [0], let token = response.takeIf(.sequence) else {
            throw EvidenceError(
                .timestamp, "the authority refused: status \(value.map(String.init).joined(separator: " "))")
        }
        try response.finish()
        var serializer = DER.Serializer()
        let granted = granted
        serializer.appendConstructedNode(identifier: .sequence) { coder in
            coder.serializeRawBytes(granted)
            coder.serializeRawBytes(token.encoded)
        }
        return serializer.serializedBytes
    }

    /// Reads a GeneralizedTime as a token may state it: nanoseconds since 1970.
    ///
    /// - Throws: `timestamp` for another spelling, a leap second or a date that does not exist.
    package static func time(of text: [UInt8]) throws(EvidenceError) -> Int64 { try TimestampInfo.time(text) }

    private static let granted: [UInt8] = [0x30, 0x03, 0x02, 0x01, 0x00]
    private static let statementType: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 9, 16, 1, 4]

    private static func signedData(in content: DERValue) throws(EvidenceError) -> DERFields {
        var fields = try content.fields()
        guard try fields.take(.objectIdentifier).objectIdentifier() == [1, 2, 840, 113549, 1, 7, 2] else {
            throw EvidenceError(.timestamp, "the token is not SignedData")
        }
        var explicit = try fields.take(.context(0)).fields(.context(0))
        let signed = try explicit.take(.sequence).fields()
        try explicit.finish()
        try fields.finish()
        return signed
    }

    private static func only(_ fields: DERFields, _ what: String) throws(EvidenceError) -> DERValue {
        var fields = fields
        guard let value = fields.takeAny() else { throw EvidenceError(.timestamp, "the token has no \(what)") }
        try fields.finish()
        return value
    }
}
