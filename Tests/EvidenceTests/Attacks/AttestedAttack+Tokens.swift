import Crypto
import Evidence
import Foundation

extension AttestedAttack {
    /// A token over the collector's envelope that was changed, and signed again by the authority unless `seals` is false.
    private static func forged(
        _ name: String, script: Int32 = 32, python: Int32 = 32, because reason: String? = nil, seals: Bool = true,
        _ change: @escaping @Sendable (inout ForgedToken) throws -> Void
    ) -> AttestedAttack {
        AttestedAttack(name, 32, script: script, python: python, because: reason) { archive, _, attested in
            let token = try attested.forge(from: archive, seals: seals, change)
            archive.put(token.stored("tsa-0"), at: "attest/ts/collector")
        }
    }

    /// A token whose bytes are changed as a whole.
    private static func written(
        _ name: String, script: Int32 = 32, because reason: String? = nil,
        _ change: @escaping @Sendable (ForgedToken) -> [UInt8]
    ) -> AttestedAttack {
        AttestedAttack(name, 32, script: script, because: reason) { archive, _, attested in
            let token = try attested.forge(from: archive) { _ in }
            archive["attest/ts/collector-tsa-0.tsq"] = token.query
            archive["attest/ts/collector-tsa-0.tsr"] = change(token)
        }
    }

    private static func time(_ offset: Double) -> [UInt8] {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = .gmt
        format.dateFormat = "yyyyMMddHHmmss"
        return Array("\(format.string(from: Date(timeIntervalSinceNow: offset)))Z".utf8)
    }

