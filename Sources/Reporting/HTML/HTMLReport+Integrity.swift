internal import Comparison
internal import Evidence
internal import ForensicTypes

extension HTMLReport {
    /// Digests, times, signers, and what the verifier found, check by check.
    var integrity: Markup {
        section(
            8, "Integrity",
            [facts(content.integrity.map { ($0.label, code($0.value)) })] + signers + stamps + notAttested + checks
                + paragraphs([
                    content.seal
                        + " They do not show that the server sent what was recorded: TLS does not let a third party "
                        + "verify that, so it rests on the collector and on the controls listed here. Times are those of the collector's clock unless a time stamp of a third party "
                        + "is listed above as accepted."
                ]))
    }

    private var checks: [Markup] {
        guard !content.checks.isEmpty else {
            return paragraphs(["No bundle lay in the case when this report was written, so nothing was checked."])
        }
        return [
            .element("h3", text: "What the verifier found"),
            table(
                ["check", "outcome", "detail"],
                content.checks.map { check in
                    [word(check.subject.rawValue), outcome(check.outcome), cell(check.detail)]
                }),
            note(
                "A check that was not made is neither a pass nor a failure. The bundle carries a script, verify.sh, that repeats "
                    + "the checks of signatures, stamps, digests, tree, parts, custody and plan with public tools; its digest is above."
            ),
        ]
            + (content.findings.isEmpty
                ? [] : [.element("h3", text: "To be weighed"), list(content.findings)])
    }

    func outcome(_ outcome: Check.Outcome) -> Markup {
        switch outcome {
        case .passed: .element("td", [.constant("class", "passed")], text: "passed")
        case .failed: .element("td", [.constant("class", "failed")], text: "FAILED")
        case .notChecked: .element("td", [.constant("class", "open")], text: "not checked")
        }
    }

    /// What the method cannot do.
    var limits: Markup {
        section(
            9, "Limits",
            [
                list([
                    "Behaviour alone does not part a derivative from a student of the same base.",
                    "A suspect that notices that it is being tested can answer otherwise. Then a resemblance is missed; the "
                        + "result is never read as an acquittal.",
                    "The verdict holds for the population that the panel represents, and for the probes of this plan.",
                    "The capture shows what the collector recorded. A collector who holds every key could invent a run; a "
                        + "second collector, an attended collection or a notary would answer that.",
                    "Ratios near their bounds would be larger or smaller with a larger panel; how much is not known.",
                ])
            ])
    }
}
