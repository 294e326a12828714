import Crypto
import Evidence
import Foundation

extension AttestedAttack {
    private typealias Profile = LocalIssuer.Profile

    /// A chain of the collector's own key with one mistake, under a root that is pinned. Everything is signed and stamped again.
    private static func chain(
        _ name: String, code: Int32 = 31, script: Int32? = nil, because reason: String? = nil,
        root: LocalIssuer.Profile = .authority, _ between: LocalIssuer.Profile...,
        leaf: LocalIssuer.Profile = .collector,
        file: @escaping @Sendable ([LocalIssuer.Made]) throws -> String = {
            $0.dropFirst().reversed().map(\.pem).joined()
        }
    ) -> AttestedAttack {
        sealed(name, code, script: script, because: reason) { archive, pins, attested in
            let made = try LocalIssuer().chain([root] + between + [leaf], key: attested.sample.key.pem)
            archive["data/keys/collector.crt.pem"] = Array(try file(made).utf8)
            pins.roots = [try made[0].certificate]
        }
    }

    /// The signer's certificate and its issuers.
    static let signers: [AttestedAttack] = [
        chain("nothing wrong: a chain by openssl", code: 0, .authority),
        chain(
            "a signer's certificate that lives 100 days: a finding", code: 0, root: .authority.living(-1, 200),
            leaf: .collector.living(-1, 100)),
        chain("a signer's certificate that had expired", leaf: .collector.living(-20, 10)),
        chain("a signer's certificate that is not yet valid", leaf: .collector.living(10, 20)),
        chain("an issuer that had expired", .authority.living(-20, 10)),
        chain("a root that had expired", root: .authority.living(-20, 10), .authority),
        chain("an issuer that is no authority", .authority.with("basicConstraints=critical,CA:false")),
        chain("an issuer without constraints", .authority.with("basicConstraints=")),
        chain("an issuer that may not sign certificates", .authority.with("keyUsage=critical,digitalSignature")),
        chain("an issuer that does not say what it may", .authority.with("keyUsage=")),
        chain(
            "a root with a shorter path", root: .authority.with("basicConstraints=critical,CA:true,pathlen:0"),
            .authority),
        chain(
            "an issuer with a shorter path", .authority.with("basicConstraints=critical,CA:true,pathlen:0"), .authority),
        chain("a signer that may not sign", leaf: .collector.with("keyUsage=critical,keyEncipherment")),
        chain("a signer that does not say what it may", leaf: .collector.with("keyUsage=")),
        chain("a signer that is an authority", leaf: .collector.with("basicConstraints=critical,CA:true")),
        chain("a signer for other uses", leaf: .collector.with("extendedKeyUsage=codeSigning")),
        chain("a critical extension that is unknown", leaf: .collector.with("1.2.3.4=critical,ASN1:NULL")),
        chain("a critical extension that is unknown, of an issuer", .authority.with("1.2.3.4=critical,ASN1:NULL")),
        chain(
            "constraints of names", script: 0,
            because: "openssl applies the constraint, which the name here keeps; ours knows none and refuses",
            .authority.with("nameConstraints=permitted;DNS:example.com")),
        chain("SHA-1 under the signer's certificate", leaf: .collector.signed(by: "sha1")),
        chain("SHA-1 under the issuer's certificate", .authority.signed(by: "sha1")),
        chain("an issuer with an RSA key of 1,024 bits", .authority.keyed(rsa1024)),
        chain(
            "an issuer with an RSA key of 2,048 bits: nothing wrong", code: 0,
            .authority.keyed(LocalAuthority.rsa)),
        chain("an issuer left out", .authority) { $0[2].pem },
        chain(
            "a certificate without a part in the path", script: 0,
            because: "openssl looks for a path and passes over what it does not need"
        ) { try $0[1].pem + Stranger.root().pem },
        chain("the root among the certificates: nothing wrong", code: 0, .authority) {
            $0[2].pem + $0[1].pem + $0[0].pem
        },
        chain("nine certificates", script: 0, because: "openssl has no such limit", .authority) { made in
            try made[2].pem + made[1].pem + (0..<7).map { try Stranger.root($0).pem }.joined()
        },
        chain("the issuer first", .authority) { $0[1].pem + $0[2].pem },
        chain("words before the certificate", .authority) { "subject=x\n\($0[2].pem)\($0[1].pem)" },
        chain("a certificate that is cut", .authority) { String($0[2].pem.prefix(200)) },
        sealed("a signer's certificate of version 1", 31) { archive, pins, attested in
            var leaf = LocalIssuer.Profile.collector
            leaf.isFirstVersion = true
            let made = try LocalIssuer().chain([.authority, leaf], key: attested.sample.key.pem)
            archive["data/keys/collector.crt.pem"] = Array(made[1].pem.utf8)
            pins.roots = [try made[0].certificate]
        },
        sealed("a path that goes round in a circle", 31) { archive, pins, attested in
            // Two issuers that certified each other: made from one chain whose root is signed by its own issuer.
            let one = try LocalIssuer().chain([.authority, .authority, .collector], key: attested.sample.key.pem)
            archive["data/keys/collector.crt.pem"] = Array((one[2].pem + one[1].pem).utf8)
            pins.roots = [try Stranger.root()]
        },
        AttestedAttack("no certificate, though a root is pinned", 31) { archive, _, attested in
            archive.remove("data/keys/collector.crt.pem")
            try attested.seal(&archive)
        },
        AttestedAttack("a certificate of another key, the key being pinned", 31) { archive, pins, attested in
            let start = VerificationTrust.clock / 1_000_000_000 - 60
            archive["data/keys/collector.crt.pem"] = Array(
                try attested.issuer.certify(attested.reviewer.verificationKey, name: "x", start: start, days: 9).pem
                    .utf8)
            pins.key = attested.sample.key.verificationKey
            pins.roots = []
            try attested.seal(&archive)
        },
    ]

