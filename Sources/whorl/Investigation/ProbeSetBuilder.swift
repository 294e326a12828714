import Acquisition
import CaseStore
import ForensicTypes
import Foundation
import ProbeGeneration

/// Builds a probe set for a protected model: generates candidates, searches, asks models, selects, seals.
///
/// What the models answered is kept in a case of its own beside the set, so that an interrupted selection goes on and the
/// choice can be audited.
struct ProbeSetBuilder {
    /// What the owner decides about a set.
    struct Choices {
        var name: String
        /// The families to draw from; nil takes all that the library allows.
        var families: [String]?
        /// Candidates of each family.
        var candidates = 20
        /// Instances that the protected model is asked once, for each family that is found by asking.
        var search = 100
        /// Whether the protected model is also asked in other words.
        var paraphrases = true
        var budget: ProbeBudget
        /// The most probes of a family, by name.
        var quotas: [String: Int] = [:]
        var seed: UInt64
        var secret: ProbeSecret?
        var epoch = ""
        var rule = SelectionRule.conditionalDiscrimination
        /// Whether the set shall pass simple filters.
        var natural = false
    }

    /// Whom selection asks.
    struct Models {
        var protected: EndpointConfiguration
        var redeployments: [EndpointConfiguration] = []
        var panel: [EndpointConfiguration] = []
        var proxies: [EndpointConfiguration] = []

        /// The protected model is asked twice: the second run tells how stable its answers are.
        var repeated: EndpointConfiguration {
            var second = protected
            second.identity = ModelIdentity(
                name: protected.identity.name + ".repeat", role: .redeployment, lineage: protected.identity.lineage)
            return second
        }

        var all: [EndpointConfiguration] { [protected, repeated] + redeployments + panel + proxies }
    }

    let choices: Choices
    let models: Models
    /// The folder of the selection's own case.
    let workspace: String

    /// A built set, and what the owner should know of how it came about.
    struct Built {
        let sealed: SealedProbeSet
        let remarks: [String]
    }

    /// Asks the models and seals the best candidates.
    ///
    /// Whatever can be refused is refused before anything is asked. A run that was cut off goes on where it stopped.
    func build(progress: @Sendable (String, CollectionProgress) -> Void) async throws -> Built {
        try SelectionAnswers.check(panel: models.panel.map(\.identity), protected: models.protected.identity)
        let generator = ProbeGenerator(
            library: try .shipped(), seed: choices.seed, secret: choices.secret, epoch: choices.epoch)
        let families = try generator.library.families(named: choices.families)
        var candidates: [CandidateProbe] = []
        for family in families where family.search == nil {
            candidates += try generator.candidates(
                of: family, count: choices.candidates, paraphrased: choices.paraphrases)
        }
        let searching = try families.filter { $0.search != nil }.map { family in
            try generator.candidates(
                of: family, count: max(choices.search, choices.candidates), paraphrased: choices.paraphrases)
        }
        try ProbeSelection.check(
            candidates + searching.flatMap { $0.prefix(choices.candidates) }, budget: choices.budget,
            quotas: choices.quotas)

        let store = try await openWorkspace()
        var remarks: [String] = []
        for (family, instances) in zip(families.filter { $0.search != nil }, searching) {
            guard let goal = family.search else { continue }
            let found = try await search(instances, goal: goal, in: store) { progress("search", $0) }
            remarks.append(
                "\(family.id): \(found.count) of \(instances.count) instances are worth asking"
                    + (found.isEmpty ? "; the family is left out" : ""))
            candidates += found
        }
        guard !candidates.isEmpty else {
            throw CommandError(
                .badInput,
                "no instance is worth asking: \(remarks.joined(separator: ", ")); raise --search or add families")
        }
        let outcome = try ProbeSelection.select(
            candidates, answers: try await ask(candidates, in: store) { progress("ask", $0) }, budget: choices.budget,
            quotas: choices.quotas.filter { quota in candidates.contains { $0.family == quota.key } },
            rule: choices.rule, filters: try choices.natural ? TrafficDetectors(generator.library.corpora) : nil)
        if let repeats = outcome.record.repeats, repeats.identical < repeats.asked {
            remarks.append(
                "\(models.protected.identity.name) gave another answer to \(repeats.asked - repeats.identical) of "
                    + "\(repeats.asked) probes when asked again at temperature 0; unstable probes are left out")
        }
        return Built(
            sealed: try SealedProbeSet.seal(
                name: choices.name, probes: outcome.chosen.map(\.identified), generator: generator,
                selection: outcome.record),
            remarks: remarks)
    }

