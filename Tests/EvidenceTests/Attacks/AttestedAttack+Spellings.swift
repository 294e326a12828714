import ContentAddressing
import Evidence
import ForensicTypes
import Foundation

extension AttestedAttack {
    /// A register with a line after its last one, in a chain that fits, one of whose members was changed.
    private static func register(_ name: String, _ pattern: String, _ replacement: String) -> AttestedAttack {
        sealed(name, 60) { archive, _, _ in
            let lines = archive.text("data/plan/register.jsonl").split(separator: "\n").map(String.init)
            let head = SHA256Digest.of(text: lines[lines.count - 1]).hex
            let zeros = Attack.digest
            let line =
                #"{"action":"planned","case":"\#(zeros)","n":\#(lines.count),"plan_sha256":"\#(zeros)","prev":"\#(head)","t":"9","v":1}"#
            guard let expression = try? Regex(pattern) else { return }
            let changed = line.replacing(expression, with: replacement, maxReplacements: 1)
            archive["data/plan/register.jsonl"] = Array((lines + [changed]).map { $0 + "\n" }.joined().utf8)
        }
    }

    /// A register whose first line is changed and whose second follows from it.
    private static func first(_ name: String, _ pattern: String, _ replacement: String) -> AttestedAttack {
        sealed(name, 60) { archive, _, _ in
            var lines = archive.text("data/plan/register.jsonl").split(separator: "\n").map(String.init)
            guard let expression = try? Regex(pattern) else { return }
            lines[0] = lines[0].replacing(expression, with: replacement, maxReplacements: 1)
            archive["data/plan/register.jsonl"] = Array(lines.map { $0 + "\n" }.joined().utf8)
        }
    }

    /// The second signature in another form, with no reviewer pinned.
    private static func unpinned(
        _ name: String, _ code: Int32, _ change: @escaping @Sendable (String) -> String
    ) -> AttestedAttack {
        AttestedAttack(name, code, pinning: { pins, _ in pins.reviewer = nil }) { archive, _, _ in
            let path = "attest/collection.reviewer.dsse.json"
            archive[path] = Array(change(archive.text(path)).utf8)
            for path in archive.members.map(\.path) where path.hasPrefix("attest/ts/reviewer") { archive.remove(path) }
        }
    }

    /// One token over the collector's envelope, with no authority pinned.
    private static func unknown(
        _ name: String, code: Int32 = 32,
        _ change: @escaping @Sendable (StoredTimestamp, AttestedCase, TapeArchive) throws -> StoredTimestamp
    ) -> AttestedAttack {
        AttestedAttack(name, code, pinning: { pins, _ in pins.timestampRoots = [] }) { archive, _, attested in
            let start = "attest/ts/collector-tsa-0"
            let token = StoredTimestamp(
                authority: "tsa-0", query: archive[start + ".tsq"], response: archive[start + ".tsr"])
            archive.put(try change(token, attested, archive), at: "attest/ts/collector")
            for path in archive.members.map(\.path) where path.hasPrefix("attest/ts/collector-tsa-1") {
                archive.remove(path)
            }
        }
    }

    /// A file beside a bundle that has a token over its archive there.
    private static func beside(
        _ name: String, _ code: Int32, _ file: String, _ bytes: [UInt8]
    ) -> AttestedAttack {
        AttestedAttack(name, code) { archive, pins, attested in
            let stamp = try attested.authorities[0].stamp(archive.bytes)
            pins.beside = ["archive-tsa-0.tsq": stamp.query, "archive-tsa-0.tsr": stamp.response, file: bytes]
        }
    }

