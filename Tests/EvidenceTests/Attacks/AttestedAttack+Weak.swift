import Evidence
import Foundation
import TestSupport

extension AttestedAttack {
    /// A token that openssl itself makes with a key of RSA under a sound root that is pinned.
    private static func weak(
        _ name: String, code: Int32 = 32, bits: Int, digest: String = "sha256",
        script: Int32? = nil, because reason: String? = nil
    ) -> AttestedAttack {
        AttestedAttack(name, code, script: script, because: reason) { archive, pins, _ in
            let workspace = try Workspace()
            guard let openssl = ExternalTool("openssl") else { throw CocoaError(.fileNoSuchFile) }
            func run(_ arguments: [String]) throws {
                let outcome = try openssl.run(arguments)
                guard outcome.status == 0 else { throw EvidenceError(.timestamp, "openssl: \(outcome.errors)") }
            }
            let key = workspace.path("key.pem")
            try run(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:\(bits)", "-out", key])
            let text = String(decoding: try workspace.read("key.pem"), as: UTF8.self)
            let made = try LocalIssuer().chain([.authority, .stamper], key: text)
            try workspace.write(Array(made[1].pem.utf8), to: "signer.pem")
            let configuration = """
                [a]
                serial = \(workspace.path("serial"))
                signer_digest = \(digest)
                default_policy = 1.2.3.4.1
                digests = sha256
                ess_cert_id_alg = sha256
                """
            try workspace.write(Array(configuration.utf8), to: "a.cnf")
            try workspace.write(Array("01\n".utf8), to: "serial")
            let query = TimestampQuery(about: archive["attest/collection.dsse.json"])
            try workspace.write(query.der, to: "q")
            try run([
                "ts", "-reply", "-config", workspace.path("a.cnf"), "-section", "a", "-queryfile", workspace.path("q"),
                "-signer", workspace.path("signer.pem"), "-inkey", key, "-out", workspace.path("r"),
            ])
            archive.put(
                StoredTimestamp(
                    authority: "tsa-0", query: query.der,
                    response: try TimestampToken.stored(answer: try workspace.read("r"))), at: "attest/ts/collector")
            // The other authority's token was made with the bundle, which may be more than a minute ago.
            archive.remove("attest/ts/collector-tsa-1.tsq")
            archive.remove("attest/ts/collector-tsa-1.tsr")
            pins.timestampRoots.append(try made[0].certificate)
        }
    }

    /// Keys and digests that are too weak for an authority, as openssl uses them.
    static let weak: [AttestedAttack] = [
        weak("nothing wrong: an authority with an RSA key of 2,048 bits", code: 0, bits: 2_048),
        weak("an authority with an RSA key of 1,024 bits", bits: 1_024),
        weak("an authority with an RSA key of 512 bits", bits: 512),
        weak("a token that is signed with SHA-1", bits: 2_048, digest: "sha1"),
        weak("a token that is signed with SHA-1 by a key of 1,024 bits", bits: 1_024, digest: "sha1"),
    ]
}
