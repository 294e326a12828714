import ContentAddressing
import Evidence
import ForensicTypes
import Foundation

extension Attack {
    /// A plan with one thing changed, to which everything else is made to fit.
    private static func plan(_ name: String, code: Int32 = 60, _ pattern: String, _ replacement: String) -> Attack {
        Attack(name, code) { archive, key in
            guard let expression = try? Regex(pattern) else { return }
            try archive.replan(with: key) { $0.replacing(expression, with: replacement, maxReplacements: 1) }
        }
    }

    private static func without(_ member: String) -> Attack {
        plan("a plan without \(member)", #""\#(member)":("[^"]*"|\[[^\]]*\]|\{[^}]*\}|[0-9]+),"#, "")
    }

    private static func seal(_ name: String, _ change: @escaping @Sendable (String) -> String) -> Attack {
        Attack(name, 20) { archive, key in
            let path = "data/plan/plan.dsse.json"
            archive[path] = Array(change(archive.text(path)).utf8)
            try archive.seal(with: key)
        }
    }

    /// Plans that are no plan, though they are sealed and everything names them.
    static let plans: [Attack] =
        [
            "comparators", "exclusion_rule", "hypotheses", "maximum_attempts", "panel", "protected", "seed",
            "stopping_rule", "thresholds",
        ].map(without) + [
            plan(
                "a plan with a note that nobody asked for: nothing wrong", code: 0, #""panel":"#, #""note":1,"panel":"#),
            plan("a plan with a calibration: nothing wrong", code: 0, #"\{"#, #"{"calibration":"\#(digest)","#),
            plan("a plan whose calibration is null", #"\{"#, #"{"calibration":null,"#),
            plan("a plan whose place in the register is null", #""seed":"#, #""register":null,"seed":"#),
            plan("a plan whose place in the register is a number", #""seed":"#, #""register":0,"seed":"#),
            plan("a plan with a line feed at its end", code: 20, #"\}$"#, "}\n"),
            plan("a plan of version 2", #""v":1"#, #""v":2"#),
            plan("a plan whose version is true", #""v":1"#, #""v":true"#),
            plan("a plan whose seed is beyond 64 bits", #""seed":"7""#, #""seed":"18446744073709551616""#),
            plan(
                "a plan with the greatest seed: nothing wrong", code: 0, #""seed":"7""#,
                #""seed":"18446744073709551615""#),
            plan("a plan whose seed has a zero before it", #""seed":"7""#, #""seed":"07""#),
            plan("a plan whose seed is a number", #""seed":"7""#, #""seed":7"#),
            plan("a plan that binds its seed to its digest: nothing wrong", code: 0, #""seed":"7""#, #""seed":"plan""#),
            plan("a plan that allows no attempt", #""maximum_attempts":2"#, #""maximum_attempts":0"#),
            plan("a plan whose number of attempts is a text", #""maximum_attempts":2"#, #""maximum_attempts":"2""#),
            plan("a plan of no probes", #""count":3"#, #""count":0"#),
            plan("a plan whose probe set is a pattern", #""file":"[0-9a-f]{64}""#, #""file":".*""#),
            plan("a plan whose root of probes is no digest", #""root":"[0-9a-f]{64}""#, #""root":"x""#),
            plan("a plan of an unknown hypothesis", #""copy""#, #""clone""#),
            plan("a plan whose hypotheses are a text", #""hypotheses":\[[^\]]*\]"#, #""hypotheses":"copy""#),
            plan(
                "a plan whose hypotheses are an object", #""hypotheses":\[[^\]]*\]"#, #""hypotheses":{"copy":"copy"}"#),
            plan("a plan whose comparators are an object", #""comparators":\[[^\]]*\]"#, #""comparators":{"a":"a"}"#),
            plan(
                "a plan whose panel is an object", #""panel":\[[^\]]*\]"#,
                #""panel":{"a":{"lineage":"opt","name":"panel-1","purpose":"report"}}"#),
            plan("a plan whose number of probes is a text", #""count":3"#, #""count":"3""#),
            plan("a plan whose number of attempts is true", #""maximum_attempts":2"#, #""maximum_attempts":true"#),
            plan("a plan with an unknown role", #""purpose":"report""#, #""purpose":"report","role":"guest""#),
            plan("a plan with a role that is null", #""purpose":"report""#, #""purpose":"report","role":null"#),
            plan("a plan with an unknown purpose", #""purpose":"report""#, #""purpose":"look""#),
            plan("a plan with a member of the panel without lineage", #""lineage":"opt","#, ""),
            plan(
                "a plan in which a lineage has two purposes", #""panel":\["#,
                #""panel":[{"lineage":"opt","name":"panel-0","purpose":"select"},"#),
            plan(
                "a plan with two spellings of one lineage: nothing wrong", code: 0, #""panel":\["#,
                #""panel":[{"lineage":"Caf\#u{E9}","name":"p","purpose":"select"},{"lineage":"m","name":"m","purpose":"calibrate"},{"lineage":"Cafe\#u{301}","name":"q","purpose":"report"},"#
            ),
            plan("a plan that names a model twice", #""suspect-b""#, #""protected""#),
            plan("a plan with a suspect whose name is not ASCII", #""suspect-b""#, #""Caf\#u{E9}""#),
            plan("a plan with a suspect whose name is a number", #""suspect-b""#, "1"),
            plan("a plan whose suspects are a text", #""suspects":\[[^\]]*\]"#, #""suspects":"suspect-a""#),
            plan("a plan with a comparator that is a number", #""comparators":\["a""#, #""comparators":[1"#),
            plan("a plan whose stopping rule is a number", #""stopping_rule":"[^"]*""#, #""stopping_rule":1"#),
            plan("a plan whose exclusion rule is a number", #""exclusion_rule":"[^"]*""#, #""exclusion_rule":1"#),
            plan("a plan whose time is a number", #""written_ns":"[^"]*""#, #""written_ns":1"#),
            seal("a plan's seal with a line feed at its end") { $0 + "\n" },
            seal("white space in a plan's seal") { "{ " + $0.dropFirst() },
        ]
}
