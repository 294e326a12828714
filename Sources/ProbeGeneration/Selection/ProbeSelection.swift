internal import ForensicTypes

/// Chooses probes out of candidates, by what models answered, within a budget.
public enum ProbeSelection {
    /// The chosen probes and how they were chosen.
    public struct Outcome: Sendable {
        /// The chosen candidates, in order of their digests.
        public let chosen: [CandidateProbe]
        /// The record of the choice.
        public let record: SelectionRecord
    }

    /// Chooses probes.
    ///
    /// Families take turns in order of their names, each giving its best candidate that fits the rest of the budget, until
    /// nothing fits or the quotas are full. Twins enter together. Without answers, or with answers of the protected model
    /// alone, candidates are taken in the order in which they were generated.
    ///
    /// - Parameters:
    ///   - candidates: the candidates, all different.
    ///   - answers: what models answered; nil chooses by order alone.
    ///   - budget: the most queries and tokens for one endpoint.
    ///   - quotas: the most probes of a family, by name; a family that is not named has no limit.
    ///   - rule: how candidates of one family are ordered.
    ///   - filters: filters that shall not notice the set; nil for none.
    /// - Throws: `budget` if not even one probe of each family fits, `duplicateProbe`, `unknownName` for a quota of a family
    ///   without candidates, `unusableAnswers` if the protected model answered nothing that can be read.
    public static func select(
        _ candidates: [CandidateProbe], answers: SelectionAnswers? = nil, budget: ProbeBudget,
        quotas: [String: Int] = [:], rule: SelectionRule = .conditionalDiscrimination,
        filters: TrafficDetectors? = nil
    ) throws(ProbeGenerationError) -> Outcome {
        let ordered = candidates.sorted { $0.id < $1.id }
        for (left, right) in zip(ordered, ordered.dropFirst()) where left.id == right.id {
            throw ProbeGenerationError(.duplicateProbe, "the candidate \(left.id.abbreviated) occurs twice")
        }
        let families = Set(candidates.map(\.family)).sorted()
        try check(candidates, families: families, budget: budget, quotas: quotas)

        let hasPanel = answers?.panel.isEmpty == false
        var scores = candidates.map(unasked)
        var queues: [String: [Int]]
        if let answers {
            try answers.check(candidates)
            let scorer = CandidateScorer(answers: answers, candidates: candidates)
            let scored = candidates.map(scorer.score)
            scores = scored.map(\.scores)
            queues =
                hasPanel ? ranked(scored, relations: scorer.relations, scores: &scores, rule: rule) : inTurn(scores)
            guard scores.contains(where: { $0.fate == .quota || $0.fate == .undiscriminating }) else {
                let fates = Dictionary(scores.map { ($0.fate.rawValue, 1) }, uniquingKeysWith: +).sorted {
                    $0.key < $1.key
                }
                throw ProbeGenerationError(
                    .unusableAnswers,
                    "none of \(candidates.count) candidates has a readable and stable answer of the protected model: "
                        + fates.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
                        + ". Does it refuse, or answer otherwise each time at temperature 0?")
            }
        } else {
            queues = inTurn(scores)
        }
        let chosen = fill(
            candidates, queues: queues, families: families, budget: budget, quotas: quotas,
            choice: filters.map { InconspicuousChoice($0, count: min(candidates.count, budget.queries)) },
            scores: &scores)
        let models = answers.map { $0.protected + $0.redeployments + $0.panel + $0.proxies } ?? []
        let record = SelectionRecord(
            rule: hasPanel ? rule.name : "order", budget: budget, lineages: answers?.lineages ?? [],
            models: Set(models.map(\.model.name)).sorted(), repeats: answers?.repeats(of: candidates),
            candidates: scores.sorted { $0.probe < $1.probe })
        return Outcome(chosen: chosen.map { candidates[$0] }.sorted { $0.id < $1.id }, record: record)
    }

    /// The candidates that may still be chosen, by family, in the order in which they were generated.
    private static func inTurn(_ scores: [CandidateScores]) -> [String: [Int]] {
        Dictionary(grouping: scores.indices.filter { scores[$0].fate == .quota }) { scores[$0].family }
    }

