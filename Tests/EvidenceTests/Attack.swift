import ContentAddressing
import Evidence
import ForensicTypes
import Testing

/// A change to a sound bundle that a verifier has to refuse, with the exit code that names the reason.
struct Attack: Sendable, CustomTestStringConvertible {
    let name: String
    let exitCode: Int32
    /// The codes of verifiers that stop at the first failure, where it is another one in their order.
    var otherCodes: Set<Int32>
    let apply: @Sendable (inout TapeArchive, SigningKey) throws -> Void

    init(
        _ name: String, _ exitCode: Int32, or otherCodes: Set<Int32> = [],
        _ apply: @escaping @Sendable (inout TapeArchive, SigningKey) throws -> Void
    ) {
        self.name = name
        self.exitCode = exitCode
        self.otherCodes = otherCodes.union([exitCode])
        self.apply = apply
    }

    var testDescription: String { name }

    /// A change of the signed statement, properly signed again by the same key.
    static func resigned(_ name: String, _ exitCode: Int32, _ pattern: String, _ replacement: String) -> Attack {
        Attack(name, exitCode) { archive, key in
            try archive.seal(with: key) { text in
                guard let expression = try? Regex(pattern) else { return text }
                return text.replacing(expression, with: replacement, maxReplacements: 1)
            }
        }
    }

    /// A change of the text of one file, with everything signed again by the same key.
    static func file(
        _ name: String, _ code: Int32, or others: Set<Int32> = [], _ path: String,
        _ change: @escaping @Sendable (String) -> String
    ) -> Attack {
        Attack(name, code, or: others) { archive, key in
            archive[path] = Array(change(archive.text(path)).utf8)
            try archive.seal(with: key)
        }
    }

    /// A change of the envelope's own text, which nothing makes fit again.
    static func envelope(_ name: String, _ code: Int32, _ pattern: String, _ replacement: String) -> Attack {
        Attack(name, code) { archive, _ in
            guard let expression = try? Regex(pattern) else { return }
            let path = "attest/collection.dsse.json"
            archive[path] = Array(
                archive.text(path).replacing(expression, with: replacement, maxReplacements: 1).utf8)
        }
    }

    /// A change of the bytes of one file, with everything signed again by the same key.
    private static func changed(
        _ name: String, _ exitCode: Int32, _ path: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Attack {
        Attack(name, exitCode) { archive, key in
            archive[path] = change(archive[path])
            try archive.seal(with: key)
        }
    }

    private static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.split(separator: 10, omittingEmptySubsequences: false).dropLast().map { Array($0) + [10] }
    }

    /// Changes of the archive itself.
    static let container: [Attack] = [
        Attack("a file twice", 10) { archive, _ in archive.members.append(archive.members[5]) },
        Attack("two files exchanged", 10) { archive, _ in archive.members.swapAt(3, 4) },
        Attack("a file outside the layout", 10) { archive, _ in archive["data/extra.txt"] = [1] },
        Attack("a file outside the layout, and another signer's key", 10) { archive, _ in
            archive["data/plan/plan.jso4"] = [1]
            archive["data/keys/collector.pem"] = Array("x".utf8)
        },
        Attack("a file of the layout missing", 10) { archive, key in
            archive.remove("data/leaves.txt")
            try archive.seal(with: key)
        },
        Attack("a path that climbs", 10) { archive, _ in archive["data/results/../../x.json"] = [1] },
        Attack("an absolute path", 10) { archive, _ in archive["/x.json"] = [1] },
        Attack("an upper-case name", 10) { archive, _ in archive["data/results/X.json"] = [1] },
        Attack("a symbolic link", 10) { archive, _ in
            archive.members[4].type = UInt8(ascii: "2")
            archive.members[4].bytes = []
            archive.members[4].link = "/etc/passwd"
        },
        Attack("a hard link", 10) { archive, _ in
            archive.members[4].type = UInt8(ascii: "1")
            archive.members[4].bytes = []
            archive.members[4].link = archive.members[3].path
        },
        Attack("a folder", 10) { archive, _ in
            archive.members[4] = .init(path: archive.members[4].path, bytes: [], type: UInt8(ascii: "5"))
        },
        Attack("an extended header", 10) { archive, _ in
            archive.members.insert(
                .init(path: "attest/a", bytes: Array("14 path=attest\n".utf8), type: UInt8(ascii: "x")), at: 0)
        },
    ]

