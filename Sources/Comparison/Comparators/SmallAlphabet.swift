internal import Features
internal import ForensicTypes
internal import Statistics

/// Equal distributions over small alphabets: "random" numbers, letters, colours, coins.
///
/// **Formula.** Per probe, the Jensen–Shannon divergence (in bits) between random halves of the protected model's draws and as many
/// of the suspect's, minus that between the two halves of the protected model's own draws, averaged over 40 halvings; the
/// value is the mean over probes. It is 0 on average for equal laws, at any number of draws.
///
/// **Null hypothesis.** None is tested. A value near 0 says "no difference found at this many draws", which is not sameness.
///
/// **Needs.** Six readable draws per probe from the protected model and three from the suspect, for eight probes or more.
///
/// **Blind to.** Anything that leaves these habits alone; a response cache, which repeats one draw; the sampler's temperature looks
/// like a difference of models.
///
/// **Source.** Jensen–Shannon fingerprints of forced choices after Bruckner (arXiv 2607.10252, 2026); the own-split correction is Whorl's own.
public struct SmallAlphabet: Comparator {
    /// The comparator's name.
    public static let identifier = ComparatorIdentifier.smallAlphabet
    /// The fewest draws of the protected model per probe.
    public static let fewestDraws = 6
    /// The fewest probes for a valid score.
    public static let validProbes = 8

    /// What it needs from the suspect.
    public let requirement = "Three or more draws each of 8 or more probes that force a choice from a small set."

    /// Makes the comparator.
    public init() {}

    /// Computes the score of a pair.
    public func score(_ evidence: PairEvidence) -> Score {
        var generator = SeededGenerator(seed: evidence.seed)
        var excesses: [Double] = []
        var between = 0.0
        var within = 0.0
        var unread = 0
        for probe in evidence.probes where probe.probe.draws > 1 && Self.hasSmallAlphabet(probe.probe) {
            let parser = DecisionParser(probe: probe.probe)
            let own = Self.decisions(evidence.protected, probe.id, parser, &unread)
            let theirs = Self.decisions(evidence.suspect, probe.id, parser, &unread)
            guard let draws = DrawDistributions(own: own, theirs: theirs, fewest: Self.fewestDraws) else { continue }
            let excess = draws.excess(CoarsenedDivergence.bits, generator: &generator)
            excesses.append(excess.between - excess.within)
            between += excess.between
            within += excess.within
        }
        guard !excesses.isEmpty else {
            return .notComputable(
                Self.identifier, reasons: [.few(0, of: Self.validProbes, "probes with enough draws")],
                details: ["unread_answers": Double(unread)])
        }
        let count = Double(excesses.count)
        let reasons: [Score.Reason] =
            excesses.count < Self.validProbes
            ? [.few(excesses.count, of: Self.validProbes, "probes with enough draws")] : []
        return Score(
            comparator: Self.identifier, value: excesses.reduce(0, +) / count,
            standardError: Jackknife.standardErrorOfRatio(excesses, Array(repeating: 1, count: excesses.count)),
            usableProbes: excesses.count, validity: reasons.isEmpty ? .valid : .limited, reasons: reasons,
            details: [
                "divergence_between": between / count, "divergence_within": within / count,
                "unread_answers": Double(unread),
            ])
    }

    private static func hasSmallAlphabet(_ probe: Probe) -> Bool {
        switch probe.reading {
        case .choice, .number: true
        case .text, .integerList, .nextToken, .promptTokens: false
        }
    }

    private static func decisions(
        _ responses: ResponseSet, _ probe: Digest, _ parser: DecisionParser, _ unread: inout Int
    ) -> [Decision] {
        let answers = responses.completions[probe] ?? []
        let read = answers.compactMap { parser.parse($0.text).decision }
        unread += answers.count - read.count
        return read
    }
}
