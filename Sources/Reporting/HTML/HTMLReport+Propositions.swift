internal import Comparison
internal import ForensicTypes

extension HTMLReport {
    /// The two propositions, the alternatives, and every ratio in the same form for both sides.
    var propositions: Markup {
        section(
            1, "The two propositions",
            paragraphs([
                "The findings are weighed under two propositions that exclude each other. One of them supports the owner's "
                    + "side, the other the endpoint's; both are treated alike."
            ])
                + [pair]
                + paragraphs(["Other explanations that fit a resemblance, and how this report treats them:"])
                + [
                    list([
                        "A common open base model: models of one base share a lineage. "
                            + siblings,
                        "The same teacher, or public data that holds the protected model's answers: such a model can be a "
                            + "student without any weights in common.",
                        "A reseller that passes queries on to the protected model: then the endpoint serves the protected "
                            + "model, by whatever right.",
                        "Distillation without weights: " + distillation,
                    ])
                ] + ratioTable + [strengthening])
    }

    private var siblings: String {
        let tested = !content.result.siblings.isEmpty || content.result.panel.contains { $0.stratum == .sibling }
        guard tested else { return "No sibling of the protected model was tested, so this is not ruled out." }
        return verdict[.lineage]?.reasons.contains { $0.code == "stratum-\(Stratum.sibling.rawValue)" } == true
            ? "Siblings of the protected model were tested; section 3 says how many resemble it as much as the suspect does."
            : "Siblings of the protected model were asked, and none was compared by rank, so this is not ruled out."
    }

    private var distillation: String {
        verdict.likelihoodRatios.contains { $0.numerator == .student || $0.denominator == .student }
            ? "it has propositions of its own below."
            : "this case supports no ratio for it, and it is neither shown nor excluded."
    }

    private var pair: Markup {
        let (one, other) = content.leadingRatio.map { ($0.numerator, $0.denominator) } ?? (.derived, .independent)
        func side(_ name: String, _ proposition: Proposition) -> Markup {
            .element(
                "div", [.constant("class", "proposition")],
                [
                    .element("p", [.constant("class", "kicker")], text: name),
                    .element("p", text: "The endpoint serves \(proposition.phrase)."),
                ])
        }
        return .element(
            "div", [.constant("class", "pair")], [side("First proposition", one), side("Second proposition", other)])
    }

    private var ratioTable: [Markup] {
        let ratios = verdict.likelihoodRatios
        guard !ratios.isEmpty else { return paragraphs(["No likelihood ratio could be computed."]) }
        return ratios.map { .element("p", [.constant("class", "statement")], text: $0.sentence) } + [
            table(
                [
                    "if the endpoint serves", "rather than", "times", "95 % interval", "bounds of the data", "lineages",
                    "how",
                ],
                ratios.map { ratio in
                    [
                        cell(ratio.numerator.phrase), cell(ratio.denominator.phrase), times(ratio.log10),
                        cell(ratio.interval.map { range($0.lowerBound, $0.upperBound) } ?? "none"),
                        cell(range(ratio.floorLog10, ratio.ceilingLog10)),
                        cell("\(ratio.numeratorLineages) : \(ratio.denominatorLineages)"),
                        cell(ratio.method == .calibrated ? "calibrated on known pairs" : "rank among the panel"),
                    ]
                }),
            note(
                "Times below 1 speak for the other side by one over the number. A ratio never exceeds the number of lineages that "
                    + "it argues against: more probes make one comparison more precise, only more lineages make it say more "
                    + "about other models. Ratios of one table rest on the same answers and are never multiplied."),
        ]
    }

    private func times(_ log10: Double) -> Markup {
        .element("td", [.constant("class", "number")], text: VerdictText.short(log10.decimalPower))
    }

    private func range(_ low: Double, _ high: Double) -> String {
        "\(VerdictText.short(low.decimalPower)) to \(VerdictText.short(high.decimalPower))"
    }

    private var strengthening: Markup {
        let advice = verdict.whatWouldStrengthen.map(\.text)
        return .group(
            [.element("h3", text: "What would strengthen it")]
                + (advice.isEmpty ? paragraphs(["Nothing that the plan foresaw."]) : [list(advice)]))
    }
}
