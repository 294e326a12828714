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

    var verdict: Verdict { content.result.verdict }

    /// The page.
    public func render() -> String {
        let sections: [Markup] = [
            firstPage, propositions, errorRates, gates, comparators, examples, coverage, deviations, integrity, limits,
            courtSheet, glossary,
        ]
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src \(StyleSheet.policySource); \
            base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            \(Markup.element("title", text: "Report on \(verdict.suspect), case \(content.caseName)").html)\
            <style>\(StyleSheet.text)</style>
            </head>
            <body>
            \(Markup.element("main", sections).html)</body>
            </html>

            """
    }

    func section(_ number: Int, _ title: String, _ parts: [Markup]) -> Markup {
        .element(
            "section",
            [.element("h2", [.element("span", [.constant("class", "count")], text: "\(number)"), .text(title)])] + parts
        )
    }

    func paragraphs(_ texts: [String]) -> [Markup] { texts.map { .element("p", text: $0) } }

    func note(_ text: String) -> Markup { .element("p", [.constant("class", "quiet")], text: text) }

    func list(_ texts: [String]) -> Markup { .element("ul", texts.map { .element("li", text: $0) }) }

    func table(_ head: [String], _ rows: [[Markup]]) -> Markup {
        .element(
            "div", [.constant("class", "table")],
            [
                .element(
                    "table",
                    [
                        .element(
                            "thead",
                            [
                                .element(
                                    "tr",
                                    head.enumerated().map { column, title in
                                        // A head stands over its column: to the right over numbers.
                                        let isNumeric =
                                            rows.first.map { $0.count > column && $0[column].isNumber } ?? false
                                        return .element(
                                            "th",
                                            [.constant("scope", "col")]
                                                + (isNumeric ? [.constant("class", "number")] : []), text: title)
                                    })
                            ]),
                        .element("tbody", rows.map { .element("tr", $0) }),
                    ])
            ])
    }

    /// A table of names and values without a head.
    func facts(_ rows: [(String, Markup)]) -> Markup {
        .element(
            "table", [.constant("class", "facts")],
            [
                .element(
                    "tbody",
                    rows.map { .element("tr", [.element("th", [.constant("scope", "row")], text: $0.0), $0.1]) })
            ])
    }

    func cell(_ text: String) -> Markup { .element("td", text: text) }

    /// A word of the program's own, as people write it.
    func word(_ identifier: String) -> Markup { cell(identifier.replacing("_", with: " ").replacing("-", with: " ")) }

    func count(_ value: Int) -> Markup { .element("td", [.constant("class", "number")], text: String(value)) }

    func number(_ value: Double?) -> Markup {
        .element("td", [.constant("class", "number")], text: value.map(VerdictText.short) ?? "–")
    }

    func code(_ text: String) -> Markup { .element("td", [.element("code", text: text)]) }
}

extension Markup {
    static func element(_ name: StaticString, _ content: [Markup]) -> Markup { element(name, [], content) }

    /// Whether this is a cell with a number in it.
    fileprivate var isNumber: Bool { html.hasPrefix("<td class=\"number\"") }
}
