internal import ForensicTypes

/// Resemblance of texts beyond what unrelated models show on the same probes.
///
/// **Formula.** The mean over the three ``SimilarityView``s of the symmetric-normalised similarity
/// (``SymmetricNormalisation``) of protected model and suspect. The cohort is the unrelated panel without the protected model's lineage, one
/// weight per lineage. The first answer to each probe that is not empty is read.
/// Beside it stand ``SecondaryViews`` (shared openings, the length gap, CKA and RSA), each as it is and normalised. They are no part of
/// the value.
///
/// **Null hypothesis.** The suspect is another model from the population that the panel stands for. The score itself is no
/// test of it: `Calibration` compares it with the same score of panel members.
///
/// **Needs.** One text per probe from the suspect, the protected model and at least three unrelated lineages. Fewer than
/// eight lineages, or fewer than 25 probes, give a limited score.
///
/// **Blind to.** Which of two models came first; a copy against a close sibling; a student against a model that learnt from the same
/// data; heavy restyling, after which the answers may still agree (see ``DecisionAgreement``).
///
/// **Measured.** On 123 public models, 100 probes and a panel of 12 lineages drawn at random: AUC 0.993 and TPR 0.90 at 1 % FPR for same-model and
/// derivative pairs against pairs without a documented relation (means of 16 draws, standard errors 0.001 and 0.011; ``PanelDraws``). The form of the
/// score was chosen on these models.
///
/// **Source.** S-norm from speaker verification (Kenny, Odyssey 2010), with the larger of its two ends for their mean; which views, how long,
/// and that they are summed without training was chosen by measurement on public answers of models of known lineage.
public struct PanelNormalisedSimilarity: Comparator {
    /// The comparator's name.
    public static let identifier = ComparatorIdentifier.panelNormalisedSimilarity
    /// The fewest lineages for a valid score.
    public static let validLineages = 8
    /// The fewest probes for a valid score.
    public static let validProbes = 25

    /// What it needs from the suspect.
    public let requirement =
        "One text per probe for 25 probes or more, and the same probes answered by at least 8 unrelated lineages."

    /// Makes the comparator.
    public init() {}

    /// Computes the score of a pair.
    public func score(_ evidence: PairEvidence) -> Score {
        let measured = Measured(evidence, keepsGeometry: true)
        do {
            let result = try measured.result()
            return Self.score(result, secondary: measured.secondary)
        } catch {
            return .notComputable(
                Self.identifier, usableProbes: measured.views.usableProbes(.openingCharacters, 0, 1),
                reasons: [Self.reason(error)])
        }
    }

    /// The normalised similarity that ``score(_:)`` reports, without what stands beside it; nil where it cannot be computed.
    func similarity(_ evidence: PairEvidence) -> SymmetricNormalisation.Result? {
        try? Measured(evidence, keepsGeometry: false).result()
    }

    /// The views of a pair and its cohort: the protected model is the first, the suspect the second.
    private struct Measured {
        let answers: [[[UInt8]?]]
        let views: SimilarityViews
        let cohort: SymmetricNormalisation.Cohort

        init(_ evidence: PairEvidence, keepsGeometry: Bool) {
            let sets = [evidence.protected, evidence.suspect] + evidence.cohort
            let models = sets.map(\.model)
            var views = SimilarityViews(
                models: models, rows: [0, 1], cohort: Array(2..<models.count), keepsGeometry: keepsGeometry)
            answers = evidence.probes.filter { PanelNormalisedSimilarity.readsText($0.probe.reading) }
                .map { probe in sets.map { PanelNormalisedSimilarity.firstText(of: probe.id, in: $0) } }
                .filter { $0[0] != nil && $0[1] != nil }
            views.add(each: answers)
            cohort = SymmetricNormalisation.Cohort(models: Array(2..<models.count), of: views, excluding: (0, 1))
            self.views = views
        }

        func result() throws(SymmetricNormalisation.Failure) -> SymmetricNormalisation.Result {
            try SymmetricNormalisation.score(0, 1, in: views, cohort: cohort)
        }

        var secondary: SecondaryViews {
            SecondaryViews(
                answers: answers, geometry: views.geometry ?? ResponseGeometry(models: views.models.count),
                groups: cohort.groups)
        }
    }

    private static func score(_ result: SymmetricNormalisation.Result, secondary: SecondaryViews) -> Score {
        var reasons: [Score.Reason] = []
        if result.lineages < validLineages { reasons.append(.few(result.lineages, of: validLineages, "lineages")) }
        if result.usableProbes < validProbes { reasons.append(.few(result.usableProbes, of: validProbes, "probes")) }
        reasons += result.failures.map(reason)
        var details: [String: Double] = ["cohort_lineages": Double(result.lineages)]
        for view in SimilarityView.allCases {
            details["z_\(view.rawValue)"] = result.normalised[view]
            details["raw_\(view.rawValue)"] = result.raw[view]
        }
        details.merge(secondary.details) { first, _ in first }
        return Score(
            comparator: identifier, value: result.value, standardError: result.standardError,
            usableProbes: result.usableProbes, validity: reasons.isEmpty ? .valid : .limited, reasons: reasons,
            details: details)
    }

    private static func reason(_ failure: SymmetricNormalisation.Failure) -> Score.Reason {
        switch failure {
        case .tooFewLineages(let count):
            .few(count, of: SymmetricNormalisation.fewestLineages, "lineages")
        case .noCommonProbes(let view):
            Score.Reason(
                code: "no-common-probes",
                text:
                    "Protected model, suspect and panel share no probe that the view \(view.rawValue) can read; it is left out."
            )
        case .noSpread(let view):
            Score.Reason(
                code: "no-spread",
                text:
                    "All of the panel is equally similar in the view \(view.rawValue), so there is no unit to measure in."
            )
        }
    }

    static func readsText(_ reading: Reading) -> Bool {
        switch reading {
        case .text: true
        case .choice, .number, .integerList, .nextToken, .promptTokens: false
        }
    }

    /// The first answer to a probe that is not empty; nil if there is none.
    static func firstText(of probe: Digest, in responses: ResponseSet) -> [UInt8]? {
        responses.completions[probe]?.first { !$0.text.isEmpty }?.text
    }
}
