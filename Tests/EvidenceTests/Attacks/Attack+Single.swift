import ContentAddressing
import Evidence
import ForensicTypes
import Foundation

extension Attack {
    private static func line(
        _ name: String, _ code: Int32, or others: Set<Int32> = [], _ old: String, _ new: String
    ) -> Attack {
        rerooted(name, code, or: others) { $0[0] = $0[0].replacing(old, with: new) }
    }

    /// A result in so many lists, besides the object around all of them.
    private static func levels(_ name: String, _ code: Int32, _ count: Int, around value: String = "") -> Attack {
        file(name, code, "data/results/suspect-a.json") {
            $0.replacing(
                #""inconclusive""#,
                with: String(repeating: "[", count: count) + value + String(repeating: "]", count: count))
        }
    }

    /// The seal of the plan with another statement, signed by the same key.
    private static func seal(_ name: String, _ old: String, _ new: String) -> Attack {
        Attack(name, 60) { archive, key in
            let path = "data/plan/plan.dsse.json"
            let text = String(decoding: try DSSEEnvelope(bytes: archive[path]).payload, as: UTF8.self)
            archive[path] =
                try DSSEEnvelope(
                    signing: Array(text.replacing(old, with: new).utf8), type: DSSEEnvelope.statementType, key: key
                ).bytes
            try archive.seal(with: key)
        }
    }

    private static func envelope(_ name: String, _ code: Int32, _ change: @escaping @Sendable (String) -> String)
        -> Attack
    {
        Attack(name, code) { archive, _ in
            let path = "attest/collection.dsse.json"
            archive[path] = Array(change(archive.text(path)).utf8)
        }
    }

