import ContentAddressing
import Evidence
import Foundation

extension AttestedAttack {
    /// Members exchanged, missing, or of something else.
    static let members: [AttestedAttack] = [
        AttestedAttack("a token over other bytes", 32) { archive, _, attested in
            let stamp = try attested.authorities[0].stamp([1, 2, 3])
            archive["attest/ts/collector-tsa-0.tsq"] = stamp.query
            archive["attest/ts/collector-tsa-0.tsr"] = stamp.response
        },
        AttestedAttack("a token that answers another question", 32) { archive, _, attested in
            archive["attest/ts/collector-tsa-0.tsq"] =
                TimestampQuery(about: archive["attest/collection.dsse.json"]).der
        },
        AttestedAttack("a good token, and one by an authority that is not pinned", 32) { archive, _, attested in
            let stranger = try LocalAuthority(in: Workspace(), name: "stranger")
            let stamp = try stranger.stamp(archive["attest/collection.dsse.json"])
            archive["attest/ts/collector-stranger.tsq"] = stamp.query
            archive["attest/ts/collector-stranger.tsr"] = stamp.response
        },
        AttestedAttack("a token without its query", 32) { archive, _, _ in
            archive.remove("attest/ts/collector-tsa-1.tsq")
        },
        AttestedAttack("a query without its token", 32) { archive, _, _ in
            archive.remove("attest/ts/collector-tsa-1.tsr")
        },
        AttestedAttack("the second signature missing, its tokens left behind", 30) { archive, _, _ in
            archive.remove("attest/collection.reviewer.dsse.json")
        },
        AttestedAttack("a second signature over something else", 30) { archive, _, attested in
            archive["attest/collection.reviewer.dsse.json"] =
                try DSSEEnvelope(
                    signing: Array(#"{"a":1}"#.utf8), type: DSSEEnvelope.statementType, key: attested.reviewer
                ).bytes
        },
        sealed("the second signature missing, though a reviewer is pinned", 30) { archive, _, _ in
            for path in archive.members.map(\.path) where path.contains("reviewer") { archive.remove(path) }
        },
        sealed("a certificate of another key", 31) { archive, _, attested in
            let other = try SigningKey.generate().verificationKey
            let start = VerificationTrust.clock / 1_000_000_000 - 60
            archive["data/keys/collector.crt.pem"] = Array(
                try attested.issuer.certify(other, name: "x", start: start, days: 9).pem.utf8)
        },
        sealed("a certificate under another root", 31) { archive, _, attested in
            let start = VerificationTrust.clock / 1_000_000_000 - 60
            let other = try CertificateIssuer.makeRoot(name: "case root", key: .generate(), start: start, days: 9)
            archive["data/keys/collector.crt.pem"] = Array(
                try other.certify(attested.sample.key.verificationKey, name: "x", start: start, days: 9).pem.utf8)
        },
        sealed("a certificate that had expired", 31) { archive, _, attested in
            let start = VerificationTrust.clock / 1_000_000_000 - 3 * 86_400
            archive["data/keys/collector.crt.pem"] = Array(
                try attested.issuer.certify(
                    attested.sample.key.verificationKey, name: "x", start: start, days: 1
                ).pem.utf8)
        },
        sealed("the root itself as the signer's certificate", 31) { archive, _, attested in
            archive["data/keys/collector.crt.pem"] = Array(attested.issuer.root.pem.utf8)
        },
        sealed("a checkpoint with another root", 41) { archive, _, attested in
            archive["data/checkpoints/0001.note"] =
                try Checkpoint(
                    caseName: "sample", size: 5, root: SHA256Digest.of([1]), time: 9, key: attested.sample.key
                ).note
            archive.remove("data/checkpoints/0001-tsa-0.tsq")
            archive.remove("data/checkpoints/0001-tsa-0.tsr")
        },
        sealed("a checkpoint by another key", 41) { archive, _, attested in
            let note = try Checkpoint(note: archive["data/checkpoints/0001.note"])
            archive["data/checkpoints/0001.note"] =
                try Checkpoint(
                    caseName: "sample", size: note.size, root: note.root, time: note.time, key: attested.reviewer
                ).note
            archive.remove("data/checkpoints/0001-tsa-0.tsq")
            archive.remove("data/checkpoints/0001-tsa-0.tsr")
        },
        sealed("the first checkpoint missing", 41) { archive, _, _ in
            for path in archive.members.map(\.path) where path.contains("checkpoints/0001") { archive.remove(path) }
        },
        sealed("a checkpoint's token over another note", 32) { archive, _, _ in
            for end in ["tsq", "tsr"] {
                archive["data/checkpoints/0001-tsa-0.\(end)"] = archive["data/checkpoints/0002-tsa-0.\(end)"]
            }
        },
        sealed("an endpoint's certificate under another name", 40) { archive, _, _ in
            let path = archive.members.map(\.path).first { $0.hasPrefix("data/tls/") } ?? ""
            archive["data/tls/" + String(repeating: "0", count: 64) + ".der"] = archive[path]
            archive.remove(path)
        },
        sealed("the register that the plan names missing", 60) { archive, _, _ in
            archive.remove("data/plan/register.jsonl")
        },
        sealed("a line of the register missing", 60) { archive, _, _ in
            let lines = archive["data/plan/register.jsonl"].split(separator: 10)
            archive["data/plan/register.jsonl"] = lines.dropFirst().flatMap { Array($0) + [10] }
        },
        sealed("a token over the plan exchanged for one over the collection", 32) { archive, _, attested in
            let stamp = try attested.authorities[0].stamp(archive["attest/collection.dsse.json"])
            archive["data/plan/plan-tsa-0.tsq"] = stamp.query
            archive["data/plan/plan-tsa-0.tsr"] = stamp.response
        },
    ]
}
