internal import ForensicTypes
internal import Glibc

/// Scores one candidate on the answers of all models.
struct CandidateScorer {
    /// Below this share of readable answers of the protected model a candidate is dropped.
    static let leastParseRate = 0.5
    /// Below this agreement of the protected model with itself a greedy candidate is dropped.
    static let leastStability = 0.5
    /// The same for a sampled candidate, where a few draws of one wide law overlap by chance alone.
    static let leastSampledStability = 0.2

    private let answers: SelectionAnswers
    /// The models in the order of rows: the runs of the protected model, its answers to paraphrases, then the others.
    private let sets: [ResponseSet]
    private let repeats: Range<Int>
    private let paraphrase: Int?
    private let redeployments: Range<Int>
    private let proxies: Range<Int>
    /// The panel by lineage, in order of the names.
    private let panel: [(lineage: String, members: [Int])]
    let relations: PairRelations
    private let offsets: TokenOffsets

    /// Prepares for the answers to some candidates.
    init(answers: SelectionAnswers, candidates: [CandidateProbe]) {
        self.answers = answers
        var sets = answers.protected
        repeats = 1..<sets.count
        paraphrase = answers.paraphrases == nil ? nil : sets.count
        sets += answers.paraphrases.map { [$0] } ?? []
        redeployments = sets.count..<sets.count + answers.redeployments.count
        sets += answers.redeployments
        proxies = sets.count..<sets.count + answers.proxies.count
        sets += answers.proxies
        let first = sets.count
        sets += answers.panel
        // Whatever stems from the protected model is one lineage, whose name no other has.
        let lineages = sets.indices.map { $0 < first ? Lineage("\u{0}") : sets[$0].model.lineage ?? Lineage("") }
        let groups = Dictionary(grouping: first..<sets.count) { lineages[$0].name }
        panel = groups.keys.sorted().map { ($0, groups[$0] ?? []) }
        let kin = Array(redeployments) + Array(proxies) + (paraphrase.map { [$0] } ?? [])
        // Repeats say nothing of what a thief would do, and stand in only where nothing else does.
        let own = (kin.isEmpty ? Array(repeats) : kin).map { (0, $0) }
        var related = own
        var unrelated: [(Int, Int)] = (first..<sets.count).map { (0, $0) }
        for left in first..<sets.count {
            for right in left + 1..<max(sets.count, left + 1) {
                if lineages[left] == lineages[right] {
                    related.append((left, right))
                } else {
                    unrelated.append((left, right))
                }
            }
        }
        self.sets = sets
        relations = PairRelations(lineages: lineages, related: related, unrelated: unrelated)
        let counted = candidates.filter { $0.probe.reading == .promptTokens }
        offsets = TokenOffsets(
            counts: counted.map { candidate in
                sets.map { $0.completions[candidate.id]?.first?.usage?.prompt }
            }, models: sets.count)
    }

    /// A candidate by itself, before it is compared with the others.
    struct Scored {
        /// The scores but for those that depend on other candidates.
        let scores: CandidateScores
        /// What d′ is made from.
        let moments: AgreementMoments
        /// The agreements of texts; nil where no related pair was asked, and for other readings.
        let texts: PackedAgreement?
    }

