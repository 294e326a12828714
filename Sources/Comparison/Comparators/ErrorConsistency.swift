internal import Features
internal import ForensicTypes

/// Shared mistakes beyond what the two accuracies explain.
///
/// **Formula.** With `p_M(o)` the share of model M's readable draws that decide o on a probe, and `p_M` its mean share of the correct
/// decision: `c_obs = mean_j Σ_o p_S(o) p_X(o)`,
/// `c_exp = p_S p_X + (1 − p_S)(1 − p_X) · mean_j 1/(k_j − 1)`, `κ = (c_obs − c_exp) / (1 − c_exp)`. `k_j` is the number of options
/// shown, or, for an open question, that of the different decisions of all models on it (at least 2).
/// The value is κ minus the κ that a straight line over the cohort's lineages predicts at the lower of the two
/// accuracies: better models share more mistakes whether they are related or not. With fewer than six lineages the
/// cohort's mean takes the place of the line and the score is limited.
///
/// **Null hypothesis.** None is tested; the value is calibrated against panel members.
///
/// **Needs.** Readable answers with known correct ones, 100 or more, at accuracies between 0.2 and 0.9.
///
/// **Blind to.** Questions that both answer right; popular wrong options, which independent models share too.
///
/// **Source.** Goel et al., *Great Models Think Alike and this Undermines AI Oversight* (ICML 2025), there called CAPA.
public struct ErrorConsistency: Comparator {
    /// The comparator's name.
    public static let identifier = ComparatorIdentifier.errorConsistency
    /// The fewest probes for a valid score.
    public static let validProbes = 100
    /// The fewest lineages for a straight line.
    public static let validLineages = 6

    /// What it needs from the suspect.
    public let requirement =
        "Readable answers to 100 or more questions with known answers, and the same from at least 6 unrelated lineages."

    /// Makes the comparator.
    public init() {}

    /// Computes the score of a pair.
    public func score(_ evidence: PairEvidence) -> Score {
        let table = DecisionTable(evidence.probes)
        let graded = table.items.indices.filter { table.items[$0].gold != nil }
        let cohort = evidence.cohort
        let all = ([evidence.protected, evidence.suspect] + cohort).map(table.shares(of:))
        let questions = graded.map { index -> ErrorQuestion? in
            guard let gold = table.items[index].gold else { return nil }
            let seen = all.reduce(into: Set([gold])) { $0.formUnion($1[index]?.keys.map(\.self) ?? []) }
            return ErrorQuestion(index: index, gold: gold, options: max(2, table.items[index].options ?? seen.count))
        }.compactMap(\.self)
        guard let pair = ChanceAdjustedAgreement(all[0], all[1], questions) else {
            return .notComputable(
                Self.identifier, reasons: [.few(0, of: Self.validProbes, "answers with known correct ones")])
        }
        var details: [String: Double] = [
            "kappa": pair.kappa, "protected_accuracy": pair.firstAccuracy, "suspect_accuracy": pair.secondAccuracy,
        ]
        details["agreement_where_both_wrong"] = pair.wrongAgreement
        let points = Self.points(all, cohort, questions)
        details["cohort_lineages"] = Double(points.count)
        guard let expected = Self.expected(points, at: min(pair.firstAccuracy, pair.secondAccuracy)) else {
            return .notComputable(
                Self.identifier, usableProbes: pair.questions,
                reasons: [.few(points.count, of: SymmetricNormalisation.fewestLineages, "lineages")], details: details)
        }
        details["expected_kappa"] = expected
        var reasons: [Score.Reason] = []
        if pair.questions < Self.validProbes {
            reasons.append(.few(pair.questions, of: Self.validProbes, "answers with known correct ones"))
        }
        if points.count < Self.validLineages { reasons.append(.few(points.count, of: Self.validLineages, "lineages")) }
        for accuracy in [pair.firstAccuracy, pair.secondAccuracy] where !(0.2...0.9).contains(accuracy) {
            reasons.append(
                Score.Reason(
                    code: "uninformative-accuracy",
                    text: "One accuracy is outside 0.2 to 0.9, where shared mistakes say little.",
                    numbers: ["accuracy": accuracy]))
        }
        return Score(
            comparator: Self.identifier, value: pair.kappa - expected,
            standardError: Self.standardError(all[0], all[1], questions), usableProbes: pair.questions,
            validity: reasons.isEmpty ? .valid : .limited, reasons: reasons, details: details)
    }

    /// One point per lineage: the mean lower accuracy and the mean κ of its members with the protected model.
    private static func points(
        _ all: [[[Decision: Double]?]], _ cohort: [ResponseSet], _ questions: [ErrorQuestion]
    ) -> [(accuracy: Double, kappa: Double)] {
        var groups: [Lineage: [ChanceAdjustedAgreement]] = [:]
        for (offset, member) in cohort.enumerated() {
            guard let lineage = member.model.lineage,
                let agreement = ChanceAdjustedAgreement(all[0], all[offset + 2], questions)
            else { continue }
            groups[lineage, default: []].append(agreement)
        }
        return groups.keys.sorted().map { lineage in
            let members = groups[lineage] ?? []
            let count = Double(members.count)
            return (
                members.reduce(0) { $0 + min($1.firstAccuracy, $1.secondAccuracy) } / count,
                members.reduce(0) { $0 + $1.kappa } / count
            )
        }
    }

    /// The least-squares line at an accuracy, or the mean with fewer than six points; nil with fewer than three.
    private static func expected(_ points: [(accuracy: Double, kappa: Double)], at accuracy: Double) -> Double? {
        guard points.count >= SymmetricNormalisation.fewestLineages else { return nil }
        let count = Double(points.count)
        let meanX = points.reduce(0) { $0 + $1.accuracy } / count
        let meanY = points.reduce(0) { $0 + $1.kappa } / count
        let square = points.reduce(0) { $0 + ($1.accuracy - meanX) * ($1.accuracy - meanX) }
        guard points.count >= validLineages, square > 1e-9 else { return meanY }
        let slope = points.reduce(0) { $0 + ($1.accuracy - meanX) * ($1.kappa - meanY) } / square
        // The line is not carried beyond the accuracies that it was fitted on.
        let nearest = min(max(accuracy, points.map(\.accuracy).min() ?? 0), points.map(\.accuracy).max() ?? 1)
        return meanY + slope * (nearest - meanX)
    }

    /// A jackknife over 20 folds of the questions, of κ alone.
    private static func standardError(
        _ first: [[Decision: Double]?], _ second: [[Decision: Double]?], _ questions: [ErrorQuestion]
    ) -> Double? {
        let values = (0..<min(20, questions.count)).compactMap { fold in
            ChanceAdjustedAgreement(
                first, second, questions.enumerated().filter { $0.offset % 20 != fold }.map(\.element))?
                .kappa
        }
        return Jackknife.standardError(of: values)
    }
}
