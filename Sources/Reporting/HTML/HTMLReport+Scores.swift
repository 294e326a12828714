internal import Comparison
internal import ForensicTypes

extension HTMLReport {
    /// The gates in their order, with the numbers behind each.
    var gates: Markup {
        section(
            3, "The questions, in order",
            [
                table(
                    ["question", "outcome", "p", "least p", "level", "references", "reasons"],
                    verdict.gates.map { gate in
                        [
                            cell(GateText.question(gate.gate)), cell(GateText.outcome(gate)), number(gate.pValue),
                            number(gate.floor), number(gate.level), count(gate.references),
                            cell(gate.reasons.map(\.text).joined(separator: " ")),
                        ]
                    }),
                note(
                    "p bounds how often a model of the kind of the references would rank at least as extremely: for the lineage "
                        + "question unrelated lineages by resemblance, for the sameness question honest redeployments by distance. "
                        + "With n references and one channel it is never below 1/(n+1), the least p. It is not the probability of "
                        + "a proposition."
                ),
            ])
    }

    /// Every score, and for every missing one what it would need.
    var comparators: Markup {
        let scores = content.result.suspect.scores
        return section(
            4, "Scores",
            [ScorePlot(result: content.result).markup].compactMap(\.self) + [
                table(
                    ["comparator", "score", "error", "probes", "validity", "what it reads, and remarks"],
                    scores.map { score in
                        [
                            cell(ComparatorText.name(score.comparator)), number(score.value),
                            number(score.standardError), count(score.usableProbes), word(score.validity.rawValue),
                            cell(
                                ([ComparatorText.explanation(score.comparator)] + score.reasons.map(\.text)).joined(
                                    separator: " ")),
                        ]
                    }),
                note(
                    "The error is the precision of one comparison over its probes. It says nothing about other models."),
            ])
    }

    /// A few probes side by side.
    var examples: Markup {
        guard !content.examples.isEmpty else {
            return section(5, "Probes side by side", paragraphs([content.choiceOfExamples]))
        }
        return section(
            5, "Probes side by side",
            [note(content.choiceOfExamples)]
                + content.examples.map { example in
                    .element(
                        "div", [.constant("class", "example")],
                        [
                            .element(
                                "p", [.constant("class", "which")],
                                text: "\(example.family.replacing("-", with: " ")), probe \(example.probe.abbreviated)…"
                            ),
                            .element(
                                "pre", [.constant("class", "asked")],
                                text: Self.shortened(example.prompt ?? Self.withheld)),
                            .element("div", [.constant("class", "answers")], example.answers.map(answer)),
                        ])
                })
    }

    private static let withheld =
        "The owner keeps this probe secret. It can be disclosed with its proof; its digest is above."

    private func answer(_ answer: ReportContent.Example.Answer) -> Markup {
        .element(
            "div", [.constant("class", "answer")],
            [
                .element("p", [.constant("class", "who")], text: "\(answer.model) (\(answer.role.rawValue))"),
                .element(
                    "pre",
                    text: answer.text.isEmpty
                        ? "(no text)" : Self.shortened(String(decoding: answer.text, as: UTF8.self))),
            ])
    }

    /// At most 700 scalars, and how many more there are; a text that is hardly longer is shown whole.
    static func shortened(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > 800 else { return text }
        return String(String.UnicodeScalarView(scalars.prefix(700))) + " […] and \(scalars.count - 700) more characters"
    }

    /// How much of the probe set each model answered.
    var coverage: Markup {
        section(
            6, "What was asked and answered",
            [
                table(
                    ["model", "role", "lineage", "answers", "wanted"],
                    content.coverage.map { entry in
                        [
                            cell(entry.model.name), word(entry.model.role.rawValue),
                            cell(entry.model.lineage?.name ?? "–"), count(entry.answered), count(entry.wanted),
                        ]
                    })
            ])
    }

    /// Where the execution departs from the plan.
    var deviations: Markup {
        section(
            7, "Departures from the plan",
            paragraphs(["Departures from the plan: \(content.departures(listed: "here"))."])
                + (content.deviations.isEmpty ? [] : [list(content.deviations)]))
    }
}
