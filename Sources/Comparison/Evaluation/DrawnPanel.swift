internal import ContentAddressing
internal import ForensicTypes

/// The probes of one draw with the answers of all models, and the order of the lineages.
struct DrawnPanel {
    private let probes: [IdentifiedProbe]
    private let answers: [String: [Completion]]
    private let record: LineageRecord
    private let members: [[String]]
    private let size: Int
    private let population: PopulationViews?

    init(
        prompts: [String], order: [Lineage], settings: PanelDraws.Settings, texts: PanelDraws.Texts,
        record: LineageRecord
    ) {
        self.probes = prompts.map { prompt in
            IdentifiedProbe(
                id: SHA256Digest.of(text: prompt),
                probe: Probe(
                    family: "population", prompt: .raw(prompt), sampling: SamplingParameters(), draws: 1, reading: .text
                ))
        }
        let named = zip(prompts, probes)
        self.answers = texts.mapValues { answers in
            named.compactMap { prompt, probe in
                answers[prompt].map { Completion(probe: probe.id, draw: 0, text: $0) }
            }
        }
        self.record = record
        self.size = settings.lineages
        self.population =
            settings.rarity == .population ? PopulationViews(prompts: prompts, texts: texts, record: record) : nil
        let models = Dictionary(grouping: texts.keys.sorted()) { record.entries[$0]?.lineage }
        self.members = order.map { models[$0] ?? [] }
    }

    /// The score of a pair against the first lineages that are not its own; nil where it is not computable.
    func score(_ pair: ModelPair) -> Double? {
        let own = Set([pair.first, pair.second].compactMap { record.entries[$0]?.lineage })
        let panel = members.lazy.filter { members in
            members.first.flatMap { record.entries[$0]?.lineage }.map { !own.contains($0) } ?? false
        }
        let drawn = panel.prefix(size).joined()
        if let population { return population.score(pair, panel: drawn) }
        let evidence = PairEvidence(
            probes: probes, protected: set(pair.first, .protected), suspect: set(pair.second, .suspect),
            panel: drawn.map { set($0, .panel) }, seed: 1)
        return PanelNormalisedSimilarity().similarity(evidence)?.value
    }

    private func set(_ model: String, _ role: ModelRole) -> ResponseSet {
        ResponseSet(
            model: ModelIdentity(
                name: model, role: role, lineage: role == .suspect ? nil : record.entries[model]?.lineage),
            completions: answers[model] ?? [])
    }
}

/// The similarities of all models at once: what is rare is the same for every pair.
private struct PopulationViews {
    private let views: SimilarityViews
    private let places: [String: Int]

    init(prompts: [String], texts: PanelDraws.Texts, record: LineageRecord) {
        let names = record.entries.keys.filter { texts[$0] != nil }.sorted()
        var views = SimilarityViews(
            models: names.map { ModelIdentity(name: $0, role: .panel, lineage: record.entries[$0]?.lineage) }, folds: 2)
        views.add(
            each: prompts.map { prompt in names.map { name in texts[name]?[prompt].flatMap { $0.isEmpty ? nil : $0 } } }
        )
        self.views = views
        self.places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }

    func score(_ pair: ModelPair, panel: some Sequence<String>) -> Double? {
        guard let first = places[pair.first], let second = places[pair.second] else { return nil }
        let cohort = SymmetricNormalisation.Cohort(
            models: panel.compactMap { places[$0] }, of: views, excluding: (first, second))
        return try? SymmetricNormalisation.score(first, second, in: views, cohort: cohort).value
    }
}
