extension HTMLReport {
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
            (
                "redeployment",
                "The protected model served honestly in another way: quantised, or behind another prompt."
            ),
            ("sibling", "Another model of the protected model's owner or series that is not accused."),
            ("probe", "One query: what is asked, how the answers are drawn, what is read from them."),
            (
                "likelihood ratio",
                "How many times more probable the findings are under one proposition than under another. It is about the "
                    + "findings, not about the propositions."
            ),
            ("ceiling", "The largest ratio that the data supports: the number of lineages that it argues against."),
            (
                "Cllr",
                "The cost of the likelihood ratios in bits: 0 would be perfect, 1 is no better than saying nothing. The least Cllr "
                    + "is what the best recalibration of the same pairs would reach."
            ),
            ("Tippett plot", "For every size of a ratio, the share of related and of unrelated pairs that reach it."),
            (
                "bundle",
                "The sealed archive of the evidence: plan, probes, exchanges, results, custody log, signatures."
            ),
        ]
        return section(
            11, "Glossary",
            [
                .element(
                    "dl", [], words.flatMap { [.element("dt", text: $0.0), .element("dd", text: $0.1)] as [Markup] })
            ])
    }
}
