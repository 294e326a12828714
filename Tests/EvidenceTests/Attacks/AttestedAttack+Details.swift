import ContentAddressing
import Evidence
import ForensicTypes
import Foundation

extension AttestedAttack {
    /// A token that was changed and signed again, the only one over the collector's envelope.
    private static func alone(
        _ name: String, _ code: Int32 = 32, script: Int32? = nil, because reason: String? = nil,
        _ change: @escaping @Sendable (inout ForgedToken) throws -> Void
    ) -> AttestedAttack {
        AttestedAttack(name, code, script: script, because: reason) { archive, _, attested in
            let token = try attested.forge(from: archive, change)
            archive.put(token.stored("tsa-0"), at: "attest/ts/collector")
            archive.remove("attest/ts/collector-tsa-1.tsq")
            archive.remove("attest/ts/collector-tsa-1.tsr")
        }
    }

    /// The beginning of this hour or minute or day, as the end of the one before: a time that has passed, in another spelling.
    private static func ended(_ name: String, _ unit: Double, at place: Int, as digits: String) -> AttestedAttack {
        alone(name) { token in
            let format = DateFormatter()
            format.locale = Locale(identifier: "en_US_POSIX")
            format.timeZone = .gmt
            format.dateFormat = "yyyyMMddHHmmss"
            let seconds = (Date().timeIntervalSince1970 / unit).rounded(.down) * unit - unit
            let text = Array(format.string(from: Date(timeIntervalSince1970: seconds)).utf8)
            token.statement[4] = .primitive(
                0x18, text[..<place] + Array(digits.utf8) + text[(place + 2)...] + Array("Z".utf8))
        }
    }

    /// The token's signer, named by the identifier of its key.
    private static func identified(_ name: String, _ code: Int32, flip: UInt8) -> AttestedAttack {
        alone(name, code, script: 32, because: "openssl ts reads tokens as PKCS #7, which has no such names") { token in
            let certificate = token.signed[3, 0]
            let extensions = certificate[0].members.last?[0].members ?? []
            let field = extensions.first { $0[0] == .oid("551d0e") }?.members.last?.content ?? []
            var identifier = DERTree(field).content
            if !identifier.isEmpty { identifier[0] ^= flip }
            token.signer[0] = .integer(3)
            token.signer[1] = .primitive(0x80, identifier)
        }
    }

