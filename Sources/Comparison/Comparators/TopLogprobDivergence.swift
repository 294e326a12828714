internal import Features
internal import ForensicTypes

/// The same law of the next token, free of temperature and of any constant bias.
///
/// **Formula.** At each compared position let `u` and `v` be the log-probabilities of the tokens that both models list, centred over
/// these tokens. The value is `1 − mean ρ(u, v)`, the mean of the correlation over the positions of a probe, then over probes.
/// Centring takes off the softmax constant, correlation the temperature. Position 0 of the first answer is compared, and each further
/// position, up to the eighth, as long as all tokens chosen before it are equal, because only then is the context the same.
/// Tokens that only one model lists are left-censored: they lie somewhere below the least listed value and do not enter ρ.
/// The detail `jensen_shannon_bound` is the divergence of the shared tokens and one class for the rest: by the
/// data-processing inequality a lower bound of that of the full laws, in bits. It is not free of temperature.
///
/// Where the probes hold twins that differ in one word, the details give the *response* to the change as well (``PerturbationResponse``):
/// `response_cosine` near 1 where both models move the same tokens the same way.
///
/// **Null hypothesis.** None is tested; the panel's mean and deviation of the same value are among the details.
///
/// **Needs.** Log-probabilities of five tokens or more per position from the suspect and the protected model.
///
/// **Blind to.** Changes below the listed tokens. Needs a common tokenizer: models with few shared tokens are not comparable.
///
/// **Source.** Left-censored top-k comparison after log-probability tracking (arXiv 2512.03816, ICLR 2026); the centred form is Whorl's own.
public struct TopLogprobDivergence: Comparator {
    /// The comparator's name.
    public static let identifier = ComparatorIdentifier.topLogprobDivergence
    /// The fewest shared tokens of a position that is compared.
    public static let fewestShared = 4
    /// The fewest probes for a valid score.
    public static let validProbes = 10

    /// What it needs from the suspect.
    public let requirement = "The log-probabilities of the five or more most likely tokens, for 10 probes or more."

    /// Makes the comparator.
    public init() {}

    /// Computes the score of a pair.
    public func score(_ evidence: PairEvidence) -> Score {
        let found = Self.correlations(evidence.protected, evidence.suspect, probes: evidence.probes)
        guard !found.isEmpty else {
            return .notComputable(
                Self.identifier, reasons: [.few(0, of: Self.validProbes, "probes with log-probabilities")])
        }
        var details: [String: Double] = [
            "mean_shared_tokens": Self.mean(found.map(\.shared)),
            "mean_temperature_ratio": Self.mean(found.map(\.slope)),
            "jensen_shannon_bound": Self.mean(found.map(\.bound)),
            "mean_positions": Self.mean(found.map(\.positions)),
        ]
        details.merge(PerturbationResponse.details(evidence)) { $1 }
        let panel = evidence.cohort.compactMap { member -> Double? in
            let other = Self.correlations(evidence.protected, member, probes: evidence.probes)
            return other.isEmpty ? nil : 1 - Self.mean(other.map(\.correlation))
        }
        if panel.count >= 2 {
            let mean = Self.mean(panel)
            let variance = panel.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(panel.count - 1)
            details["panel_models"] = Double(panel.count)
            details["panel_mean"] = mean
            details["panel_deviation"] = variance.squareRoot()
        }
        let reasons: [Score.Reason] =
            found.count < Self.validProbes
            ? [.few(found.count, of: Self.validProbes, "probes with log-probabilities")] : []
        return Score(
            comparator: Self.identifier, value: 1 - Self.mean(found.map(\.correlation)),
            standardError: Jackknife.standardErrorOfRatio(
                found.map(\.correlation), Array(repeating: 1, count: found.count)),
            usableProbes: found.count, validity: reasons.isEmpty ? .valid : .limited, reasons: reasons, details: details
        )
    }

    /// What is found at the positions of one probe: means over them.
    private struct Finding {
        var correlation = 0.0
        var slope = 0.0
        var bound = 0.0
        var shared = 0.0
        var positions = 0.0
    }

    private static func correlations(
        _ first: ResponseSet, _ second: ResponseSet, probes: [IdentifiedProbe]
    ) -> [Finding] {
        probes.compactMap { probe in
            guard let left = first.completions[probe.id]?.first(where: { !$0.positions.isEmpty }),
                let right = second.completions[probe.id]?.first(where: { !$0.positions.isEmpty })
            else { return nil }
            return finding(left.positions, right.positions)
        }
    }

    private static func finding(_ left: [TokenPosition], _ right: [TokenPosition]) -> Finding? {
        var sum = Finding()
        for (one, other) in zip(left, right).prefix(8) {
            if let first = CensoredLogprobs(one), let second = CensoredLogprobs(other) {
                let tokens = first.sharedTokens(with: second)
                let moments = Moments(first.centred(over: tokens), second.centred(over: tokens))
                if tokens.count >= fewestShared, let correlation = moments.correlation {
                    sum.correlation += correlation
                    sum.slope += moments.slope
                    sum.bound += CoarsenedDivergence.bits(
                        tokens.map {
                            (first.values[$0] ?? first.censoringBound, second.values[$0] ?? second.censoringBound)
                        })
                    sum.shared += Double(tokens.count)
                    sum.positions += 1
                }
            }
            guard one.chosen.bytes == other.chosen.bytes else { break }
        }
        guard sum.positions > 0 else { return nil }
        return Finding(
            correlation: sum.correlation / sum.positions, slope: sum.slope / sum.positions,
            bound: sum.bound / sum.positions, shared: sum.shared / sum.positions, positions: sum.positions)
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

    /// Second moments of two centred vectors.
    private struct Moments {
        private var xx = 0.0
        private var yy = 0.0
        private var xy = 0.0

        init(_ left: [Double], _ right: [Double]) {
            for (x, y) in zip(left, right) {
                xx += x * x
                yy += y * y
                xy += x * y
            }
        }

        /// The correlation; nil where a vector is constant.
        var correlation: Double? { xx > 1e-12 && yy > 1e-12 ? xy / (xx * yy).squareRoot() : nil }

        /// The slope of the second on the first: the ratio of the softmax temperatures, first to second.
        var slope: Double { xx > 1e-12 ? xy / xx : 0 }
    }
}
