import ContentAddressing
import Evidence
import ForensicTypes

extension Attack {
    /// Changes that exactly one check notices: without it the bundle would be accepted.
    static let needed: [Attack] = [
        resigned("another last time", 40, #""last_ns":"1"#, #""last_ns":"2"#),
        resigned(
            "another digest of a tag file", 40, #""subject":\[\{"digest":\{"sha256":"...."#,
            #""subject":[{"digest":{"sha256":"0000"#),
        resigned("another kind of tree", 80, "rfc6962-sha256", "rfc6962-sha512"),
        resigned("another statement", 80, "in-toto.io/Statement/v1", "in-toto.io/Statement/v0"),
        resigned("a plan that the signature does not name", 60, #""plan_sha256":"[0-9a-f]{64}","#, ""),
        custody("a custody line with another number, in a chain that fits", #""n":1"#, #""n":7"#),
        custody(
            "a custody line that names another line before it, in a chain that fits", #""prev":"...."#, #""prev":"0000"#
        ),
        Attack("a signature with one character changed", 30) { archive, _ in
            let path = "attest/collection.dsse.json"
            let text = archive.text(path)
            guard let found = text.firstRange(of: #""sig":""#) else { return }
            let first = text[found.upperBound]
            archive[path] = Array(
                (text[..<found.upperBound] + (first == "A" ? "B" : "A") + text[text.index(after: found.upperBound)...])
                    .utf8)
        },
    ]

    /// Changes line 1 of the custody log, makes the lines after it follow again, and signs the new head.
    private static func custody(_ name: String, _ pattern: String, _ replacement: String) -> Attack {
        Attack(name, 50) { archive, key in
            var lines = archive.text("data/custody.jsonl").split(separator: "\n").map(String.init)
            guard let expression = try? Regex(pattern), lines.count > 2 else { return }
            lines[1] = lines[1].replacing(expression, with: replacement, maxReplacements: 1)
            for number in 2..<lines.count {
                let head = SHA256Digest.of(text: lines[number - 1]).hex
                lines[number] = lines[number].replacing(/"prev":"[0-9a-f]{64}"/, with: "\"prev\":\"\(head)\"")
            }
            archive["data/custody.jsonl"] = Array(lines.map { $0 + "\n" }.joined().utf8)
            let head = SHA256Digest.of(text: lines[lines.count - 1]).hex
            try archive.seal(with: key) {
                $0.replacing(/"custody_head":"[0-9a-f]{64}"/, with: "\"custody_head\":\"\(head)\"")
            }
        }
    }
}