    private static let rsa1024 = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"]

    /// An authority's certificate with one mistake; the token is signed by its key, names the certificate and binds it.
    private static func stamper(
        _ name: String, code: Int32 = 32, script: Int32? = nil, python: Int32? = nil, because reason: String? = nil,
        root: LocalIssuer.Profile = .authority, _ between: LocalIssuer.Profile..., leaf: LocalIssuer.Profile = .stamper,
        carrying: @escaping @Sendable ([LocalIssuer.Made]) -> [LocalIssuer.Made] = { Array($0.dropFirst().dropLast()) }
    ) -> AttestedAttack {
        AttestedAttack(name, code, script: script, python: python, because: reason) { archive, pins, attested in
            let key = String(decoding: try attested.workspace.read("tsa-0-signer.key"), as: UTF8.self)
            let made = try LocalIssuer().chain([root] + between + [leaf], key: key)
            let token = try attested.forge(from: archive) { $0.adopt(made[made.count - 1], with: carrying(made)) }
            archive.put(token.stored("tsa-0"), at: "attest/ts/collector")
            pins.timestampRoots.append(try made[0].certificate)
        }
    }

    /// The certificates of time-stamp authorities.
    static let authorities: [AttestedAttack] = [
        stamper("nothing wrong: an authority under an issuer", code: 0, .authority),
        stamper("an authority that had expired", leaf: .stamper.living(-20, 10)),
        stamper("an authority that is not yet valid", leaf: .stamper.living(10, 20)),
        stamper("an authority whose issuer had expired", .authority.living(-20, 10)),
        stamper("an authority whose root had expired", root: .authority.living(-20, 10)),
        stamper("an authority for other uses", leaf: .stamper.with("extendedKeyUsage=critical,codeSigning")),
        stamper(
            "an authority for another use too",
            leaf: .stamper.with("extendedKeyUsage=critical,timeStamping,codeSigning")),
        stamper("an authority whose use is not critical", leaf: .stamper.with("extendedKeyUsage=timeStamping")),
        stamper("an authority whose use is damaged", leaf: .stamper.with("extendedKeyUsage=critical,DER:0500")),
        stamper("an authority that states no use", leaf: .stamper.with("extendedKeyUsage=")),
        stamper(
            "an authority that is one for certificates", script: 0,
            because: "openssl does not ask that a signer of tokens is no authority",
            leaf: .stamper.with("basicConstraints=critical,CA:true")),
        stamper("an authority that may not sign", leaf: .stamper.with("keyUsage=critical,keyEncipherment")),
        stamper("an authority that does not say what it may: nothing wrong", code: 0, leaf: .stamper.with("keyUsage=")),
        stamper("an authority whose issuer is none", .authority.with("basicConstraints=critical,CA:false")),
        stamper("an authority whose issuer may not issue", .authority.with("keyUsage=critical,digitalSignature")),
        stamper(
            "an authority whose path is too long", root: .authority.with("basicConstraints=critical,CA:true,pathlen:0"),
            .authority),
        stamper("an authority with an unknown critical extension", leaf: .stamper.with("1.2.3.4=critical,ASN1:NULL")),
        stamper("an authority that SHA-1 certifies", leaf: .stamper.signed(by: "sha1")),
        stamper("an authority whose issuer has an RSA key of 1,024 bits", .authority.keyed(rsa1024)),
        stamper(
            "an authority with a certificate of its path twice", script: 0,
            because: "openssl ts -verify does not look at parts of a token that no signature covers", .authority
        ) { [$0[1], $0[1]] },
        stamper("an authority whose issuer is not there", .authority) { _ in [] },
    ]
}