    /// Changes that are wrong in one place that one check looks at.
    static let single: [Attack] = [
        file("a description that is a number", 40, "data/case.json") { _ in "0" },
        file("a description of version 2", 40, "data/case.json") { $0.replacing(#""v":1"#, with: #""v":2"#) },
        file("a description of another case", 40, "data/case.json") {
            $0.replacing(#""case":"sample""#, with: #""case":"x""#)
        },
        Attack("another version in the bag's information", 80, or: [40]) { archive, key in
            archive["bag-info.txt"] = Array(
                archive.text("bag-info.txt").replacing("Version: 2", with: "Version: 1").utf8)
            try archive.sign(with: key)
        },
        file("white space in the description of the tool", 20, "data/tool.json") { $0.replacing(":", with: ": ") },
        file("white space in a probe set", 20, "data/probes/commitment.json") { $0.replacing(":", with: ": ") },
        file("a name outside the profile", 20, "data/results/suspect-a.json") {
            $0.replacing("outcome", with: "Outcome")
        },
        file("a decimal", 20, "data/results/suspect-a.json") { $0.replacing(#""inconclusive""#, with: "1.5") },
        file("a number below -2^53", 20, "data/results/suspect-a.json") {
            $0.replacing(#""inconclusive""#, with: "-9007199254740992")
        },
        file("a number beyond 2^53", 20, "data/results/suspect-a.json") {
            $0.replacing(#""inconclusive""#, with: "9007199254740992")
        },
        file("zero with a sign", 20, "data/results/suspect-a.json") { $0.replacing(#""inconclusive""#, with: "-0") },
        file("a whole number with a point", 20, "data/results/suspect-a.json") {
            $0.replacing(#""inconclusive""#, with: "1.0")
        },
        file("U+007F", 20, "data/results/suspect-a.json") { $0.replacing("inconclusive", with: "\u{7F}") },
        file("U+007F in another spelling", 20, "data/results/suspect-a.json") {
            $0.replacing("inconclusive", with: #"\u007f"#)
        },
        levels("sixteen levels around nothing: nothing wrong", 0, 16),
        levels("a value in sixteen levels: nothing wrong", 0, 14, around: "[1]"),
        levels("a value in seventeen levels", 20, 15, around: "[1]"),
        Attack("a record of a number beyond the last", 41) { archive, key in
            archive["data/records.jsonl"] = Array(
                archive.text("data/records.jsonl").replacing(#""seq":11,"#, with: #""seq":99,"#).utf8)
            archive["data/records.jsonl"] = Array(
                archive.text("data/records.jsonl").replacing(#""seq":10,"#, with: #""seq":98,"#).utf8)
            try archive.seal(with: key)
        },
        Attack("another plan than the one that was signed", 60) { archive, key in
            let other = try SealedPlan(
                sealing: Plan(
                    caseName: "sample", writtenAt: 0, protected: "protected", suspects: ["suspect-a"], panel: [],
                    probes: .init(
                        file: SHA256Digest.of(archive["data/probes/commitment.json"]),
                        root: SHA256Digest.of(text: "root"),
                        count: 3), comparators: ["a"], thresholds: .object([:]), stoppingRule: "", exclusionRule: "",
                    maximumAttempts: 9, seed: 8), with: key)
            archive["data/plan/plan.json"] = other.bytes
            archive["data/plan/plan.dsse.json"] = other.envelope.bytes
            try archive.seal(with: key)
        },
        seal("a plan's seal of version 2", #""v":1"#, #""v":2"#),
        seal("a plan's seal that asks for more", #""crit":[]"#, #""crit":["x"]"#),
        seal("a plan's seal of another statement", "in-toto.io/Statement/v1", "in-toto.io/Statement/v0"),
        seal("a plan's seal over another digest", #""sha256":""#, #""sha256":"0"#),
        seal("a plan's seal over another name", #""name":"plan.json""#, #""name":"plan.jsom""#),
        seal("a plan's seal of another case", #""case":"sample""#, #""case":"other""#),
        seal("a plan's seal of another kind", "plan/v1", "plan/v2"),
        Attack("leaves that a blank divides", 20, or: [41]) { archive, key in
            archive["data/leaves.txt"][64] = UInt8(ascii: " ")
            try archive.seal(with: key)
        },
        Attack("a withheld leaf in upper case", 20, or: [41]) { archive, key in
            var lines = archive.text("data/leaves.txt").components(separatedBy: "\n")
            lines[4] = lines[4].uppercased()
            archive["data/leaves.txt"] = Array(lines.joined(separator: "\n").utf8)
            try archive.seal(with: key)
        },
        Attack("a line of records that does not end", 11, or: [20, 41]) { archive, key in
            archive["data/records.jsonl"] += [UInt8](repeating: UInt8(ascii: "a"), count: 70_000)
            try archive.seal(with: key)
        },
        Attack("records without their last line feed", 20, or: [41]) { archive, key in
            archive["data/records.jsonl"] = archive["data/records.jsonl"].dropLast()
            try archive.seal(with: key)
        },
        line("a record line of version 2", 80, #""v":1"#, #""v":2"#),
        line("a record of a negative number", 20, or: [41], #""seq":0"#, #""seq":-1"#),
        line("a plan of a record that is no digest", 20, #""plan_sha256":""#, #""plan_sha256":"x"#),
        line("a name that stands for two models", 40, #""role":"protected""#, #""role":"panel""#),
        line("a record line without an outcome", 20, #""outcome":"http","#, ""),
        envelope("white space in the envelope", 20) { "{ " + $0.dropFirst() },
        envelope("damaged base64 of the payload", 30) { $0.replacing(#""payload":"e"#, with: #""payload":"!"#) },
        envelope("an envelope without a payload", 20) { $0.replacing(/"payload":"[^"]*",/, with: "") },
        envelope("a signature with a member more", 20) { $0.replacing(#""}]}"#, with: #"","x":1}]}"#) },
        envelope("a line feed after the signature", 30) { $0.replacing(#""}]}"#, with: #"\n"}]}"#) },
        envelope("no signature", 30) { $0.replacing(/"signatures":\[\{.*\}\]/, with: #""signatures":[]"#) },
        envelope("two signatures", 30) {
            $0.replacing(/"signatures":\[(\{.*\})\]/) { #""signatures":[\#($0.output.1),\#($0.output.1)]"# }
        },
        envelope("stray bits in the base64 of the signature", 30) { text in
            guard let found = text.firstMatch(of: /"sig":"[^"]*([A-Za-z0-9+\/])==/) else { return text }
            let next = ["A": "B", "Q": "R", "g": "h", "w": "x"][String(found.output.1)] ?? "B"
            return text.replacingCharacters(in: found.output.1.startIndex..<found.output.1.endIndex, with: next)
        },
        Attack("a statement signed under another type", 30) { archive, key in
            let path = "attest/collection.dsse.json"
            let payload = try DSSEEnvelope(bytes: archive[path]).payload
            archive[path] = try DSSEEnvelope(signing: payload, type: "application/json", key: key).bytes
        },
        file("damaged base64 of the bundle's key", 30, "data/keys/collector.pem") {
            $0.replacing("MCow", with: "!Cow")
        },
        file("the bundle's key in another spelling", 30, "data/keys/collector.pem") { $0 + $0 },
        file("a key in lines of another length", 30, "data/keys/collector.pem") {
            $0.replacing("MCow", with: "MCow\n")
        },
    ]

    /// Paths that are almost those of the layout.
    static let paths: [Attack] = [
        "data/results/-x.json", "data/results/.json", "data/keys/_x.pem", "data/results/x.txt",
        "data/segments/00001.seg",
        "data/segments/00000a.seg", "data/tls/00.der", "data/tls/\(String(repeating: "g", count: 64)).der",
        "data/checkpoints/00a1.note", "data/checkpoints/00a1-tsa.tsq", "data/checkpoints/001-tsa.tsq",
        "data/checkpoints/0001xtsa.tsq", "data/checkpoints/0001--.tsq", "data/plan/other-tsa.tsq",
        "attest/ts/other-tsa.tsr",
        "attest/ts/collector-.tsr", "attest/ts/collector--tsa.tsr",
        "attest/ts/collector-\(String(repeating: "t", count: 32)).tsr",
        "attest/ts/collector-t_a.tsr", "attest/ts/collector-tsa.tst", "data/xheckpoints/0001-tsa.tsq",
    ].map { path in
        Attack("a file at \(path)", 10) { archive, key in
            archive[path] = [1]
            try archive.seal(with: key)
        }
    }
}