    /// A token with another spelling of the time that it states.
    private static func dated(
        _ name: String, script: Int32 = 32, because reason: String? = nil,
        _ time: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> AttestedAttack {
        forged(name, script: script, because: reason) {
            $0.statement[4] = .primitive(0x18, time($0.statement[4].content))
        }
    }

    /// The digits of an earlier time, with two of them so much larger that they say the time of before.
    private static func shifted(_ content: [UInt8], by seconds: Double, at place: Int, adding extra: Int) -> [UInt8] {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = .gmt
        format.dateFormat = "yyyyMMddHHmmss"
        guard let date = format.date(from: String(decoding: content.prefix(14), as: UTF8.self)) else { return content }
        var digits = Array(format.string(from: date.addingTimeInterval(seconds)).utf8)
        let value = (Int(String(decoding: digits[place..<(place + 2)], as: UTF8.self)) ?? 0) + extra
        digits.replaceSubrange(place..<(place + 2), with: Array(String(value + 100).utf8.dropFirst()))
        return digits + Array("Z".utf8)
    }

    private static let sha1 = DERTree.oid("2b0e03021a")
    private static let sha512 = DERTree.oid("608648016503040203")
    private static let unsigned =
        "openssl ts -verify does not look at parts of a token that no signature covers"
    private static let spelling = "openssl reads a fraction of a second in any spelling"
    private static let attributes =
        "openssl ts -verify asks for the digest and the certificate among the signed attributes, and for no more"

    /// What a token states, and what the authority signs; everything else of the token is sound.
    static let tokens: [AttestedAttack] = [
        forged("a statement with another nonce") { $0.statement[5].content[7] ^= 1 },
        forged("a statement without a nonce") { $0.statement.members.remove(at: 5) },
        forged("a statement over another digest") { $0.statement[2, 1].content[0] ^= 1 },
        forged("an imprint of SHA-1") {
            $0.statement[2] = .sequence(.sequence(sha1), .primitive(0x04, Array($0.statement[2, 1].content.prefix(20))))
        },
        forged("an imprint that says SHA-512, and has the length of SHA-256") { $0.statement[2, 0, 0] = sha512 },
        forged("an imprint with a member more") { $0.statement[2].members.append(.integer(1)) },
        forged("a statement of version 2") { $0.statement[0] = .integer(2) },
        forged("a statement with a member more") { $0.statement.members.append(.primitive(0x04, [1])) },
        forged(
            "a statement with a critical extension", script: 0,
            because: "openssl does not look at the extensions of a statement"
        ) {
            $0.statement.members.append(
                .constructed(
                    0xA1, [.sequence(.oid("2a0304"), .primitive(0x01, [0xFF]), .primitive(0x04, [0x05, 0x00]))]))
        },
        dated("a time in an hour") { _ in time(3600) },
        dated("a time before the certificate began") { _ in time(-30 * 86_400) },
        dated("a leap second") { Array($0.prefix(12)) + Array("60Z".utf8) },
        dated("the same time, as an hour of the day before") { shifted($0, by: -86_400, at: 8, adding: 24) },
        dated("the same time, as a minute of the hour before") { shifted($0, by: -3600, at: 10, adding: 60) },
        dated("the same time, as a day of the month before") { content in
            let day = Int(String(decoding: content[6..<8], as: UTF8.self)) ?? 1
            let before = shifted(content, by: -86_400 * Double(day), at: 8, adding: 0)
            let length = Int(String(decoding: before[6..<8], as: UTF8.self)) ?? 30
            let digits = Array(String(length + day).utf8)
            return before[..<6] + digits + before[8...]
        },
        dated("a year 9999") { Array("9999".utf8) + Array($0.dropFirst(4)) },
        dated("a 61st minute") { Array($0.prefix(10)) + Array("6000Z".utf8) },
        dated("a 25th hour") { Array($0.prefix(8)) + Array("240000Z".utf8) },
        dated("a fraction that ends in zero", script: 0, because: spelling) { $0.dropLast() + Array(".50Z".utf8) },
        dated("a fraction of ten digits", script: 0, because: spelling) {
            $0.dropLast() + Array(".1234567891Z".utf8)
        },
        dated("a fraction of no digits") { $0.dropLast() + Array(".Z".utf8) },
        dated("a fraction that is no number") { $0.dropLast() + Array(".1a1Z".utf8) },
        dated("a time without Z") { Array($0.dropLast()) },
        dated("a time with another letter than Z") { $0.dropLast() + Array("Y".utf8) },
        dated("a day 32") { Array($0.prefix(6)) + Array("32000000Z".utf8) },
        dated("a day 0") { Array($0.prefix(6)) + Array("00000000Z".utf8) },
        dated("a month 13") { Array($0.prefix(4)) + Array("1301000000Z".utf8) },
        dated("a year before 1970") { Array("1969".utf8) + Array($0.dropFirst(4)) },
        dated("a time with a comma") { $0.dropLast() + Array(",5Z".utf8) },
        forged("no signing-certificate-v2") {
            $0.attributes.removeAll { $0[0] == ForgedToken.signingCertificate }
        },
        forged("a signing-certificate-v2 of another certificate") {
            $0.change(ForgedToken.signingCertificate) {
                $0[1, 0] = .sequence(
                    .sequence(.sequence(.primitive(0x04, Array(SHA256.hash(data: [1] as [UInt8]))))))
            }
        },
        forged("the certificate bound by SHA-1") { token in
            let certificate = token.signed[3, 0].encoded
            token.change(ForgedToken.signingCertificate) {
                $0[1, 0] = .sequence(
                    .sequence(
                        .sequence(
                            .sequence(sha1), .primitive(0x04, Array(Insecure.SHA1.hash(data: certificate))))))
            }
        },
        forged("a digest in the attributes that is not the statement's", seals: false) {
            $0.change(ForgedToken.messageDigest) { $0[1, 0].content[0] ^= 1 }
            try $0.sign()
        },
        forged("no message-digest") { $0.attributes.removeAll { $0[0] == ForgedToken.messageDigest } },
        forged("another content-type in the attributes", script: 0, because: attributes) {
            $0.change(ForgedToken.contentType) { $0[1, 0] = .oid("2a864886f70d010701") }
        },
        forged("no content-type in the attributes", script: 0, because: attributes) {
            $0.attributes.removeAll { $0[0] == ForgedToken.contentType }
        },
        forged("an attribute twice", script: 0, because: attributes) { $0.attributes.append($0.attributes[0]) },
        forged("an attribute with two values", script: 0, because: attributes) {
            $0.change(ForgedToken.contentType) { $0[1].members.append($0[1, 0]) }
        },
        forged("an attribute without a value", script: 0, because: attributes) {
            $0.attributes.append(.sequence(.oid("2a0304"), .constructed(0x31, [])))
        },
        forged("a message-digest that is no octet string", seals: false) {
            $0.change(ForgedToken.messageDigest) { $0[1, 0] = .primitive(0x0C, $0[1, 0].content) }
            try $0.sign()
        },
        forged("a signature with one bit changed", seals: false) { $0.signer[5].content[40] ^= 1 },
        forged("a signer of another serial number") { $0.signer[1, 1].content[3] ^= 1 },
        forged("a signer of another name") { $0.signer[1, 0] = .sequence() },
        forged("a signer's part of version 2", script: 0, because: unsigned) { $0.signer[0] = .integer(2) },
        forged("a digest algorithm of SHA-1") {
            $0.signer[2, 0] = sha1
            $0.signed[1, 0, 0] = sha1
        },
    ]

    /// The form of a token: what no signature covers, and what must not be there.
    static let tokenForms: [AttestedAttack] = [
        forged("an attribute that is a set") {
            $0.attributes.append(.constructed(0x31, [.oid("2a0304"), .constructed(0x31, [.primitive(0x05, [])])]))
        },
        forged("an attribute with a third member") {
            $0.change(ForgedToken.contentType) { $0.members.append(.integer(1)) }
        },
        forged("a name of the signer with a third member") { $0.signer[1].members.append(.integer(1)) },
        forged("a third member beside the statement") { $0.signed[2].members.append(.integer(1)) },
        forged("two signers") { $0.signed[4].members.append($0.signer) },
        forged("no signer") { $0.signed[4].members = [] },
        forged("an unsigned attribute", script: 0, because: unsigned) {
            $0.signer.members.append(
                .constructed(0xA1, [.sequence(.oid("2a0304"), .constructed(0x31, [.integer(1)]))]))
        },
        forged("a revocation list", script: 0, because: unsigned) {
            $0.signed.members.insert(.constructed(0xA1, []), at: 4)
        },
        forged("SignedData of version 1", script: 0, because: unsigned) { $0.signed[0] = .integer(1) },
        forged("the content type id-data") { $0.signed[2, 0] = .oid("2a864886f70d010701") },
        forged("no content") { $0.signed[2].members = [$0.signed[2, 0]] },
        forged("content after the statement") { $0.signed[2, 1].members.append(.primitive(0x04, [1])) },
        forged("a list of another digest algorithm") { $0.signed[1, 0, 0] = sha512 },
        forged("a list of two digest algorithms", script: 0, because: unsigned) {
            $0.signed[1].members.append(.sequence(sha512))
        },
        forged("a list of no digest algorithm") { $0.signed[1].members = [] },
        forged("parameters of a digest algorithm", script: 0, because: unsigned) {
            $0.signer[2].members = [$0.signer[2, 0], .integer(1)]
        },
        forged("two parameters of a digest algorithm") {
            $0.signer[2].members = [$0.signer[2, 0], .primitive(0x05, []), .integer(1)]
        },
        forged("a NULL with content in a digest algorithm") {
            $0.signer[2].members = [$0.signer[2, 0], .primitive(0x05, [1])]
        },
        forged("a NULL with content in the signature algorithm") {
            $0.signer[4].members = [$0.signer[4, 0], .primitive(0x05, [1])]
        },
        forged("two parameters of the signature algorithm") {
            $0.signer[4].members = [$0.signer[4, 0], .primitive(0x05, []), .integer(1)]
        },
        forged(
            "a signature algorithm of another digest", script: 0,
            because: "openssl takes the digest of the signer's part, whatever the signature algorithm says"
        ) { $0.signer[4, 0] = .oid("2a8648ce3d040304") },
        forged("a certificate twice", script: 0, because: unsigned) { $0.signed[3].members.append($0.signed[3, 0]) },
        forged("a certificate without a part in the path", script: 0, because: unsigned) {
            $0.signed[3].members.append(DERTree(try Stranger.root().der))
        },
        forged("nine certificates", script: 0, because: unsigned) { token in
            for number in 0..<8 { token.signed[3].members.append(DERTree(try Stranger.root(number).der)) }
        },
        forged("no certificate") { $0.signed[3].members = [] },
        forged("a member after the token") { $0.response.members.append(.integer(1)) },
        forged("a member after the signers") { $0.signed.members.append(.integer(1)) },
        forged("a member after SignedData") { $0.response[1, 1].members.append(.integer(1)) },
        forged("a member after the content") { $0.response[1].members.append(.integer(1)) },
        forged("a token of another type") { $0.response[1, 0] = .oid("2a864886f70d010703") },
        forged("the status `granted with modifications`") { $0.response[0, 0] = .integer(1) },
        forged("the status `rejection`, with a token") { $0.response[0, 0] = .integer(2) },
        forged("the status `rejection`, without one") { $0.response = .sequence(.sequence(.integer(2))) },
        forged("a status with words") { $0.response[0].members.append(.sequence(.primitive(0x0C, Array("x".utf8)))) },
        written("a bare token in the place of the response") { $0.response[1].encoded },
        written("indefinite lengths") { $0.response.indefinite(depth: 4) },
        written("an indefinite length of the response alone") { $0.response.indefinite(depth: 1) },
        written("a length in more bytes than it needs") { token in
            let bytes = token.response.encoded
            return [bytes[0], 0x83, 0] + bytes[2...]
        },
        written("a byte after the response") { $0.response.encoded + [0] },
        written("nothing") { _ in [] },
        written("half of a token") { Array($0.response.encoded.prefix(400)) },
        AttestedAttack("a query with another nonce length", 32) { archive, _, _ in
            archive["attest/ts/collector-tsa-0.tsq"][57] = 7
        },
        AttestedAttack("a query whose nonce begins with zero", 32) { archive, _, _ in
            archive["attest/ts/collector-tsa-0.tsq"][58] = 0
        },
        AttestedAttack("a query for SHA-1", 32) { archive, _, _ in
            archive["attest/ts/collector-tsa-0.tsq"][18] ^= 1
        },
        AttestedAttack("a query without the wish for a certificate", 32) { archive, _, _ in
            archive["attest/ts/collector-tsa-0.tsq"][68] = 0
        },
    ]
}

/// Certificates that nothing leads to.
enum Stranger {
    static func root(_ number: Int = 0) throws -> X509Certificate {
        try CertificateIssuer.makeRoot(name: "stranger \(number)", key: .generate(), start: 0, days: 36_000).root
    }
}