    /// Changes by somebody without the key.
    static let unsigned: [Attack] = [
        Attack("a file of the layout that nobody listed", 40) { archive, _ in
            archive["data/results/extra.json"] = Array("{}".utf8)
        },
        Attack("a result changed", 40) { archive, _ in
            archive["data/results/suspect-a.json"] = Array(#"{"outcome":"narrowed"}"#.utf8)
        },
        Attack("everything signed again by another key", 30) { archive, _ in
            let key = try SigningKey.generate()
            archive["data/keys/collector.pem"] = Array(key.verificationKey.pem.utf8)
            try archive.seal(with: key)
        },
    ]

    /// Changes by somebody who holds the key: signed, but contradicting themselves.
    static let signed: [Attack] = [
        resigned("another root", 41, #""root":"...."#, #""root":"0000"#),
        resigned("another size", 41, #""size":12"#, #""size":13"#),
        resigned("another number of disclosed records", 41, #""disclosed":10"#, #""disclosed":9"#),
        resigned("other outcomes", 40, #""http":10"#, #""http":11"#),
        resigned("another first time", 40, #""first_ns":"1"#, #""first_ns":"2"#),
        resigned("another suspect", 40, #""suspect":"suspect-a""#, #""suspect":"suspect-b""#),
        resigned("another custody head", 50, #""custody_head":"...."#, #""custody_head":"0000"#),
        resigned("another plan", 60, #""plan_sha256":"...."#, #""plan_sha256":"0000"#),
        resigned("something critical that is unknown", 80, #""crit":\[\]"#, #""crit":["x"]"#),
        resigned("an unknown version", 80, #""v":2\}"#, #""v":3}"#),
        resigned("another kind of statement", 80, "collection/v1", "collection/v2"),
        changed("a byte of a part", 42, "data/segments/000000.seg") { $0.dropLast() + [$0[0] ^ 1] },
        changed("a byte after the parts", 42, "data/segments/000000.seg") { $0 + [0] },
        changed("the last byte of the parts missing", 42, "data/segments/000000.seg") { $0.dropLast() },
        changed("a record dropped", 41, "data/records.jsonl") { $0.dropFirst(lines($0)[0].count) + [] },
        changed("two records exchanged", 41, "data/records.jsonl") { bytes in
            let all = lines(bytes)
            return ([all[1], all[0]] + all[2...]).flatMap(\.self)
        },
        changed("a record changed", 41, "data/records.jsonl") {
            Array(String(decoding: $0, as: UTF8.self).replacing(#""status":200"#, with: #""status":201"#).utf8)
        },
        changed("a leaf changed", 41, "data/leaves.txt") { [$0[0] == 48 ? 49 : 48] + $0.dropFirst() },
        changed("white space in a record", 20, "data/records.jsonl") {
            Array(String(decoding: $0, as: UTF8.self).replacing(#""v":1}"#, with: #""v": 1}"#).utf8)
        },
        changed("white space in a result", 20, "data/results/suspect-a.json") { $0 + [10] },
        changed("a line of the custody log dropped", 50, "data/custody.jsonl") { lines($0).dropLast().flatMap(\.self) },
        changed("another key in the bundle", 30, "data/keys/collector.pem") { _ in
            Array((try? SigningKey.generate().verificationKey.pem)?.utf8 ?? "".utf8)
        },
        changed("the probe set changed", 60, "data/probes/commitment.json") { _ in Array("{}".utf8) },
        changed("the case described otherwise", 40, "data/case.json") {
            Array(String(decoding: $0, as: UTF8.self).replacing("panel-1", with: "panel-2").utf8)
        },
        Attack("a plan that was sealed for another probe set", 60) { archive, key in
            let other = try SealedPlan(
                sealing: try SampleCase.plan(commitment: SHA256Digest.of(text: "other")), with: key)
            archive["data/plan/plan.json"] = other.bytes
            archive["data/plan/plan.dsse.json"] = other.envelope.bytes
            try archive.seal(with: key)
        },
    ]
}
