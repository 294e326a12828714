internal import Comparison
internal import Evidence
internal import ForensicTypes

extension HTMLReport {
    /// What was found, how sure, and what it does not mean, before anything else.
    var firstPage: Markup {
        .element(
            "section", [.constant("class", "first")],
            [
                .element("p", [.constant("class", "kicker")], text: "Report of a comparison of language models"),
                .element(
                    "h1",
                    text: "Is the model behind \(verdict.suspect) the model \(verdict.protected), or made from it?"),
                .element("p", [.constant("class", "byline")], text: byline),
                finding, strength, meaning, glance,
            ])
    }

    /// Who, what and when, in a few lines.
    private var glance: Markup {
        let lineages = Set(content.result.panel.compactMap(\.model.lineage)).count
        let references =
            "\(content.result.panel.count.counted("model")) of \(lineages.counted("lineage"))"
            + (content.result.siblings.isEmpty
                ? ", no sibling" : ", \(content.result.siblings.count.counted("sibling"))")
            + (content.result.redeployments.isEmpty
                ? "" : ", \(content.result.redeployments.count.counted("honest redeployment"))")
        let archive = content.integrity.first { $0.label == IntegrityLabel.archive }?.value
        return facts(
            [
                ("Protected model", cell(verdict.protected)), ("Suspect", cell(verdict.suspect)),
                ("Compared with", cell(references)),
                ("Suspects examined", cell("\(content.examined.count) under this plan")),
                ("Departures from the plan", cell(content.departures(listed: "in section 7"))),
                ("Signed and dated", cell(Self.dating(content.attestations))),
                ("Evidence bundle", archive.map(code) ?? cell(missingBundle)),
                ("Checks of the bundle", checkCounts),
            ])
    }

    private static let noBundle = "no bundle lay in the case when this report was written"

    /// Why no digest of a bundle stands there: a bundle that failed is another thing than none.
    private var missingBundle: String {
        content.checks.isEmpty ? Self.noBundle : "a bundle was found and did NOT verify: see section 8"
    }

    private var checkCounts: Markup {
        guard let counts = content.checkCounts else { return cell("none was made") }
        return content.failedChecks.isEmpty
            ? cell(counts + ": section 8")
            : .element("td", [.constant("class", "failed")], text: counts + ": see section 8")
    }

    /// Who answers for the signature and for its date, in one sentence.
    static func dating(_ attestations: Attestations?) -> String {
        guard let attestations else { return noBundle }
        guard let signer = attestations.signers.first(where: { $0.role == .collector }) else {
            return "a bundle was found, and who signed it could not be read"
        }
        let name = signer.certificate.flatMap { $0.outcome == .passed ? $0.subject : nil }
        let signed =
            signer.outcome == .passed
            ? name.map { "signed by \($0)" }
                ?? "signed with the key that the case names; no certificate that was checked says whose it is"
            : "the signature was \(signer.outcome == .failed ? "refused" : "not checked")"
        let over = attestations.stamps.filter { $0.object == StampedObject.collection && $0.outcome == .passed }
        guard let first = over.min(by: { $0.time < $1.time }) else {
            return signed + "; no third party that was checked attests when"
        }
        // Each authority attests its own time: the earliest is one authority's word.
        return signed + "; it existed by \(first.time), which \(first.authority) attests"
    }

    private var byline: String {
        let asked = content.coverage.first { $0.model.role == .suspect }
        let answers = asked.map { "\($0.answered) of \($0.wanted) answers of the suspect. " } ?? ""
        let period = content.period.map { "Asked from \($0.first) to \($0.last). " } ?? ""
        return "Case \(content.caseName). \(period)\(answers)Written by \(content.tool)."
    }

    private var finding: Markup {
        let sentences = verdict.sentences.filter { sentence in
            !verdict.likelihoodRatios.contains { $0.sentence == sentence }
        }
        return .element(
            "div", [.constant("class", "finding")],
            [
                .element("h2", text: "What was found"),
                .element("p", [.constant("class", "verdict")], text: Self.heading(verdict)),
            ] + paragraphs(content.warnings + sentences + content.examined.sentences(about: verdict)))
    }

    static func heading(_ verdict: Verdict) -> String {
        switch verdict.outcome {
        case .uninformative: "Uninformative: the collection cannot say anything, and it clears nobody"
        case .inconclusive: "Inconclusive: no hypothesis is excluded"
        case .narrowed:
            // Independence is excluded against unrelated lineages alone, so a sibling is not.
            "Not excluded: " + verdict.hypotheses.map(\.rawValue).joined(separator: ", ")
                + (verdict.hypotheses.contains(.independent) ? "" : ", or a sibling not derived from it")
        }
    }

    private var strength: Markup {
        guard let ratio = content.leadingRatio else {
            return .element(
                "div", [.constant("class", "strength")],
                [.element("h2", text: "How sure")]
                    + paragraphs(["No likelihood ratio could be computed, so no strength of support can be stated."]))
        }
        return .element(
            "div", [.constant("class", "strength")],
            [.element("h2", text: "How sure"), .element("p", [.constant("class", "lead")], text: ratio.sentence)]
                + [SupportScale(ratio: ratio).markup]
                + [note(Self.reading(ratio))])
    }

    /// How the scale is to be read, with what bounds it.
    private static func reading(_ ratio: LikelihoodRatio) -> String {
        let span =
            "The diamond is the ratio, the bar its 95 % interval. The shaded ends are out of reach: with "
            + "\(ratio.denominatorLineages.counted("lineage")) behind the one side and "
            + "\(ratio.numeratorLineages) behind the other, these data support no ratio beyond them."
        return ratio.interval == nil
            ? span.replacing("the bar its 95 % interval", with: "no interval can be computed") : span
    }

    private var meaning: Markup {
        .element(
            "div", [.constant("class", "meaning")],
            [
                .element("h2", text: "What this does not mean"),
                list([
                    "It is not the probability that the suspect is any of these things. That needs odds from before the "
                        + "test, which are for the court.",
                    "It does not say that anything was taken, or by whom. Whether it was is for the court.",
                    "A hypothesis that stands has not been shown; it has only not been excluded. Silence clears nobody.",
                    "It says nothing about models that were not tested, and it holds for the population that the panel "
                        + "represents.",
                    "Where the connection was encrypted, that protects it on its way. It does not let a third party verify that "
                        + "the server sent these answers; this rests on the collector and on the controls listed below.",
                ]),
            ])
    }
}
