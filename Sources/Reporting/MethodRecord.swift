public import Comparison
internal import ForensicTypes

/// What is known of the method's errors from an evaluation on models of known lineage, and where the suspect stands in the panel.
public struct MethodRecord: Sendable {
    /// An error rate and what it counts.
    public struct Rate: Sendable, Codable {
        /// What is counted, as a noun phrase.
        public let what: String
        /// The count and the interval.
        public let rate: ErrorRate
        /// The number of independent lineages behind it.
        public let lineages: Int

        /// States a rate.
        public init(_ what: String, _ rate: ErrorRate, lineages: Int) {
            self.what = what
            self.rate = rate
            self.lineages = lineages
        }
    }

    /// The suspect's rank in the case's own panel, which is no error rate; nil where there is no score.
    public let rank: Rate?
    /// The rates of an evaluation on models of known lineage.
    public let rates: [Rate]
    /// The figures of an evaluation on models of known lineage; nil where none was given.
    public let evaluation: EvaluationReport?
    /// Whether the evaluation's population is the one that the calibration was fitted on; nil where there is no calibration.
    public let isCalibrationPopulation: Bool?

    /// Gathers what is known.
    ///
    /// - Parameters:
    ///   - result: The scores of the case; its panel gives the rank.
    ///   - evaluation: An evaluation on models of known lineage.
    ///   - calibration: The calibration that the plan names.
    public init(result: CaseResult, evaluation: EvaluationReport?, calibration: Calibration?) {
        rank = Self.rank(result)
        var rates: [Rate] = []
        for hypothesis in ["lineage", "same_model", "student"] {
            guard let figures = evaluation?.hypotheses[hypothesis] else { continue }
            rates += Self.rates(figures, hypothesis: hypothesis)
        }
        if let conformal = evaluation?.conformal, conformal.unrelatedTests > 0 {
            let count = Int((conformal.falsePositiveRate * Double(conformal.unrelatedTests)).rounded())
            if let rate = try? ErrorRate(count, of: conformal.unrelatedTests) {
                rates.append(
                    Rate(
                        "tests of unrelated suspects in which the lineage gate wrongly excluded independence at level "
                            + VerdictText.short(conformal.level),
                        rate, lineages: evaluation?.lineages ?? 0))
            }
        }
        self.rates = rates
        self.evaluation = evaluation
        isCalibrationPopulation =
            calibration.flatMap { fitted in evaluation.map { $0.population == fitted.population.hex } }
    }

    /// How many models of the panel resemble the protected model at least as much as the suspect does.
    private static func rank(_ result: CaseResult) -> Rate? {
        let comparator = ComparatorIdentifier.panelNormalisedSimilarity
        guard let suspect = result.suspect[comparator]?.value else { return nil }
        let panel = result.panel.compactMap { model in model[comparator]?.value.map { (model.model.lineage, $0) } }
        guard let rate = try? ErrorRate(panel.count { $0.1 >= suspect }, of: panel.count) else { return nil }
        return Rate(
            "models of this case's panel that resemble the protected model at least as much as the suspect does "
                + "(\(ComparatorText.name(comparator))); the rank of this suspect, not an error rate at a threshold fixed before",
            rate, lineages: Set(panel.compactMap(\.0)).count)
    }

    private static func rates(_ figures: EvaluationReport.Figures, hypothesis: String) -> [Rate] {
        let relation =
            switch hypothesis {
            case "lineage": "models with shared weights"
            case "same_model": "copies of one model"
            default: "students and their teachers"
            }
        let isFrozen = figures.frozen != nil
        let found = figures.frozen?.truePositiveRate ?? figures.truePositiveRateAt1Percent
        func counted(_ share: Double, _ pairs: Int) -> ErrorRate? {
            try? ErrorRate(Int((share * Double(pairs)).rounded()), of: pairs)
        }
        let threshold = isFrozen ? "the frozen threshold" : "the threshold that 1 % of unrelated pairs reach"
        var rates: [Rate] = []
        if let missed = counted(1 - found, figures.pairs) {
            rates.append(Rate("pairs of \(relation) below \(threshold): missed", missed, lineages: figures.lineages))
        }
        if let frozen = figures.frozen, let raised = counted(frozen.falsePositiveRate, figures.unrelatedPairs) {
            rates.append(
                Rate(
                    "pairs of unrelated models above \(threshold) for \(relation): falsely raised", raised,
                    lineages: figures.unrelatedLineages))
        }
        return rates
    }
}