    /// What is spelled or typed otherwise, stands beside the bundle, or is looked at only if something is pinned.
    static let spellings: [AttestedAttack] = [
        register("a line of the register that withdraws a plan", "planned", "withdrawn"),
        register("a line of the register whose time is a number", #""t":"9""#, #""t":9"#),
        register("a line of the register whose case is no digest", #""case":"0"#, #""case":"x"#),
        register("a line of the register whose plan is no digest", #""plan_sha256":"0"#, #""plan_sha256":"x"#),
        register("a line of the register whose plan has a line feed after it", #"0","prev""#, #"0\n","prev""#),
        register("a line of the register whose bundle is no digest", #""case""#, #""bundle_sha256":"x","case""#),
        register("a line of the register whose bundle is null", #""case""#, #""bundle_sha256":null,"case""#),
        register("a line of the register with white space", #"\{"#, "{ "),
        register("a line of the register whose version is true", #""v":1"#, #""v":true"#),
        register("a line of the register whose number is a text", #""n":2"#, #""n":"2""#),
        first("a register whose first number is a truth", #""n":0"#, #""n":false"#),
        unpinned("a second signature with white space, and nobody pinned", 20) { "{ " + $0.dropFirst() },
        unpinned("two second signatures, and nobody pinned", 30) {
            $0.replacing(/"signatures":\[(\{.*\})\]/) { #""signatures":[\#($0.output.1),\#($0.output.1)]"# }
        },
        unpinned("a second signature by nobody, and nobody pinned", 30) {
            $0.replacing(/"keyid":"[0-9a-f]{64}"/, with: #""keyid":"somebody""#)
        },
        unpinned("a second signature in stray base64, and nobody pinned", 30) {
            $0.replacing(/"sig":"/, with: #""sig":"!"#)
        },
        unpinned("a second signature with a member more, and nobody pinned", 20) {
            $0.replacing(#"}]}"#, with: #","x":1}]}"#)
        },
        unpinned("a second signature in its form, and nobody pinned: nothing wrong", 0) { $0 },
        unknown("a token that is none, and no authority pinned") { token, _, _ in
            // An answer that says "granted", and 256 letters.
            let body: [UInt8] =
                [0x30, 0x03, 0x02, 0x01, 0x00, 0x30, 0x82, 0x01, 0x00] + [UInt8](repeating: 0x41, count: 256)
            let response: [UInt8] = [0x30, 0x82, UInt8(body.count >> 8), UInt8(body.count & 0xFF)] + body
            return StoredTimestamp(authority: token.authority, query: token.query, response: response)
        },
        unknown("a token with a bit of its signature changed, and no authority pinned") { token, attested, archive in
            try attested.forge(from: archive, seals: false) {
                var signature = $0.signer[5].content
                signature[signature.count - 1] ^= 1
                $0.signer[5].content = signature
            }.stored(token.authority)
        },
        unknown("a token over other bytes, and no authority pinned") { token, attested, _ in
            StoredTimestamp(
                authority: token.authority, query: token.query,
                response: try attested.authorities[0].stamp([1]).response)
        },
        unknown("a token that answers another question, and no authority pinned") { token, _, archive in
            StoredTimestamp(
                authority: token.authority, query: TimestampQuery(about: archive["attest/collection.dsse.json"]).der,
                response: token.response)
        },
        unknown("a token with nothing wrong, and no authority pinned", code: 0) { token, _, _ in token },
        AttestedAttack("a file in the place of the folder beside the bundle", 50) { _, pins, _ in
            pins.isBesideAFile = true
        },
        beside("a token of 1 MiB beside the bundle", 32, "archive-tsa-1.tsr", [UInt8](repeating: 0, count: 1 << 20)),
        beside("a token without an authority beside the bundle: nothing wrong", 0, "archive.tsr", [1]),
        beside("a token with a number of five digits beside the bundle: nothing wrong", 0, "00002-tsa-0.tsr", [1]),
        beside("a token whose number has a sign beside the bundle: nothing wrong", 0, "+002-tsa-0.tsr", [1]),
        beside(
            "a query of 65,537 bytes beside the bundle", 32, "archive-tsa-1.tsq", [UInt8](repeating: 0, count: 65_537)),
        beside(
            "a list of more than 1 MiB beside the bundle", 32, "0002.renewal", [UInt8](repeating: 0, count: 1_048_577)),
        beside("a folder in the place of a token beside the bundle", 32, "archive-tsa-1.tsr/", []),
        beside("a list without a number beside the bundle: nothing wrong", 0, "0001.renewal", [1]),
        beside("a token of no renewal beside the bundle: nothing wrong", 0, "0001-tsa-0.tsr", [1]),
        beside("a token of no authority beside the bundle: nothing wrong", 0, "archive-.tsr", [1]),
        beside(
            "a token of a long name beside the bundle: nothing wrong", 0,
            "archive-\(String(repeating: "t", count: 32)).tsr", [1]),
    ]
}
