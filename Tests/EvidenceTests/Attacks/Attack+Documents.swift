import ContentAddressing
import Evidence
import ForensicTypes

extension Attack {
    private static let result = "data/results/suspect-a.json"

    /// A result with another text, which is signed.
    private static func result(_ name: String, code: Int32 = 20, _ text: String) -> Attack {
        file(name, code, result) { _ in text }
    }

    /// A probe set of one leaf beside the planned one, which the plan is made to name.
    private static func probeSet(_ name: String, _ code: Int32, leaf: String) -> Attack {
        Attack(name, code) { archive, key in
            archive["data/probes/set.json"] = Array(#"{"format":"whorl-probe-set","probes":[\#(leaf)]}"#.utf8)
            let root = MerkleTree(leaves: [Array(leaf.utf8)]).root.hex
            try archive.replan(with: key) { $0.replacing(/"root":"[0-9a-f]{64}"/, with: "\"root\":\"\(root)\"") }
        }
    }

    /// JSON that is none, or that is spelled otherwise, and documents that look like others.
    static let documents: [Attack] = [
        result(
            "a document in canonical form: nothing wrong", code: 0,
            #"{"a":[1,-2,true,null,"\"\\\b\u001f\u0000/é"]}"#),
        result("two keys exchanged", #"{"b":1,"a":2}"#),
        result("a key twice", #"{"a":1,"a":1}"#),
        result("a key without its first quotation mark", #"{xa":1}"#),
        result("a key without a colon", #"{"a"1}"#),
        result("an object without an end", #"{"a":1"#),
        result("an array without an end", #"{"a":[1}"#),
        result("a literal that is cut short", #"{"a":tru}"#),
        result("a zero before a number", #"{"a":01}"#),
        result("a sign without digits", #"{"a":-}"#),
        result("a letter that is escaped", #"{"a":"\u0041"}"#),
        result("a solidus that is escaped", #"{"a":"\/"}"#),
        result("a control character in capital digits", #"{"a":"\u001F"}"#),
        result("a tabulator by its number", #"{"a":"\u0009"}"#),
        result("a pair of surrogates", #"{"a":"\ud83d\ude00"}"#),
        result("half a pair of surrogates", #"{"a":"\ud83d"}"#),
        result("half a pair of surrogates and a letter", #"{"a":"\ud83dx"}"#),
        result("half a pair of surrogates and another escape", #"{"a":"\ud83d\n"}"#),
        result("two first halves of surrogates", #"{"a":"\ud83d\ud83d"}"#),
        Attack("a text that is no UTF-8", 20) { archive, key in
            archive[result] = Array(#"{"a":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
            try archive.seal(with: key)
        },
        file("another protected model than the plan's", 60, "data/case.json") {
            $0.replacing(#""protected":"protected""#, with: #""protected":"panel-1""#)
        },
        rerooted("a record without a model", 20) { lines in
            lines[0] = lines[0].replacing(/"model":\{[^}]*\},/, with: "")
        },
        result(
            "a result that looks like a probe set: nothing wrong", code: 0,
            #"{"format":"whorl-probe-set","probes":[]}"#),
        Attack("probes of another format beside the planned ones: nothing wrong", 0) { archive, key in
            archive["data/probes/other.json"] = Array(#"{"format":"other","probes":[]}"#.utf8)
            try archive.seal(with: key)
        },
        Attack("a probe set whose probes are no list, beside the planned ones: nothing wrong", 0) { archive, key in
            archive["data/probes/other.json"] = Array(#"{"format":"whorl-probe-set","probes":1}"#.utf8)
            try archive.seal(with: key)
        },
        probeSet(
            "as many planned draws as a case may have records: nothing wrong", 0,
            leaf: #"{"probe":{"draws":1000000}}"#),
        probeSet("more planned draws than a case may have records", 60, leaf: #"{"probe":{"draws":1000001}}"#),
    ]
}
