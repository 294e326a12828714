internal import Comparison
internal import ForensicTypes

extension HTMLReport {
    /// What was found, before anything else.
    var findings: Markup {
        let verdict = content.result.verdict
        return .element(
            "div", [.constant("class", "finding")],
            [.element("span", [.constant("class", "label")], text: Self.heading(verdict))]
                + paragraphs(verdict.sentences))
    }

    static func heading(_ verdict: Verdict) -> String {
        switch verdict.outcome {
        case .uninformative: "Uninformative: the collection cannot say anything, and it clears nobody"
        case .inconclusive: "Inconclusive: no hypothesis is excluded"
        case .narrowed: "Not excluded: " + verdict.hypotheses.map(\.rawValue).joined(separator: ", ")
        }
    }

    /// What the finding does not mean.
    var meaning: Markup {
        section(
            "What this does not mean",
            [
                list([
                    "It is not the probability that the suspect is any of these things. That needs odds from before the "
                        + "test, which are for the court.",
                    "It does not say that anything was taken, or by whom.",
                    "It does not say that a model which was not tested is innocent or involved.",
                    "A hypothesis that stands has not been shown. It has only not been excluded.",
                    "The transport protects the connection. It does not let a third party verify that the server sent these "
                        + "answers; this rests on the collector and on the controls listed below.",
                ])
            ])
    }

    /// The likelihood ratios, each with both propositions.
    var propositions: Markup {
        let ratios = content.result.verdict.likelihoodRatios
        guard !ratios.isEmpty else {
            return section("Likelihood ratios", paragraphs(["No likelihood ratio could be computed."]))
        }
        return section(
            "Likelihood ratios",
            [
                table(
                    [
                        "If the endpoint serves …", "… rather than …", "times", "95 % interval", "bounds of the data",
                        "lineages", "log10",
                    ],
                    ratios.map { ratio in
                        [
                            cell(ratio.numerator.phrase), cell(ratio.denominator.phrase), times(ratio.log10),
                            cell(ratio.interval.map { range($0.lowerBound, $0.upperBound) } ?? "none"),
                            cell(range(ratio.floorLog10, ratio.ceilingLog10)),
                            cell("\(ratio.numeratorLineages) : \(ratio.denominatorLineages)"), number(ratio.log10),
                        ]
                    })
            ]
                + paragraphs([
                    "A ratio never exceeds the number of lineages that it argues against: more probes make one comparison "
                        + "more precise, only more lineages make it say more about other models."
                ]))
    }

    private func times(_ log10: Double) -> Markup {
        .element("td", [.constant("class", "number")], text: VerdictText.short(log10.decimalPower))
    }

    private func range(_ low: Double, _ high: Double) -> String {
        "\(VerdictText.short(low.decimalPower)) to \(VerdictText.short(high.decimalPower))"
    }

    /// What would make the verdict stronger.
    var strengthening: Markup {
        let advice = content.result.verdict.whatWouldStrengthen.map(\.text)
        return section(
            "What would strengthen it", advice.isEmpty ? paragraphs(["Nothing that the plan foresaw."]) : [list(advice)]
        )
    }
}
