internal import ForensicTypes
internal import Statistics

/// Inputs on the border between two next tokens, where the smallest change of weights or stack shows.
///
/// **Formula.** Per probe, the total variation distance of the first token between random halves of the protected model's draws and as
/// many of the suspect's, minus that between the two halves of the protected model's own draws, averaged over 40 halvings;
/// the value is the mean over probes.
///
/// **Null hypothesis.** None is tested. A difference speaks against *exactly this deployment*, not against the same weights: another
/// quantisation or serving stack moves border inputs too.
///
/// **Needs.** Four draws per probe from the protected model and two from the suspect, of probes that read one token.
///
/// **Blind to.** Lineage. Its use is to tell exact redeployments apart. In the order of time the same draws find when an endpoint changed
/// (``TimeSegmentation``), before anything else is compared.
///
/// **Source.** border-input tracking, B3IT (arXiv 2602.11083, ICML 2026).
public struct BorderInputs: Comparator {
    /// The comparator's name.
    public static let identifier = ComparatorIdentifier.borderInputs
    /// The fewest draws of the protected model per probe.
    public static let fewestDraws = 4
    /// The fewest probes for a valid score.
    public static let validProbes = 10

    /// What it needs from the suspect.
    public let requirement = "Two or more draws each of 10 or more border inputs, one token long."

    /// Makes the comparator.
    public init() {}

    /// Computes the score of a pair.
    public func score(_ evidence: PairEvidence) -> Score {
        var generator = SeededGenerator(seed: evidence.seed)
        var excesses: [Double] = []
        var between = 0.0
        var within = 0.0
        var otherModes = 0
        for probe in evidence.probes where probe.probe.reading == .nextToken {
            let own = Self.firstTokens(evidence.protected, probe.id)
            let theirs = Self.firstTokens(evidence.suspect, probe.id)
            guard let draws = DrawDistributions(own: own, theirs: theirs, fewest: Self.fewestDraws) else { continue }
            let excess = draws.excess(Self.totalVariation, generator: &generator)
            excesses.append(excess.between - excess.within)
            between += excess.between
            within += excess.within
            if Self.mode(own) != Self.mode(theirs) { otherModes += 1 }
        }
        guard !excesses.isEmpty else {
            return .notComputable(
                Self.identifier, reasons: [.few(0, of: Self.validProbes, "border inputs with enough draws")])
        }
        let count = Double(excesses.count)
        let reasons: [Score.Reason] =
            excesses.count < Self.validProbes
            ? [.few(excesses.count, of: Self.validProbes, "border inputs with enough draws")] : []
        return Score(
            comparator: Self.identifier, value: excesses.reduce(0, +) / count,
            standardError: Jackknife.standardErrorOfRatio(excesses, Array(repeating: 1, count: excesses.count)),
            usableProbes: excesses.count, validity: reasons.isEmpty ? .valid : .limited, reasons: reasons,
            details: [
                "variation_between": between / count, "variation_within": within / count,
                "probes_with_another_modal_token": Double(otherModes),
            ])
    }

    /// The first token of each draw, as text bytes in hexadecimal order; an empty answer is missing.
    private static func firstTokens(_ responses: ResponseSet, _ probe: Digest) -> [FirstToken] {
        (responses.completions[probe] ?? []).compactMap { completion in
            let bytes = completion.positions.first?.chosen.bytes ?? completion.text
            return bytes.isEmpty ? nil : FirstToken(bytes: bytes)
        }
    }

    private struct FirstToken: Hashable, Comparable, Sendable {
        let bytes: [UInt8]

        static func < (left: FirstToken, right: FirstToken) -> Bool {
            left.bytes.lexicographicallyPrecedes(right.bytes)
        }
    }

    private static func mode(_ tokens: [FirstToken]) -> FirstToken? {
        Dictionary(grouping: tokens) { $0 }.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
    }

    /// Half the sum of absolute differences of two laws, given as counts.
    private static func totalVariation(_ left: [Double], _ right: [Double]) -> Double {
        let leftSum = max(1, left.reduce(0, +))
        let rightSum = max(1, right.reduce(0, +))
        return zip(left, right).reduce(0) { $0 + abs($1.0 / leftSum - $1.1 / rightSum) } / 2
    }
}
