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
    ///   - events: Is told of every attempt, of endpoints that are given up, and of the end.
    func collect(
        deadline: Double? = nil, events: @Sendable (CollectionEvent) -> Void
    ) async throws -> CollectionSummary {
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
        var collector = Collector(
            store: try await open(.write), endpoints: endpoints, probes: probes, run: "collection-\(UUID().uuidString)",
            plan: sealed.digest, seed: sealed.seed,
            policy: RetryPolicy(maximumAttempts: sealed.plan.maximumAttempts))
        collector.deadline = deadline
        return try await collector.run(events: events)
    }
}
