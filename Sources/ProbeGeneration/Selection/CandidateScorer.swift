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
    /// The spread that d′ is given at least, so that few models do not make it infinite.
    static let spreadFloor = 0.05

    let answers: SelectionAnswers
    /// The panel by lineage, in order of the names.
    private let panel: [[ResponseSet]]

    init(answers: SelectionAnswers) {
        self.answers = answers
        let groups = Dictionary(grouping: answers.panel) { $0.model.lineage?.name ?? "" }
        panel = groups.keys.sorted().compactMap { groups[$0] }
    }

    /// The scores, and the unrelated agreements by pair of lineages, which tell how two candidates overlap.
    func score(_ candidate: CandidateProbe) -> (scores: CandidateScores, profile: [Double]) {
        let reading = candidate.probe.reading
        func completions(_ set: ResponseSet) -> [Completion] { set.completions[candidate.id] ?? [] }
        func agreement(_ left: ResponseSet, _ right: ResponseSet) -> Double? {
            AnswerAgreement.between(completions(left), completions(right), reading: reading)
        }
        let reference = answers.protected[0]
        let own = answers.protected.flatMap(completions)
        let parseRate =
            own.isEmpty ? nil : Self.mean(own.map { AnswerAgreement.isReadable($0, reading: reading) ? 1 : 0 })
        let repeats = answers.protected.dropFirst().compactMap { agreement(reference, $0) }
        let stability = repeats.isEmpty ? splitHalf(completions(reference), reading: reading) : Self.mean(repeats)
        let redeployed = answers.redeployments.compactMap { agreement(reference, $0) }
        let conferred = answers.proxies.compactMap { agreement(reference, $0) }
        // One value for each lineage, and one for each pair of lineages: lineages are the replicates.
        let matches = panel.compactMap { members in Self.mean(members.compactMap { agreement(reference, $0) }) }
        var profile: [Double] = panel.map { members in Self.mean(members.compactMap { agreement(reference, $0) }) ?? 0 }
        var unrelated = matches
        for left in panel.indices {
            for right in panel.indices where right > left {
                let between = Self.mean(
                    panel[left].flatMap { one in panel[right].compactMap { agreement(one, $0) } })
                profile.append(between ?? 0)
                if let between { unrelated.append(between) }
            }
        }
        var related = (conferred.isEmpty ? stability.map { [$0] } ?? [] : conferred) + redeployed
        // A single run without draws to split says nothing of stability; it is then taken as perfect and reported as nil.
        if related.isEmpty, answers.protected.count == 1, !own.isEmpty { related = [1] }
        let match = matches.isEmpty ? nil : (1 + matches.reduce(0, +)) / (Double(matches.count) + 2)
        let scores = CandidateScores(
            probe: candidate.id, family: candidate.family, tokens: candidate.tokens,
            parseRate: parseRate.map(Self.rounded), stability: stability.map(Self.rounded),
            robustness: Self.mean(redeployed).map(Self.rounded), conferrability: Self.mean(conferred).map(Self.rounded),
            panelMatch: match.map(Self.rounded),
            discrimination: Self.discrimination(related: related, unrelated: unrelated).map(Self.rounded),
            information: Self.information(hit: Self.mean(related), match: match).map(Self.rounded),
            fate: fate(
                parseRate: parseRate, stability: stability,
                leastStability: candidate.probe.sampling.temperature > 0
                    ? Self.leastSampledStability : Self.leastStability,
                related: related, unrelated: unrelated))
        return (scores, profile)
    }

    /// Fates that do not depend on the other candidates; `quota` stands for "not decided".
    private func fate(
        parseRate: Double?, stability: Double?, leastStability: Double, related: [Double], unrelated: [Double]
    ) -> CandidateScores.Fate {
        guard let parseRate else { return .unanswered }
        if parseRate < Self.leastParseRate { return .unreadable }
        if let stability, stability < leastStability { return .unstable }
        if panel.isEmpty { return .quota }
        if unrelated.isEmpty || related.isEmpty { return .unanswered }
        if let discrimination = Self.discrimination(related: related, unrelated: unrelated), discrimination <= 0 {
            return .undiscriminating
        }
        return .quota
    }

    /// The agreement of the even draws with the odd ones, where there are no repeats; nil for fewer than 4 draws.
    private func splitHalf(_ completions: [Completion], reading: Reading) -> Double? {
        guard completions.count >= 4 else { return nil }
        let even = completions.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        let odd = completions.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
        return AnswerAgreement.between(even, odd, reading: reading)
    }

    static func discrimination(related: [Double], unrelated: [Double]) -> Double? {
        guard let high = mean(related), let low = mean(unrelated) else { return nil }
        let variance = (self.variance(related) + self.variance(unrelated)) / 2
        return (high - low) / (variance + spreadFloor * spreadFloor).squareRoot()
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

    private static func variance(_ values: [Double]) -> Double {
        guard values.count > 1, let mean = mean(values) else { return 0 }
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }

    /// Six significant digits, so that the last bits of a sum decide nothing.
    static func rounded(_ value: Double) -> Double {
        guard value != 0, value.isFinite else { return 0 }
        let scale = pow(10, 5 - floor(log10(abs(value))))
        return (value * scale).rounded() / scale
    }
}