    /// Asks the protected model each instance once and keeps those that are worth asking everybody.
    private func search(
        _ instances: [CandidateProbe], goal: ProbeFamily.SearchGoal, in store: CaseStore,
        progress: @Sendable (CollectionProgress) -> Void
    ) async throws -> [CandidateProbe] {
        func answered(_ questions: [IdentifiedProbe]) async throws -> ResponseSet {
            try await collect(questions, from: [models.protected], in: store, progress: progress)
            return try await RecordedAnswers.read(models.protected.identity, from: store, probes: questions).responses
        }
        var questions = try instances.map(CandidateSearch.question)
        var answers = try await answered(questions)
        if goal == .nearTie, !CandidateSearch.showsAlternatives(answers) {
            questions = try instances.map(CandidateSearch.repeatedQuestion)
            answers = try await answered(questions)
        }
        return CandidateSearch.found(
            zip(instances, questions.map(\.id)).map { ($0, $1) }, goal: goal, in: answers, count: choices.candidates)
    }

    /// Asks every model the candidates, and the protected model their paraphrases.
    private func ask(
        _ candidates: [CandidateProbe], in store: CaseStore, progress: @Sendable (CollectionProgress) -> Void
    ) async throws -> SelectionAnswers {
        let probes = candidates.map(\.identified)
        // Two candidates may have the same words for each other.
        let paraphrases = Dictionary(
            candidates.compactMap(\.paraphrase).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }
        ).values.sorted { $0.id < $1.id }
        try await collect(probes, from: models.all, in: store, progress: progress)
        if !paraphrases.isEmpty {
            try await collect(paraphrases, from: [models.protected], in: store, progress: progress)
        }
        func answers(_ endpoints: [EndpointConfiguration]) async throws -> [ResponseSet] {
            var sets: [ResponseSet] = []
            for endpoint in endpoints {
                sets.append(try await RecordedAnswers.read(endpoint.identity, from: store, probes: probes).responses)
            }
            return sets
        }
        let reworded = try await RecordedAnswers.read(models.protected.identity, from: store, probes: paraphrases)
        return try SelectionAnswers(
            protected: try await answers([models.protected, models.repeated]),
            paraphrases: paraphrases.isEmpty ? nil : reworded.responses,
            redeployments: try await answers(models.redeployments), panel: try await answers(models.panel),
            proxies: try await answers(models.proxies))
    }

    private func collect(
        _ probes: [IdentifiedProbe], from endpoints: [EndpointConfiguration], in store: CaseStore,
        progress: @Sendable (CollectionProgress) -> Void
    ) async throws {
        let summary = try await Collector(
            store: store, endpoints: endpoints, probes: probes, run: "selection-\(UUID().uuidString)", plan: nil,
            seed: choices.seed
        ).run(progress: progress)
        if summary.wasStopped {
            throw CommandError(
                .incomplete, "stopped after \(summary.answered) answers; what was answered is kept, run again to go on")
        }
    }

    private func openWorkspace() async throws -> CaseStore {
        try await Self.openWorkspace(workspace, name: "selection of \(choices.name)")
    }

    private static func openWorkspace(_ folder: String, name: String) async throws -> CaseStore {
        if FileManager.default.fileExists(atPath: folder + "/case.json") {
            return try await CaseStore.open(at: folder, access: .write, who: .current, tool: .current)
        }
        return try await CaseStore.create(at: folder, name: name, who: .current, tool: .current)
    }

    /// What some models answer to some probes; a run that was cut off goes on from its folder.
    static func answers(
        to probes: [IdentifiedProbe], from endpoints: [EndpointConfiguration], workspace: String, name: String,
        seed: UInt64, progress: @Sendable (CollectionProgress) -> Void
    ) async throws -> [ResponseSet] {
        let store = try await openWorkspace(workspace, name: name)
        _ = try await Collector(
            store: store, endpoints: endpoints, probes: probes, run: "\(name)-\(UUID().uuidString)", plan: nil,
            seed: seed
        ).run(progress: progress)
        var sets: [ResponseSet] = []
        for endpoint in endpoints {
            sets.append(try await RecordedAnswers.read(endpoint.identity, from: store, probes: probes).responses)
        }
        return sets
    }
}
