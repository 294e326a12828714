import Acquisition
import CaseStore
import Evidence
import ForensicTypes
import Foundation
import ProbeGeneration

extension Investigation {
    /// Asks every endpoint of the plan what the case does not hold yet.
    func collect(progress: @Sendable (CollectionProgress) -> Void) async throws -> CollectionSummary {
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
        return try await Collector(
            store: open(.write), endpoints: endpoints, probes: probes, run: "collection-\(UUID().uuidString)",
            plan: sealed.digest, seed: sealed.seed,
            policy: RetryPolicy(maximumAttempts: sealed.plan.maximumAttempts)
        ).run(progress: progress)
    }
}
