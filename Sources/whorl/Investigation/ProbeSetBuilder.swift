import Acquisition
import CaseStore
import ForensicTypes
import Foundation
import ProbeGeneration

/// Builds a probe set for a protected model: generates candidates, asks models, selects, seals.
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
        var budget: ProbeBudget
        /// The most probes of a family, by name.
        var quotas: [String: Int] = [:]
        var seed: UInt64
        var secret: ProbeSecret?
        var epoch = ""
        var rule = SelectionRule.discrimination
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

    /// Asks the models and seals the best candidates.
    func build(progress: @Sendable (CollectionProgress) -> Void) async throws -> SealedProbeSet {
        let generator = ProbeGenerator(
            library: try .shipped(), seed: choices.seed, secret: choices.secret, epoch: choices.epoch)
        let candidates = try generator.candidates(count: choices.candidates, families: choices.families)
        let probes = candidates.map(\.identified)
        let store = try await openWorkspace()
        _ = try await Collector(
            store: store, endpoints: models.all, probes: probes, run: "selection-\(UUID().uuidString)", plan: nil,
            seed: choices.seed
        ).run(progress: progress)

        func answers(_ endpoints: [EndpointConfiguration]) async throws -> [ResponseSet] {
            var sets: [ResponseSet] = []
            for endpoint in endpoints {
                sets.append(try await RecordedAnswers.read(endpoint.identity, from: store, probes: probes).responses)
            }
            return sets
        }
        let outcome = try ProbeSelection.select(
            candidates,
            answers: SelectionAnswers(
                protected: try await answers([models.protected, models.repeated]),
                redeployments: try await answers(models.redeployments), panel: try await answers(models.panel),
                proxies: try await answers(models.proxies)),
            budget: choices.budget, quotas: choices.quotas, rule: choices.rule)
        return try SealedProbeSet.seal(
            name: choices.name, probes: outcome.chosen.map(\.identified), generator: generator,
            selection: outcome.record)
    }

    private func openWorkspace() async throws -> CaseStore {
        if FileManager.default.fileExists(atPath: workspace + "/case.json") {
            return try await CaseStore.open(at: workspace, access: .write, who: .current, tool: .current)
        }
        return try await CaseStore.create(
            at: workspace, name: "selection of \(choices.name)", who: .current, tool: .current)
    }
}
