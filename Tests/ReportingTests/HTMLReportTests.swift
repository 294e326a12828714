import Comparison
import ForensicTypes
import Foundation
import Reporting
import Testing

@Suite("HTML report")
struct HTMLReportTests {
    /// The text of a page, without its style sheet.
    static func text(_ html: String) -> String {
        html.replacing(/<style>.*?<\/style>/.dotMatchesNewlines(), with: "").replacing(/<[^>]*>/, with: " ")
    }

    @Test("The page has no script, no link, and a policy that allows nothing but its own style")
    func policy() throws {
        let html = HTMLReport(try ReportCase().content()).render()
        #expect(html.contains("default-src 'none'; style-src 'sha256-"))
        for forbidden in ["<script", "<link", "<img", "<iframe", "<a ", "http://", "https://", " style=", "url("] {
            #expect(!html.contains(forbidden), "\(forbidden)")
        }
    }

    @Test("The same content gives the same bytes")
    func deterministic() throws {
        #expect(HTMLReport(try ReportCase().content()).render() == HTMLReport(try ReportCase().content()).render())
    }

    @Test(
        "The first page says what was found, how sure, and what it does not mean, in that order and before anything else"
    )
    func firstPage() throws {
        let content = try ReportCase().content()
        let html = HTMLReport(content).render()
        for sentence in content.result.verdict.sentences { #expect(html.contains(VisibleText.escaped(sentence))) }
        let places = try ["What was found", "How sure", "What this does not mean", "The two propositions"].map {
            try #require(html.range(of: $0)).lowerBound
        }
        #expect(places == places.sorted())
        // The drawing of the ratio stands in the first section.
        let first = html[..<places[3]]
        #expect(first.contains("class=\"first\"") && first.contains("<svg") && first.contains("</section>"))
    }

    @Test(
        "Every kind of outcome is written in allowed words, with and without a ratio",
        arguments: [Verdict.Outcome.narrowed, .inconclusive, .uninformative], [true, false])
    func wording(outcome: Verdict.Outcome, hasRatio: Bool) throws {
        var given = ReportCase()
        given.outcome = outcome
        given.hasRatio = hasRatio
        if outcome != .narrowed { given.hypotheses = Set([.copy, .derivative, .student, .independent]) }
        let text = Self.text(HTMLReport(try given.content()).render())
        #expect(ForbiddenWords.violations(in: text) == [])
        if outcome == .uninformative { #expect(text.contains("clears nobody")) }
        #expect(text.contains("How sure"))
    }

    @Test("Each sentence of a ratio has both propositions, an interval, a ceiling and the number behind it")
    func ratioSentences() throws {
        let content = try ReportCase().content()
        let text = HTMLReport(content).render()
        let sentence = VisibleText.escaped(ReportCase().ratio.sentence)
        #expect(text.contains(sentence))
        for part in [
            "derived from its weights", "developed independently", "95 % interval",
            "method ceiling 33 from 33 lineages",
        ] {
            #expect(sentence.contains(part), "\(part)")
        }
    }

    @Test("Exchanging the propositions mirrors the page: the same sentences, the same scale turned round")
    func mirrored() throws {
        let one = ReportCase()
        var other = ReportCase()
        other.ratio = one.ratio.swapped
        let pages = try [one, other].map { HTMLReport(try $0.content()).render() }
        #expect(pages[0].contains(VisibleText.escaped(one.ratio.sentence)))
        #expect(pages[1].contains(VisibleText.escaped(one.ratio.sentence)))
        #expect(pages[0] != pages[1])
        #expect(pages[0].utf8.count.distance(to: pages[1].utf8.count).magnitude < 100)
        // Both propositions stand in boxes of the same kind, one on either side.
        for page in pages { #expect(page.ranges(of: "class=\"proposition\"").count == 2) }
        func middle(_ page: String) throws -> Double {
            let match = try #require(
                page.firstMatch(of: /polygon class="suspect"[^>]* points="[0-9.]+,[0-9.]+ [0-9.]+,[0-9.]+ ([0-9.]+),/))
            return try #require(Double(match.output.1))
        }
        // The middle of the scale is at 320.
        #expect(abs((try middle(pages[0]) - 320) + (try middle(pages[1]) - 320)) < 0.2)
        #expect(try middle(pages[0]) > 330)
    }

    /// Some renderers of paper do not apply a page's style sheet inside a drawing; black on black would be read as a finding.
    @Test("Every part of a drawing carries its colours itself, and every text its size")
    func drawings() throws {
        let html = HTMLReport(try ReportCase().content()).render()
        let parts = html.matches(of: /<(line|rect|polyline|polygon|circle|text) class="[^>]*>/)
        #expect(parts.count > 30)
        for part in parts {
            let text = String(part.output.0)
            #expect(text.contains(" fill=\"") || text.contains(" stroke=\""), "\(text)")
            if part.output.1 == "text" { #expect(text.contains(" font-size=\""), "\(text)") }
            if part.output.1 == "polyline" { #expect(text.contains(" fill=\"none\""), "\(text)") }
        }
    }

    @Test("A comparator that could not be computed says what it would need")
    func missingScore() throws {
        let html = HTMLReport(try ReportCase().content()).render()
        #expect(html.contains("The suspect gives no log-probabilities."))
        #expect(html.contains("not computable"))
    }

    @Test("A secret prompt stays secret, and its digest stands in its place")
    func withheld() throws {
        var given = ReportCase()
        given.texts[.prompt] = ""
        let html = HTMLReport(try given.content()).render()
        #expect(html.contains("The owner keeps this probe secret"))
        #expect(html.contains("probe 22222222"))
        #expect(html.contains("Hi there!"))
    }

    @Test("A check that was not made is shown as neither passed nor failed")
    func threeValues() throws {
        let html = HTMLReport(try ReportCase().content()).render()
        #expect(html.contains("<td class=\"passed\">passed</td>"))
        #expect(html.contains("<td class=\"failed\">FAILED</td>"))
        #expect(html.contains("<td class=\"open\">not checked</td>"))
    }

    @Test("Signers, authorities and their times have a place of their own, and so has what nobody attests")
    func attestations() throws {
        let html = HTMLReport(try ReportCase().content()).render()
        let text = Self.text(html).replacing(/\s+/, with: " ")
        let places = try ["Who signed", "Who attests when", "What nobody attests", "What the verifier found"].map {
            try #require(text.range(of: $0)).lowerBound
        }
        #expect(places == places.sorted())
        for part in [
            "signed by CN=Laboratory A; it existed by 2026-11-24T10:40:00Z, which CN=authority-1 attests",
            "the collector&#39;s signature over the bundle 2026-11-24T10:40:00Z CN=authority-1 2031-01-01T00:00:00Z accepted",
            "the second person&#39;s signature 2026-11-24T10:41:00Z CN=authority-1 unknown not checked",
            "2 checkpoints of the collection 2026-11-24T10:20:00Z to 2026-11-24T10:30:00Z",
            "the whole archive, afterwards", "the earlier time stamps, afterwards (0002.renewal)",
            "CN=case root (pinned root) 2026-10-01T00:00:00Z to 2026-12-30T00:00:00Z",
            "that the servers sent what was recorded.", "no checkpoint covers the last 3 records",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        // A token of an authority that was not checked dates nothing on the first page.
        var given = ReportCase()
        given.texts[.stampObject] = "data/checkpoints/0003.note"
        let undated = Self.text(HTMLReport(try given.content()).render())
        #expect(undated.contains("no third party that was checked attests when"))
    }

    @Test("A long answer is cut, and the cut is stated")
    func cut() throws {
        var given = ReportCase()
        given.texts[.suspectAnswer] = String(repeating: "a", count: 1_000)
        #expect(HTMLReport(try given.content()).render().contains(" […] and 300 more characters"))
        given.texts[.suspectAnswer] = String(repeating: "a", count: 800)
        #expect(HTMLReport(try given.content()).render().contains(String(repeating: "a", count: 800)))
    }

    @Test("The terminal text holds the sentences and the advice")
    func terminal() throws {
        let result = try ReportCase().result()
        let text = VerdictText.render(result, examined: ExaminedSuspects(count: 1))
        for sentence in result.verdict.sentences { #expect(text.contains(sentence)) }
        for advice in result.verdict.whatWouldStrengthen { #expect(text.contains(advice.text)) }
    }

    @Test(
        "The summary says the same as the page, and nothing in it moves a terminal",
        arguments: ReportCase.Field.allCases)
    func summary(field: ReportCase.Field) throws {
        var given = ReportCase()
        given.texts[field] = "\u{1B}[2J\u{9B}31m\u{7F}\r\n\u{202E}x"
        let summary = ReportSummary(try given.content())
        let scalars = summary.text.unicodeScalars.filter { $0 != "\n" }
        #expect(
            scalars.allSatisfy { $0.properties.generalCategory != .control && $0.properties.generalCategory != .format }
        )
        let table = VerdictText.render(try given.result(), examined: ExaminedSuspects(count: 1)).unicodeScalars.filter {
            $0 != "\n"
        }
        #expect(table.allSatisfy { $0.properties.generalCategory != .control })
    }
}
