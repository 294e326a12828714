internal import Comparison
internal import ForensicTypes

extension HTMLReport {
    /// The gates in their order, with the numbers behind each.
    var gates: Markup {
        section(
            "Gates",
            [
                table(
                    ["gate", "outcome", "p", "smallest p", "level", "references", "reasons"],
                    content.result.verdict.gates.map { gate in
                        [
                            word(gate.gate.rawValue), word(gate.outcome.rawValue), number(gate.pValue),
                            number(gate.floor), number(gate.level), count(gate.references),
                            cell(gate.reasons.map(\.text).joined(separator: " ")),
                        ]
                    })
            ])
    }

    /// Every score, and for every missing one what it would need.
    var comparators: Markup {
        let scores = content.result.suspect.scores
        return section(
            "Scores",
            [
                table(
                    ["comparator", "score", "standard error", "probes", "validity", "remarks"],
                    scores.map { score in
                        [
                            cell(score.comparator.rawValue), number(score.value), number(score.standardError),
                            count(score.usableProbes), word(score.validity.rawValue),
                            cell(score.reasons.map(\.text).joined(separator: " ")),
                        ]
                    })
            ] + [ScorePlot(result: content.result).markup].compactMap(\.self)
                + paragraphs([
                    "A standard error is the precision of one comparison over its probes. It says nothing about other "
                        + "models."
                ]))
    }

    /// How much of the probe set each model answered.
    var coverage: Markup {
        section(
            "Collection",
            [
                table(
                    ["model", "role", "lineage", "answers", "wanted"],
                    content.coverage.map { entry in
                        [
                            cell(entry.model.name), cell(entry.model.role.rawValue),
                            cell(entry.model.lineage?.name ?? "–"),
                            count(entry.answered), count(entry.wanted),
                        ]
                    })
            ])
    }

    /// A few probes side by side.
    var examples: Markup {
        guard !content.examples.isEmpty else { return .group([]) }
        return section(
            "Probes side by side",
            content.examples.flatMap { example -> [Markup] in
                [
                    .element("p", [.constant("class", "quiet")], text: "Asked"), .element("pre", text: example.prompt),
                    .element("p", [.constant("class", "quiet")], text: content.result.verdict.protected),
                    .element("pre", text: String(decoding: example.protected, as: UTF8.self)),
                    .element("p", [.constant("class", "quiet")], text: content.result.verdict.suspect),
                    .element("pre", text: String(decoding: example.suspect, as: UTF8.self)),
                ]
            })
    }

    /// Where the execution departs from the plan.
    var deviations: Markup {
        section(
            "Deviations from the plan",
            content.deviations.isEmpty ? paragraphs(["None was found."]) : [list(content.deviations)])
    }

    /// Digests, times, signers, and the arithmetic that the caller states.
    var integrity: Markup {
        section(
            "Integrity",
            [
                table(
                    ["what", "value"],
                    content.integrity.map { [cell($0.label), .element("td", [.element("code", text: $0.value)])] })
            ])
    }

    /// The words of the report.
    var glossary: Markup {
        let words: [(String, String)] = [
            ("protected model", "The owner's model."), ("suspect", "The endpoint in question."),
            (
                "copy",
                "The protected model itself, perhaps quantised, behind another prompt, sampler or serving stack."
            ),
            (
                "derivative",
                "Fine-tuned, preference-tuned, merged, adapted or pruned from the protected model's weights."
            ),
            ("student", "Another model trained on the protected model's outputs."),
            ("independent", "None of these."),
            ("lineage", "Models that descend from one pretrained ancestor: the unit of replication."),
            ("panel", "Models known not to come from the protected model. A verdict holds for what they represent."),
            ("probe", "One query: what is asked, how the answers are drawn, what is read from them."),
            (
                "likelihood ratio",
                "How many times more probable the findings are under one proposition than under another."
            ),
        ]
        return section(
            "Glossary",
            [
                .element(
                    "dl", [], words.flatMap { [.element("dt", text: $0.0), .element("dd", text: $0.1)] as [Markup] })
            ])
    }
}
