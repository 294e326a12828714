import Acquisition
import CaseStore
import Evidence
import ForensicTypes
import Foundation
import ProbeGeneration

extension Investigation {
    /// Asks every endpoint of the plan what the case does not hold yet.
    ///
    /// - Parameters:
    ///   - deadline: Seconds after which nothing more is sent; nil for no limit.
    ///   - signer: Who signs checkpoints while records are collected, and who stamps them; nil makes none.
    ///   - checkpoints: Is told of every checkpoint.
    ///   - events: Is told of every attempt, of endpoints that are given up, and of the end.
    func collect(
        deadline: Double? = nil, signer: (key: SigningKey, authorities: TimestampAuthorities)? = nil,
        checkpoints: @escaping @Sendable (CheckpointReport) -> Void = { _ in },
        events: @escaping @Sendable (CollectionEvent) -> Void
    ) async throws -> (summary: CollectionSummary, checkpoints: CheckpointCount?) {
        let sealed = try sealedPlan()
        let probes = try probeSet(of: sealed.plan).probeSet.probes
        let endpoints = try EndpointSource.all(in: endpointsFolder).map(\.configuration)
        let named = Set([sealed.plan.protected] + sealed.plan.suspects + sealed.plan.panel.map(\.name))
        guard Set(endpoints.map(\.identity.name)) == named else {
            throw CommandError(
                .badInput,
                "\(endpointsFolder) holds \(endpoints.map(\.identity.name).joined(separator: ", ")), the plan names "
                    + named.sorted().joined(separator: ", "))
        }
        let store = try await open(.write)
        var collector = Collector(
            store: store, endpoints: endpoints, probes: probes, run: "collection-\(UUID().uuidString)",
            plan: sealed.digest, seed: sealed.seed,
            policy: RetryPolicy(maximumAttempts: sealed.plan.maximumAttempts))
        collector.deadline = deadline
        guard let signer else { return (try await collector.run(events: events), nil) }
        let keeper = try CheckpointKeeper(
            self, store: store, key: signer.key, authorities: signer.authorities, told: checkpoints)
        let keeping = Task { try await keeper.run() }
        let collected: Result<CollectionSummary, any Error>
        do {
            collected = .success(try await collector.run(events: events))
        } catch {
            collected = .failure(error)
        }
        // What was recorded is covered also where an endpoint was given up.
        keeping.cancel()
        try await keeping.value
        try await keeper.make()
        return (try collected.get(), CheckpointCount(made: await keeper.made, problem: await keeper.problem))
    }
}

/// The checkpoints that one collection made.
struct CheckpointCount: Sendable {
    let made: Int
    /// Why a stamp is missing; nil where none is.
    let problem: String?
}
