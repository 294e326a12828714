internal import Comparison
internal import ForensicTypes

/// The report of a case as one self-contained page.
///
/// The page has no script, loads nothing, and says so in its content security policy. The same content always gives the
/// same bytes. Text that came from an endpoint appears as element content only, escaped scalar by scalar.
public struct HTMLReport: Sendable {
    let content: ReportContent

    /// Prepares a report.
    public init(_ content: ReportContent) { self.content = content }

    /// The page.
    public func render() -> String {
        let verdict = content.result.verdict
        let title = "Is \(verdict.suspect) the model \(verdict.protected)?"
        let sections: [Markup] =
            [
                .element("h1", text: title),
                .element(
                    "p", [.constant("class", "quiet")], text: "Case \(content.caseName). Computed by \(content.tool)."),
                findings, meaning, propositions, strengthening, gates, comparators, coverage, examples, deviations,
                integrity,
                glossary,
            ]
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src \(StyleSheet.policySource)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            \(Markup.element("title", text: title).html)<style>\(StyleSheet.text)</style>
            </head>
            <body>
            \(Markup.group(sections).html)</body>
            </html>

            """
    }

    func section(_ title: String, _ parts: [Markup]) -> Markup {
        .group([.element("h2", text: title)] + parts)
    }

    func paragraphs(_ texts: [String]) -> [Markup] { texts.map { .element("p", text: $0) } }

    func list(_ texts: [String]) -> Markup { .element("ul", texts.map { .element("li", text: $0) }) }

    func table(_ head: [String], _ rows: [[Markup]]) -> Markup {
        .element(
            "table",
            [
                .element("thead", [.element("tr", head.map { .element("th", text: $0) })]),
                .element("tbody", rows.map { .element("tr", $0) }),
            ])
    }

    func cell(_ text: String) -> Markup { .element("td", text: text) }

    /// A word of the program's own, as people write it.
    func word(_ identifier: String) -> Markup { cell(identifier.replacing("_", with: " ")) }

    func count(_ value: Int) -> Markup { .element("td", [.constant("class", "number")], text: String(value)) }

    func number(_ value: Double?) -> Markup {
        .element("td", [.constant("class", "number")], text: value.map { $0.roundedToSixDigits.description } ?? "–")
    }
}

extension Markup {
    static func element(_ name: StaticString, _ content: [Markup]) -> Markup { element(name, [], content) }
}
