import ContentAddressing
import Evidence
import ForensicTypes
import Foundation

extension Attack {
    private static func line(
        _ name: String, code: Int32 = 20, at number: Int = 0, _ pattern: String, _ replacement: String
    ) -> Attack {
        rerooted(name, code) { lines in
            guard let expression = try? Regex(pattern) else { return }
            lines[number] = lines[number].replacing(expression, with: replacement, maxReplacements: 1)
        }
    }

    private static func redacted(_ name: String, _ redactions: String) -> Attack {
        line(name, #","rep":"#, #","redactions":\#(redactions),"rep":"#)
    }

    /// Members that are null, or of another type that some reader takes for the right one.
    static let types: [Attack] = [
        line("redactions that are null", #","rep":"#, #","redactions":null,"rep":"#),
        line("redactions that are an object", #","rep":"#, #","redactions":{},"rep":"#),
        redacted(
            "a masked place whose salt and commitment are null",
            #"[{"commit":null,"len":1,"off":0,"part":"request","salt":null}]"#),
        redacted("a masked place of a list of parts", #"[{"len":1,"off":0,"part":["request"]}]"#),
        redacted("a masked place at a text", #"[{"len":1,"off":"0","part":"request"}]"#),
        redacted("a masked place of a length that is true", #"[{"len":true,"off":0,"part":"request"}]"#),
        redacted("a masked place of a length in a text", #"[{"len":"1","off":0,"part":"request"}]"#),
        line("parts that are an object", #""parts":\[(.*?)\],"#, #""parts":{},"#),
        line("a part without a name", #","name":"request""#, ""),
        line("a part whose name is a number", #""name":"request""#, #""name":1"#),
        Attack("a record whose plan is null", 20) { archive, key in
            archive["data/records.jsonl"] = Array(
                archive.text("data/records.jsonl").replacing(
                    /"plan_sha256":"[0-9a-f]{64}"/, with: #""plan_sha256":null"#, maxReplacements: 1
                ).utf8)
            try archive.reroot(with: key)
        },
        line("a lineage that is a number", at: 2, #""lineage":"opt""#, #""lineage":5"#),
        line("a lineage that is null", at: 2, #""lineage":"opt""#, #""lineage":null"#),
        line("a model with a member more", at: 2, #""name":"panel-1""#, #""name":"panel-1","note":"x""#),
        line("a record line whose version is true", code: 80, #""v":1\}"#, #""v":true}"#),
        line("a record line without a version", code: 80, #","v":1\}"#, "}"),
        rerooted("a record line that is a number", 20) { $0[0] = "5" },
        file("a model of case.json with a member more", 40, "data/case.json") {
            $0.replacing(#""name":"panel-1""#, with: #""name":"panel-1","note":"x""#)
        },
        file("a case.json whose version is true", 40, "data/case.json") {
            $0.replacing(#""v":1"#, with: #""v":true"#)
        },
        file("case.json with a line feed at its end: nothing wrong", 0, "data/case.json") { $0 + "\n" },
        file("case.json with two line feeds at its end", 20, "data/case.json") { $0 + "\n\n" },
        Attack("a statement whose plan is null", 20) { archive, key in
            archive.remove("data/plan/plan.json")
            archive.remove("data/plan/plan.dsse.json")
            try archive.seal(with: key) { $0.replacing(/"plan_sha256":"[0-9a-f]{64}"/, with: #""plan_sha256":null"#) }
        },
        resigned("a statement whose first time is null", 20, #""first_ns":"[0-9]*""#, #""first_ns":null"#),
        resigned("a statement whose last time is null", 20, #""last_ns":"[0-9]*""#, #""last_ns":null"#),
        resigned("a list of what is critical that is an object", 20, #""crit":\[\]"#, #""crit":{}"#),
        resigned("outcomes that are a list", 20, #""outcomes":\{[^}]*\}"#, #""outcomes":[10]"#),
        resigned("a case in a list", 20, #""case":"sample""#, #""case":["sample"]"#),
        Attack("signed files in an object", 20) { archive, key in
            try archive.seal(with: key) { text in
                var text = text.replacing(#""subject":["#, with: #""subject":{"a":"#)
                for name in ["b", "c"] {
                    text = text.replacing("},{\"digest\"", with: "},\"\(name)\":{\"digest\"", maxReplacements: 1)
                }
                return text.replacing("}]}", with: "}}}")
            }
        },
        envelope("signatures in an object", 20, #""signatures":\[\{.*\}\]"#, #""signatures":{}"#),
        envelope("signatures in a text", 20, #""signatures":\[\{.*\}\]"#, #""signatures":"x""#),
        envelope("a signature that is empty", 20, #""signatures":\[\{.*\}\]"#, #""signatures":[{}]"#),
        envelope("a key's name that is a number", 20, #""keyid":"[0-9a-f]{64}""#, #""keyid":1"#),
        envelope(
            "two signatures by keys that are numbers", 20, #""signatures":\[\{.*\}\]"#,
            #""signatures":[{"keyid":1,"sig":""},{"keyid":1,"sig":""}]"#),
        envelope(
            "two signatures that are numbers", 20, #""signatures":\[\{.*\}\]"#,
            #""signatures":[{"keyid":"","sig":1},{"keyid":"","sig":1}]"#),
        envelope("a payload that is a number", 20, #""payload":"[^"]*""#, #""payload":1"#),
        envelope("a type of payload that is a number", 20, #""payloadType":"[^"]*""#, #""payloadType":1"#),
        file("a result without a value", 20, "data/results/suspect-a.json") { _ in "" },
        file("a result of two values", 20, "data/results/suspect-a.json") { _ in "{}{}" },
        file("a result that is a text: nothing wrong", 0, "data/results/suspect-a.json") { _ in #""x""# },
        file("a result that is a line feed alone", 20, "data/results/suspect-a.json") { _ in "\n" },
        file("a probe set that is a list: nothing wrong", 0, "data/probes/other.json") { _ in "[]" },
        file("a probe set without probes: nothing wrong", 0, "data/probes/other.json") { _ in
            #"{"format":"whorl-probe-set"}"#
        },
        Attack("leaves with a digest after the last line", 20) { archive, key in
            archive["data/leaves.txt"] += Array(digest.utf8)
            try archive.seal(with: key)
        },
        Attack("a custody log whose numbers are truths", 50) { archive, key in
            var head = digest
            var lines: [String] = []
            for number in ["false", "true"] {
                lines.append(#"{"action":"open","n":\#(number),"prev":"\#(head)","t":"0"}"#)
                head = SHA256Digest.of(text: lines[lines.count - 1]).hex
            }
            archive["data/custody.jsonl"] = Array(lines.map { $0 + "\n" }.joined().utf8)
            try archive.seal(with: key) {
                $0.replacing(/"custody_head":"[0-9a-f]{64}"/, with: "\"custody_head\":\"\(head)\"")
            }
        },
        file("a custody log that is a number", 50, "data/custody.jsonl") { _ in "5\n" },
        Attack("a custody log with its first number in a text", 50) { archive, key in
            let line = #"{"action":"open","n":"0","prev":"\#(digest)","t":"0"}"#
            archive["data/custody.jsonl"] = Array((line + "\n").utf8)
            try archive.seal(with: key) {
                $0.replacing(
                    /"custody_head":"[0-9a-f]{64}"/, with: "\"custody_head\":\"\(SHA256Digest.of(text: line).hex)\"")
            }
        },
    ]
}
