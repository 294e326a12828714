import ContentAddressing
import Evidence
import ForensicTypes
import Foundation

extension Attack {
    private static let twins = (composed: "Caf\u{E9}", decomposed: "Cafe\u{301}")

    private static func line(
        _ name: String, code: Int32 = 20, at number: Int = 0, _ pattern: String, _ replacement: String
    ) -> Attack {
        rerooted(name, code) { lines in
            guard let expression = try? Regex(pattern) else { return }
            lines[number] = lines[number].replacing(expression, with: replacement, maxReplacements: 1)
        }
    }

    /// Adds a member after the parts of the first line.
    private static func redacted(_ name: String, _ redactions: String) -> Attack {
        line(name, #","rep":"#, #","redactions":\#(redactions),"rep":"#)
    }

    /// The reference by another name, in its record lines and in case.json.
    private static func named(_ name: String, code: Int32 = 20, _ model: String) -> Attack {
        Attack(name, code) { archive, key in
            for path in ["data/records.jsonl", "data/case.json"] {
                archive[path] = Array(
                    archive.text(path).replacing(#""name":"panel-1""#, with: "\"name\":\"\(model)\"").utf8)
            }
            try archive.reroot(with: key)
        }
    }

    /// The case by a name for the signature, one for case.json, one for the plan, and one for the plan's seal.
    private static func cases(
        _ name: String, _ code: Int32, signed: String, file: String, plan: String, seal: String
    ) -> Attack {
        Attack(name, code) { archive, key in
            let old = #""case":"sample""#
            archive["data/case.json"] = Array(
                archive.text("data/case.json").replacing(old, with: #""case":"\#(file)""#).utf8)
            try archive.replan(with: key) {
                $0.replacing(old, with: #""case":"\#(plan)""#)
            } sealing: {
                $0.replacing(old, with: #""case":"\#(seal)""#)
            } signing: {
                $0.replacing(old, with: #""case":"\#(signed)""#)
            }
        }
    }

    /// Times, names and digests in a spelling that one reader takes for another.
    static let spellings: [Attack] = [
        line("a time with a sign", #""t_start_ns":""#, #""t_start_ns":"+"#),
        line("a time with zeros before it", #""t_end_ns":"[0-9]*""#, #""t_end_ns":"0000000000000000900""#),
        line("a time before 1970", #""t_end_ns":"[0-9]*""#, #""t_end_ns":"-1""#),
        line("a time beyond 64 bits", #""t_end_ns":"[0-9]*""#, #""t_end_ns":"9223372036854775808""#),
        line("a time of two digits: nothing wrong", code: 0, #""t_end_ns":"[0-9]*""#, #""t_end_ns":"95""#),
        line("a time that is a number", #""t_end_ns":"[0-9]*""#, #""t_end_ns":900"#),
        rerooted("a first record that began a nanosecond after the second: nothing wrong", 0) { lines in
            lines[0] = lines[0].replacing(#"000","v":1"#, with: #"001","v":1"#)
            lines[1] = lines[1].replacing(/"t_start_ns":"[0-9]*"/, with: #""t_start_ns":"1795000000000000000""#)
        },
        Attack("a last record that ended a nanosecond before the one before it: nothing wrong", 0) { archive, key in
            archive["data/records.jsonl"] = Array(
                archive.text("data/records.jsonl").replacing("1795000000000010900", with: "1795000000000011901").utf8)
            try archive.reroot(with: key) { $0.replacing("1795000000000011900", with: "1795000000000011901") }
        },
        line("a probe with a line feed after its digest", #""probe":"[0-9a-f]{64}"#, #""probe":"\#(digest)\n"#),
        line("a commitment with a line feed after its digest", #""commit":"[0-9a-f]{64}"#, #""commit":"\#(digest)\n"#),
        line(
            "a plan with a line feed after its digest", #""plan_sha256":"[0-9a-f]{64}"#, #""plan_sha256":"\#(digest)\n"#
        ),
        redacted(
            "a masked place with a line feed after the digest",
            #"[{"commit":"\#(digest)\n","len":1,"off":0,"part":"request","salt":"\#(digest)"}]"#),
        resigned(
            "a digest of a file with a line feed after it", 20, #""sha256":"[0-9a-f]{64}"#, #""sha256":"\#(digest)\n"#),
        resigned("a root with a line feed after it", 20, #""root":"[0-9a-f]{64}"#, #""root":"\#(digest)\n"#),
        file("a name of a member with a line feed after it", 20, "data/results/suspect-a.json") {
            $0.replacing(#""outcome""#, with: #""outcome\n""#)
        },
        resigned("a statement whose type ends with U+0000", 80, "Statement/v1", #"Statement/v1\u0000"#),
        envelope("a type of payload that ends with U+0000", 30, "in-toto[+]json", #"in-toto+json\u0000"#),
        envelope("a payload that ends with U+0000", 30, #""payload":"[A-Za-z0-9+/=]*"#, #""payload":"e30=\u0000"#),
        envelope("a key's name that ends with U+0000", 30, #""keyid":"[0-9a-f]{64}""#, #""keyid":"\#(key)\u0000""#),
        named("a model's name in two alphabets", "p\u{430}nel-1"),
        named("a model's name with the sign of the kelvin", "panel-\u{212A}"),
        named("a model's name with a line feed at its end", #"panel-1\n"#),
        named("a model's name with a blank at its end", "panel-1 "),
        named("a model's name with a blank before it", " panel-1"),
        named("a model without a name", ""),
        named("a model's name of all that is printable: nothing wrong", code: 0, #"panel/1 (8B): !#$~"#),
        resigned(
            "a suspect whose name is not ASCII", 20, #""suspect":"suspect-a""#, #""suspect":"\#(twins.composed)""#),
        file("a protected model whose name is not ASCII", 40, "data/case.json") {
            $0.replacing(#""protected":"protected""#, with: #""protected":"\#(twins.composed)""#)
        },
        resigned("a case whose name has two lines", 20, #""case":"sample""#, #""case":"sample\n""#),
        resigned("a case whose name ends with U+0000", 20, #""case":"sample""#, #""case":"sample\u0000""#),
        cases(
            "a case whose name is not ASCII: nothing wrong", 0, signed: twins.composed, file: twins.composed,
            plan: twins.composed, seal: twins.composed),
        cases(
            "a case with another spelling of its name in case.json", 40, signed: twins.composed, file: twins.decomposed,
            plan: twins.composed, seal: twins.composed),
        cases(
            "a plan with another spelling of the case's name", 60, signed: twins.composed, file: twins.composed,
            plan: twins.decomposed, seal: twins.decomposed),
        cases(
            "a plan's seal with another spelling of the case's name", 60, signed: twins.composed, file: twins.composed,
            plan: twins.composed, seal: twins.decomposed),
        Attack("two spellings of one lineage", 40) { archive, key in
            var lines = archive.text("data/records.jsonl").split(separator: "\n").map(String.init)
            for (number, spelling) in [(2, twins.composed), (6, twins.decomposed)] {
                lines[number] = lines[number].replacing(#""lineage":"opt""#, with: #""lineage":"\#(spelling)""#)
            }
            archive["data/records.jsonl"] = Array(lines.map { $0 + "\n" }.joined().utf8)
            archive["data/case.json"] = Array(
                archive.text("data/case.json").replacing(
                    #""lineage":"opt""#, with: #""lineage":"\#(twins.decomposed)""#
                ).utf8)
            try archive.reroot(with: key)
        },
        rerooted("two parts whose names are spellings of one word", 42) { lines in
            // The second is the one that was masked; the first has no room for that.
            lines[0] = lines[0].replacing(#""name":"request""#, with: #""name":"\#(twins.composed)""#)
                .replacing(#""name":"response""#, with: #""name":"\#(twins.decomposed)""#)
                .replacing(
                    #","rep":"#,
                    with: #","redactions":[{"len":1,"off":100,"part":"\#(twins.decomposed)"}],"rep":"#)
        },
    ]

    private static let key = (try? SigningKey(pem: SampleCase.keyText).verificationKey.identifier.hex) ?? ""
}

extension TapeArchive {
    /// Puts another plan in the place of the plan, and makes everything fit it: seal, records, tree and signature.
    ///
    /// - Parameters:
    ///   - change: Is given the plan.
    ///   - sealing: Is given the statement of its seal, once that is over the new plan.
    ///   - signing: Is given the statement of the bundle, once that names the new plan.
    mutating func replan(
        with key: SigningKey, _ change: (String) -> String, sealing: (String) -> String = { $0 },
        signing: (String) -> String = { $0 }
    ) throws {
        let old = SHA256Digest.of(self["data/plan/plan.json"]).hex
        self["data/plan/plan.json"] = Array(change(text("data/plan/plan.json")).utf8)
        let new = SHA256Digest.of(self["data/plan/plan.json"]).hex
        let path = "data/plan/plan.dsse.json"
        let statement = String(decoding: try DSSEEnvelope(bytes: self[path]).payload, as: UTF8.self)
        self[path] =
            try DSSEEnvelope(
                signing: Array(sealing(statement.replacing(old, with: new)).utf8), type: DSSEEnvelope.statementType,
                key: key
            ).bytes
        self["data/records.jsonl"] = Array(text("data/records.jsonl").replacing(old, with: new).utf8)
        try reroot(with: key) { signing($0.replacing(old, with: new)) }
    }
}