    /// A custody log that states no time, and no token that does.
    private static func timeless(_ name: String, _ log: [UInt8], head: String? = nil) -> AttestedAttack {
        AttestedAttack(name, 31) { archive, _, attested in
            archive["data/custody.jsonl"] = log
            let head = head ?? SHA256Digest.of(log.dropLast()).hex
            try attested.seal(&archive) {
                $0.replacing(/"custody_head":"[0-9a-f]+"/, with: #""custody_head":"\#(head)""#)
            }
            for path in archive.members.map(\.path) where path.hasPrefix("attest/ts/") { archive.remove(path) }
        }
    }

    private static func long(_ name: String, _ path: String, _ length: Int) -> AttestedAttack {
        sealed(name, 11) { archive, _, _ in archive[path] += [UInt8](repeating: 10, count: length) }
    }

    /// What one check of the form of a token notices, and limits of files.
    static let details: [AttestedAttack] = [
        ended("a second 60 that has passed", 60, at: 12, as: "60"),
        ended("a minute 60 that has passed", 3600, at: 10, as: "60"),
        ended("an hour 24 that has passed", 86_400, at: 8, as: "24"),
        AttestedAttack(
            "a leap second, and no authority pinned", 32,
            pinning: { pins, _ in pins.timestampRoots = [] }
        ) { archive, _, attested in
            let token = try attested.forge(from: archive) {
                $0.statement[4] = .primitive(0x18, $0.statement[4].content.prefix(12) + Array("60Z".utf8))
            }
            archive.put(token.stored("tsa-0"), at: "attest/ts/collector")
            archive.remove("attest/ts/collector-tsa-1.tsq")
            archive.remove("attest/ts/collector-tsa-1.tsr")
        },
        identified("a signer named by the identifier of its key: nothing wrong", 0, flip: 0),
        identified("a signer named by the identifier of another key", 32, flip: 1),
        alone("a time without seconds", script: 0, because: "openssl reads such a time") {
            $0.statement[4] = .primitive(0x18, $0.statement[4].content.prefix(12) + Array("Z".utf8))
        },
        alone("an extension that is no sequence") {
            $0.statement.members.append(.constructed(0xA1, [.primitive(0x04, [])]))
        },
        alone("an imprint without an algorithm") { $0.statement[2].members.removeFirst() },
        alone("an imprint of 31 bytes") { $0.statement[2, 1].content.removeLast() },
        alone("an imprint in pieces", script: 0, because: "openssl ts puts pieces together, as BER allows") {
            $0.statement[2, 1] = .constructed(0x24, [$0.statement[2, 1]])
        },
        alone("an extension that is a primitive sequence") {
            $0.statement.members.append(.constructed(0xA1, [.primitive(0x10, [])]))
        },
        alone(
            "a length in more bytes than it needs", script: 0, because: "openssl ts reads lengths as in BER"
        ) { token in
            var members = token.statement.members.map(\.encoded)
            members[3] = [members[3][0], 0x81] + members[3].dropFirst()
            token.signed[2, 1, 0] = .primitive(0x04, DERTree.primitive(0x30, members.flatMap(\.self)).encoded)
        },
        alone("a certificate without an identifier of its key beside a signer who is named by one") { token in
            let stray = try LocalIssuer().chain([.authority.with("subjectKeyIdentifier=none")], key: nil)[0]
            token.signed[3].members.insert(DERTree(stray.der), at: 0)
            token.signer[0] = .integer(3)
            token.signer[1] = .primitive(0x80, [1])
        },
        alone(
            "a type of content in an octet string", script: 0,
            because:
                "openssl ts -verify asks for the digest and the certificate among the signed attributes, and for no more"
        ) { token in
            token.change(ForgedToken.contentType) { $0[1, 0] = .primitive(0x04, $0[1, 0].content) }
        },
        alone(
            "a signature algorithm of another kind of key", script: 0,
            because: "openssl takes the algorithm from the key"
        ) {
            $0.signer[4] = .sequence(.oid("2a864886f70d010101"), .primitive(0x05, []))
        },
        alone("a statement in a bit string") { $0.signed[2, 1, 0] = .primitive(0x03, $0.signed[2, 1, 0].content) },
        AttestedAttack("a query whose nonce is shorter, with its token", 32) { archive, _, attested in
            var query = TimestampQuery(about: archive["attest/ts/collector-tsa-0.tsq"]).der
            query.replaceSubrange(
                24..<56, with: SHA256Digest.of(archive["attest/collection.dsse.json"]).bytes)
            query[58] = 1
            archive["attest/ts/collector-tsa-0.tsq"] = query
            archive["attest/ts/collector-tsa-0.tsr"] = try TimestampToken.stored(
                answer: try attested.authorities[0].answer(query))
            archive.remove("attest/ts/collector-tsa-1.tsq")
            archive.remove("attest/ts/collector-tsa-1.tsr")
        },
        AttestedAttack(
            "a certificate for a key of small order", 31, script: 30, python: 30,
            because: "the certificate's key is looked at later there"
        ) { archive, pins, attested in
            let text = "MCowBQYDK2VwAyEAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
            let weak = "-----BEGIN PUBLIC KEY-----\n\(text)\n-----END PUBLIC KEY-----\n"
            let made = try LocalIssuer().chain([.authority, .collector], key: nil, publicKey: weak)
            archive["data/keys/collector.pem"] = Array(weak.utf8)
            archive["data/keys/collector.crt.pem"] = Array(made[1].pem.utf8)
            try attested.seal(&archive)
            pins.roots = [try made[0].certificate]
        },
        AttestedAttack("a token of more than 65,536 bytes", 11) { archive, _, _ in
            archive["attest/ts/collector-tsa-0.tsr"] += [UInt8](repeating: 0, count: 65_536)
        },
        AttestedAttack("a query of more than 65,536 bytes", 11) { archive, _, _ in
            archive["attest/ts/collector-tsa-0.tsq"] += [UInt8](repeating: 0, count: 65_536)
        },
        long("a checkpoint of more than 65,536 bytes", "data/checkpoints/0002.note", 65_536),
        long("a certificate file of more than 65,536 bytes", "data/keys/collector.crt.pem", 65_536),
        AttestedAttack("an endpoint's certificate of more than 65,536 bytes", 11) { archive, _, attested in
            let bytes = [UInt8](repeating: 1, count: 65_537)
            archive["data/tls/\(SHA256Digest.of(bytes).hex).der"] = bytes
            try attested.seal(&archive)
        },
        timeless("a custody log without a line, and no token", [], head: String(repeating: "0", count: 64)),
        timeless("a custody log whose time is a name, and no token", Array(#"{"t":"x"}"#.utf8) + [10]),
        timeless("a custody log whose time is a number, and no token", Array(#"{"t":5}"#.utf8) + [10]),
        timeless(
            "a custody log whose time has a sign, and no token",
            Array(#"{"t":"+\#(VerificationTrust.clock)"}"#.utf8) + [10]),
        timeless(
            "a custody log whose time has a zero before it, and no token",
            Array(#"{"t":"0\#(VerificationTrust.clock / 10)"}"#.utf8) + [10]),
        timeless(
            "a custody log whose time is beyond 64 bits, and no token",
            Array(#"{"t":"9223372036854775808"}"#.utf8) + [10]),
        sealed("a certificate in lines of another length", 31) { archive, _, _ in
            archive["data/keys/collector.crt.pem"] = Array(
                archive.text("data/keys/collector.crt.pem").replacing("-----\nMII", with: "-----\nMI\nI").utf8)
        },
        sealed(
            "a damaged key in the bundle, and nothing pinned", 31, script: 30, python: 30,
            because: "the others are always given a key"
        ) { archive, pins, attested in
            archive["data/keys/collector.pem"] = [1]
            pins.roots = []
            pins.keyFile = attested.sample.key.verificationKey.pem
        },
        AttestedAttack("a pinned root that is none", 0, script: 31, python: 31, because: "ours is given what was read")
        { _, pins, _ in pins.keyFile = "-----BEGIN CERTIFICATE-----\n" },
    ]
}
