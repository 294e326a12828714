internal import ForensicTypes

/// Does the suspect's text look drawn from the owner's model?
///
/// **Formula.** For an answer y, `g(y) = (ln p_S(y) − ln mean_b p_b(y)) / bytes(y)`: the protected model's log-likelihood above that
/// of the background models, in nats per byte. `G(M)` is the mean of g over model M's answers, first within a probe. The value is
/// `G(suspect) − mean over lineages of G(lineage)`.
/// Details: `rank_uniformity` is the Cramér–von Mises statistic of the rank of the suspect's log-likelihood per byte among
/// ten or more of the protected model's own draws on the same probe (small if the suspect is the protected model at
/// the same sampler); `centred_surprisal` is the mean of surprisal minus entropy per token (near 0 for the protected model at
/// temperature 1).
///
/// **Null hypothesis.** None is tested; the value is calibrated against panel members.
///
/// **Needs.** Text from the suspect; from the owner, log-likelihoods of the suspect's and the panel's answers under the protected model
/// and at least one background model.
///
/// **Blind to.** Low temperature makes any text likely, which the background takes off only in part; text learnt by heart by everybody; a
/// background without the suspect's true base.
///
/// **Source.** Rank uniformity test of Zhu et al. (2025); likelihood ratio against background models as in speaker verification (Reynolds
/// et al. 2000).
public struct OwnerLikelihood: Comparator {
    /// The comparator's name.
    public static let identifier = ComparatorIdentifier.ownerLikelihood
    /// The fewest lineages for a valid score.
    public static let validLineages = 8
    /// The fewest probes for a valid score.
    public static let validProbes = 25

    /// What it needs from the suspect.
    public let requirement =
        """
        Only text; but the owner must score it: log-likelihoods of the suspect's and the panel's answers under the \
        protected model and at least one background model.
        """

    /// Makes the comparator.
    public init() {}

    /// Computes the score of a pair.
    public func score(_ evidence: PairEvidence) -> Score {
        guard let likelihoods = evidence.ownerLikelihoods else {
            return .notComputable(
                Self.identifier, reasons: [Score.Reason(code: "no-owner-likelihoods", text: requirement)])
        }
        let asked = Set(evidence.probes.map(\.id))
        let gains = Self.gains(likelihoods.suspect, asked)
        var details = Self.details(likelihoods, asked)
        guard !gains.isEmpty else {
            return .notComputable(
                Self.identifier, reasons: [.few(0, of: Self.validProbes, "answers with background likelihoods")],
                details: details)
        }
        let excluded = [evidence.protected.model.lineage, evidence.suspect.model.lineage]
        let panel = likelihoods.panel.keys.sorted().filter { !excluded.contains($0) }.compactMap { lineage -> Double? in
            let gains = Self.gains(likelihoods.panel[lineage] ?? [], asked)
            return gains.isEmpty ? nil : gains.reduce(0, +) / Double(gains.count)
        }
        let gain = gains.reduce(0, +) / Double(gains.count)
        details["gain_per_byte"] = gain
        details["cohort_lineages"] = Double(panel.count)
        guard panel.count >= SymmetricNormalisation.fewestLineages else {
            return .notComputable(
                Self.identifier, usableProbes: gains.count,
                reasons: [.few(panel.count, of: SymmetricNormalisation.fewestLineages, "lineages")], details: details)
        }
        let mean = panel.reduce(0, +) / Double(panel.count)
        let square = panel.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        details["panel_mean_gain_per_byte"] = mean
        details["panel_deviation"] = (square / Double(panel.count - 1)).squareRoot()
        var reasons: [Score.Reason] = []
        if panel.count < Self.validLineages { reasons.append(.few(panel.count, of: Self.validLineages, "lineages")) }
        if gains.count < Self.validProbes { reasons.append(.few(gains.count, of: Self.validProbes, "probes")) }
        return Score(
            comparator: Self.identifier, value: gain - mean,
            standardError: Jackknife.standardErrorOfRatio(gains, Array(repeating: 1, count: gains.count)),
            usableProbes: gains.count, validity: reasons.isEmpty ? .valid : .limited, reasons: reasons,
            details: details)
    }

    /// The mean gain per byte of each probe's answers, in the order of the probes.
    private static func gains(_ answers: [OwnerLikelihoods.Answer], _ asked: Set<Digest>) -> [Double] {
        let usable = answers.filter { answer in
            asked.contains(answer.probe) && answer.bytes > 0 && !answer.background.isEmpty
                && answer.logLikelihood.isFinite && answer.background.allSatisfy(\.isFinite)
        }
        let byProbe = Dictionary(grouping: usable, by: \.probe)
        return byProbe.keys.sorted().map { probe in
            let gains = (byProbe[probe] ?? []).map { answer in
                (answer.logLikelihood - logMeanExp(answer.background)) / Double(answer.bytes)
            }
            return gains.reduce(0, +) / Double(gains.count)
        }
    }

    private static func logMeanExp(_ values: [Double]) -> Double {
        let largest = values.max() ?? 0
        let sum = values.reduce(0) { $0 + Logarithm.exponential($1 - largest) }
        return largest + Logarithm.natural(sum / Double(values.count))
    }

    private static func details(_ likelihoods: OwnerLikelihoods, _ asked: Set<Digest>) -> [String: Double] {
        var details: [String: Double] = [:]
        let own = Dictionary(grouping: likelihoods.own.filter { $0.bytes > 0 }, by: \.probe)
        var ranks: [Double] = []
        var surprisal = 0.0
        var runs = 0.0
        for answer in likelihoods.suspect where asked.contains(answer.probe) && answer.bytes > 0 {
            if let entropy = answer.entropy, answer.tokens > 0 {
                surprisal += (-answer.logLikelihood - entropy) / Double(answer.tokens)
                runs += 1
            }
            guard let draws = own[answer.probe], draws.count >= 10 else { continue }
            let value = answer.logLikelihood / Double(answer.bytes)
            let below = draws.count { $0.logLikelihood / Double($0.bytes) < value }
            let equal = draws.count { $0.logLikelihood / Double($0.bytes) == value }
            ranks.append((Double(below) + Double(1 + equal) / 2) / Double(draws.count + 1))
        }
        if runs > 0 { details["centred_surprisal"] = surprisal / runs }
        if !ranks.isEmpty {
            details["rank_uniformity"] = cramerVonMises(ranks)
            details["rank_probes"] = Double(ranks.count)
        }
        return details
    }

    /// `1/(12n) + Σ ((2i − 1)/(2n) − r_(i))²` of ranks within 0...1.
    private static func cramerVonMises(_ ranks: [Double]) -> Double {
        let count = Double(ranks.count)
        return ranks.sorted().enumerated().reduce(1 / (12 * count)) { sum, entry in
            let expected = (2 * Double(entry.offset) + 1) / (2 * count)
            return sum + (expected - entry.element) * (expected - entry.element)
        }
    }
}
