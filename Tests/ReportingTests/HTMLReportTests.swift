import Comparison
import Foundation
import Reporting
import Testing

@Suite("HTML report")
struct HTMLReportTests {
    static let payloads = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</style><script>",
        "<!-- ", "]]>", "javascript:alert(1)", "&lt;b&gt;", "\"\u{301}><svg onload=alert(1)>", "\u{202E}gnp.exe",
        "</pre><iframe src=//evil>", "{{7*7}}", "<\u{200D}script>",
    ]

    /// The element names and attribute names of a page, in order.
    static func structure(_ html: String) -> [String] {
        html.matches(of: /<(\/?[a-zA-Z!][a-zA-Z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"]*")?)*)\s*>/).map { match in
            let attributes = String(match.output.2).matches(of: /([a-zA-Z:-]+)=/).map { String($0.output.1) }
            return String(match.output.1) + " " + attributes.joined(separator: " ")
        }
    }

    @Test("No payload changes the structure of the page, wherever it comes in", arguments: payloads)
    func injection(payload: String) throws {
        let benign = Self.structure(HTMLReport(try ReportCase.content(deviation: "x")).render())
        #expect(benign.count > 100)
        let hostile = try [
            ReportCase.content(caseName: payload, deviation: "x"), ReportCase.content(suspect: payload, deviation: "x"),
            ReportCase.content(prompt: payload, deviation: "x"), ReportCase.content(answer: payload, deviation: "x"),
            ReportCase.content(deviation: payload),
        ]
        for content in hostile {
            #expect(Self.structure(HTMLReport(content).render()) == benign)
        }
    }

    @Test("The page has no script, no link, and a policy that allows nothing but its own style")
    func policy() throws {
        let html = HTMLReport(try ReportCase.content()).render()
        #expect(html.contains("default-src 'none'; style-src 'sha256-"))
        for forbidden in ["<script", "<link", "<img", "<iframe", "http://", "https://", " style=", "url("] {
            #expect(!html.contains(forbidden), "\(forbidden)")
        }
    }

    @Test("The same content gives the same bytes")
    func deterministic() throws {
        #expect(HTMLReport(try ReportCase.content()).render() == HTMLReport(try ReportCase.content()).render())
    }

    @Test("The first page says what was found and what it does not mean, in allowed words")
    func wording() throws {
        let content = try ReportCase.content()
        let html = HTMLReport(content).render()
        let text = html.replacing(/<style>.*?<\/style>/.dotMatchesNewlines(), with: "").replacing(/<[^>]*>/, with: " ")
        #expect(ForbiddenWords.violations(in: text) == [])
        for sentence in content.result.verdict.sentences {
            #expect(html.contains(VisibleText.escaped(sentence)))
        }
        let finding = try #require(html.range(of: "class=\"finding\""))
        let meaning = try #require(html.range(of: "What this does not mean"))
        let gates = try #require(html.range(of: ">Gates<"))
        #expect(finding.lowerBound < meaning.lowerBound && meaning.lowerBound < gates.lowerBound)
    }

    @Test("A comparator that could not be computed says what it would need")
    func missingScore() throws {
        let html = HTMLReport(try ReportCase.content()).render()
        #expect(html.contains("The suspect gives no log-probabilities."))
        #expect(html.contains("not computable"))
    }

    @Test("The terminal text holds the sentences and the advice")
    func terminal() throws {
        let result = try ReportCase.result()
        let text = VerdictText.render(result)
        for sentence in result.verdict.sentences { #expect(text.contains(sentence)) }
        for advice in result.verdict.whatWouldStrengthen { #expect(text.contains(advice.text)) }
    }
}