    /// Scores a candidate.
    func score(_ candidate: CandidateProbe) -> Scored {
        let reading = candidate.probe.reading
        let completions = sets.indices.map { index in
            let asked = index == paraphrase ? candidate.paraphrase?.id : candidate.id
            return asked.flatMap { sets[index].completions[$0] } ?? []
        }
        let agreement = AnswerAgreement(
            completions, reading: reading, weights: relations.weights, offsets: offsets)
        func mean(_ others: some Sequence<Int>) -> Double? { Self.mean(others.compactMap { agreement.mean(0, $0) }) }
        let own = ([0] + repeats).flatMap { completions[$0] }
        let parseRate =
            own.isEmpty ? nil : Self.mean(own.map { ReadAnswer.isReadable($0, reading: reading) ? 1 : 0 })
        let stability =
            repeats.isEmpty ? splitHalf(completions[0], reading: reading) : mean(repeats)
        // One value for each lineage: lineages are the replicates.
        let matches = panel.compactMap { group in mean(group.members).map { (group.lineage, $0) } }
        let match = matches.isEmpty ? nil : (1 + matches.reduce(0) { $0 + $1.1 }) / (Double(matches.count) + 2)
        var moments = AgreementMoments(agreement.views, relations: relations)
        // A single run without draws to split says nothing of stability; it is then taken as perfect and reported as nil.
        if relations.related.isEmpty, !own.isEmpty {
            moments = AgreementMoments(
                related: stability ?? 1, views: agreement.views.count, unrelated: moments.unrelated,
                profile: moments.profile)
        }
        let kin = Array(redeployments) + Array(proxies) + (paraphrase.map { [$0] } ?? [])
        let hit = mean(kin) ?? stability ?? (own.isEmpty ? nil : 1)
        let greedy = candidate.probe.sampling.temperature == 0
        let scores = CandidateScores(
            probe: candidate.id, family: candidate.family, tokens: candidate.tokens,
            parseRate: parseRate.map(Self.rounded), stability: stability.map(Self.rounded),
            paraphrase: paraphrase.flatMap { agreement.mean(0, $0) }.map(Self.rounded),
            robustness: mean(redeployments).map(Self.rounded), conferrability: mean(proxies).map(Self.rounded),
            margin: ReadAnswer.margin(completions[0], reading: reading).map(Self.rounded),
            panelMatch: match.map(Self.rounded),
            lineageMatches: Dictionary(
                matches.map { ($0.0, Self.rounded($0.1)) }, uniquingKeysWith: { first, _ in first }),
            discrimination: nil, information: Self.information(hit: hit, match: match).map(Self.rounded),
            fate: fate(
                parseRate: parseRate, stability: stability,
                leastStability: greedy ? Self.leastStability : Self.leastSampledStability, moments: moments))
        let areTexts = agreement.views.count == TextViews.count && !relations.related.isEmpty
        return Scored(
            scores: scores, moments: moments,
            texts: areTexts
                ? PackedAgreement(agreement.views, members: relations.members, models: relations.models) : nil)
    }

    /// Fates that do not depend on the other candidates; `quota` stands for "not decided".
    private func fate(
        parseRate: Double?, stability: Double?, leastStability: Double, moments: AgreementMoments
    ) -> CandidateScores.Fate {
        guard let parseRate else { return .unanswered }
        if parseRate < Self.leastParseRate { return .unreadable }
        if let stability, stability < leastStability { return .unstable }
        if panel.isEmpty { return .quota }
        return moments.related.weight > 0 && moments.unrelated.weight > 0 ? .quota : .unanswered
    }

    /// The agreement of the even draws with the odd ones, where there are no repeats; nil for fewer than 4 draws.
    private func splitHalf(_ completions: [Completion], reading: Reading) -> Double? {
        guard completions.count >= 4 else { return nil }
        let halves = [0, 1].map { half in
            completions.enumerated().filter { $0.offset % 2 == half }.map(\.element)
        }
        return AnswerAgreement(
            halves, reading: reading, weights: [0.5, 0.5], offsets: TokenOffsets(counts: [], models: 2)
        ).mean(0, 1)
    }

    static func information(hit: Double?, match: Double?) -> Double? {
        guard let hit, let match else { return nil }
        guard hit > match else { return 0 }
        let missTerm = hit < 1 ? (1 - hit) * log((1 - hit) / (1 - match)) : 0
        return hit * log(hit / match) + missTerm
    }

    static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// Six significant digits, so that the last bits of a sum decide nothing.
    static func rounded(_ value: Double) -> Double {
        guard value != 0, value.isFinite else { return 0 }
        let scale = pow(10, 5 - floor(log10(abs(value))))
        return (value * scale).rounded() / scale
    }
}