    /// The candidates that may still be chosen, by family, best first; puts d′ and its consequence into the scores.
    private static func ranked(
        _ scored: [CandidateScorer.Scored], relations: PairRelations, scores: inout [CandidateScores],
        rule: SelectionRule
    ) -> [String: [Int]] {
        var profiles = [[Double]](repeating: [], count: scores.count)
        let moderation = rule.moderation(replicates: relations.relatedCells)
        // Candidates with one number of views are on one scale.
        let groups = Dictionary(grouping: scores.indices) { "\(scored[$0].moments.views) \(scored[$0].scores.family)" }
        for group in groups.values.map({ $0.sorted() }) {
            let plain = Discrimination(group.map { scored[$0].moments }, moderation: moderation)
            let texts = group.compactMap { scored[$0].texts }
            let conditional =
                rule.isConditional && texts.count == group.count
                ? Discrimination.conditionalMoments(texts, relations: relations) : nil
            let found = conditional.map { Discrimination($0, moderation: moderation) } ?? plain
            for (place, index) in group.enumerated() {
                scores[index].discrimination = found.values[place].map(CandidateScorer.rounded)
                profiles[index] = plain.profiles[place]
                // What all models agree on alike tells nothing, whatever is taken off.
                if scores[index].fate == .quota, let value = plain.values[place], CandidateScorer.rounded(value) <= 0 {
                    scores[index].fate = .undiscriminating
                }
            }
        }
        // Ties go to the smaller digest, whatever the order of generation.
        let ordered = scores
        return inTurn(scores).mapValues { queue in
            order(
                queue.sorted { ordered[$0].probe < ordered[$1].probe }, discrimination: ordered.map(\.discrimination),
                information: ordered.map(\.informationPerKilotoken), profiles: profiles, rule: rule)
        }
    }

    private static func unasked(_ candidate: CandidateProbe) -> CandidateScores {
        CandidateScores(
            probe: candidate.id, family: candidate.family, tokens: candidate.tokens, parseRate: nil, stability: nil,
            paraphrase: nil, robustness: nil, conferrability: nil, margin: nil, panelMatch: nil, lineageMatches: [:],
            discrimination: nil, information: nil, fate: .quota)
    }

    /// Checks what can be checked before anything is asked: that one probe of every family fits the budget.
    ///
    /// - Throws: as ``select(_:answers:budget:quotas:rule:)`` does.
    public static func check(
        _ candidates: [CandidateProbe], budget: ProbeBudget, quotas: [String: Int] = [:]
    ) throws(ProbeGenerationError) {
        try check(
            candidates, families: Set(candidates.map(\.family)).sorted(), budget: budget, quotas: quotas)
    }

    private static func check(
        _ candidates: [CandidateProbe], families: [String], budget: ProbeBudget, quotas: [String: Int]
    ) throws(ProbeGenerationError) {
        guard !candidates.isEmpty else { throw ProbeGenerationError(.budget, "there are no candidates to choose from") }
        for name in quotas.keys.sorted() where !families.contains(name) {
            throw ProbeGenerationError(.unknownName, "a quota names the family \(name), which has no candidates")
        }
        for (name, quota) in quotas.sorted(by: { $0.key < $1.key }) where quota < 1 {
            throw ProbeGenerationError(.budget, "the quota of \(name) is \(quota); leave the family out instead")
        }
        var queries = 0
        var tokens = 0
        for family in families {
            let members = candidates.filter { $0.family == family }
            queries += members.map(\.queries).min() ?? 0
            tokens += members.map(\.tokens).min() ?? 0
        }
        guard queries <= budget.queries, tokens <= budget.tokens else {
            throw ProbeGenerationError(
                .budget,
                "one probe of each of \(families.count) families takes \(queries) queries and \(tokens) tokens, the budget is \(budget.queries) and \(budget.tokens); raise it or name fewer families"
            )
        }
    }

    /// Fills the budget in turns. Returns the indices of the chosen candidates.
    private static func fill(
        _ candidates: [CandidateProbe], queues: [String: [Int]], families: [String], budget: ProbeBudget,
        quotas: [String: Int], choice: InconspicuousChoice?, scores: inout [CandidateScores]
    ) -> [Int] {
        var choice = choice
        var twins: [String: [Int]] = [:]
        for index in candidates.indices {
            guard let pair = candidates[index].pair else { continue }
            twins["\(candidates[index].family) \(pair)", default: []].append(index)
        }
        var queues = queues.mapValues { $0[...] }
        var taken: [String: Int] = [:]
        var chosen: [Int] = []
        var queries = 0
        var tokens = 0
        var active = families
        while !active.isEmpty {
            for family in active {
                var placed = false
                while let index = queues[family]?.popFirst() {
                    guard scores[index].fate == .quota else { continue }  // a twin that is in already
                    let group = candidates[index].pair.flatMap { twins["\(family) \($0)"] } ?? [index]
                    let groupQueries = group.reduce(0) { $0 + candidates[$1].queries }
                    let groupTokens = group.reduce(0) { $0 + candidates[$1].tokens }
                    guard taken[family, default: 0] + group.count <= quotas[family] ?? .max else { continue }
                    guard queries + groupQueries <= budget.queries, tokens + groupTokens <= budget.tokens else {
                        scores[index].fate = .budget
                        continue
                    }
                    guard choice?.admit(group.map { candidates[$0].probe }) ?? true else {
                        for member in group { scores[member].fate = .conspicuous }
                        continue
                    }
                    queries += groupQueries
                    tokens += groupTokens
                    taken[family, default: 0] += group.count
                    for member in group { scores[member].fate = .kept }
                    chosen += group
                    placed = true
                    break
                }
                if !placed { active.removeAll { $0 == family } }
            }
        }
        return chosen
    }
}
