internal import CaseStore
internal import ForensicTypes
internal import WireFormats

/// A campaign against what the case already holds.
struct CampaignPreparation: Sendable {
    var machine: CampaignStateMachine
    /// Draws that the probes ask of all endpoints together.
    let wanted: Int
    /// Draws with an answer from earlier runs.
    let alreadyThere: Int
    /// Draws that an endpoint's protocol cannot carry.
    let unsupported: Int
    // By endpoint, then by probe.
    private let requests: [[Digest: ProviderRequest]]

    init(
        store: CaseStore, endpoints: [EndpointConfiguration], probes: [IdentifiedProbe], seed: UInt64,
        policy: RetryPolicy
    ) async throws(CaseStoreError) {
        var plans: [CampaignStateMachine.EndpointPlan] = []
        var requests: [[Digest: ProviderRequest]] = []
        var counts = (wanted: 0, alreadyThere: 0, unsupported: 0)
        for endpoint in endpoints {
            let name = endpoint.identity.name
            var attempts: [DrawKey: Int] = [:]
            var answered: Set<DrawKey> = []
            var refused: Set<DrawKey> = []
            let recorded = try await store.attempts(of: name)
            for attempt in recorded {
                let key = DrawKey(probe: attempt.probe, draw: attempt.draw)
                attempts[key] = max(attempts[key] ?? 0, attempt.attempt + 1)
                if attempt.outcome.isAnswer && attempt.outcome != .imported { answered.insert(key) }
                if [400, 413, 422].contains(attempt.outcome.status) { refused.insert(key) }
            }
            var draws: [DrawKey: Int] = [:]
            var byProbe: [Digest: ProviderRequest] = [:]
            for probe in probes {
                counts.wanted += probe.probe.draws
                guard let request = try? ProviderRequest(probe.probe, endpoint.providerSettings) else {
                    counts.unsupported += probe.probe.draws
                    continue
                }
                byProbe[probe.id] = request
                for draw in 0..<probe.probe.draws {
                    let key = DrawKey(probe: probe.id, draw: draw)
                    if answered.contains(key) {
                        counts.alreadyThere += 1
                    } else if !refused.contains(key) {
                        draws[key] = attempts[key] ?? 0
                    }
                }
            }
            plans.append(
                CampaignStateMachine.EndpointPlan(
                    model: name, draws: draws, maximumConcurrency: endpoint.maximumConcurrency,
                    requestsPerMinute: endpoint.requestsPerMinute,
                    remainingRequests: endpoint.maximumRequests.map { max(0, $0 - recorded.count) }))
            requests.append(byProbe)
        }
        machine = CampaignStateMachine(endpoints: plans, seed: seed, policy: policy)
        self.requests = requests
        wanted = counts.wanted
        alreadyThere = counts.alreadyThere
        unsupported = counts.unsupported
    }

    /// The request of an attempt.
    func request(for attempt: CampaignAttempt) -> ProviderRequest? { requests[attempt.endpoint][attempt.key.probe] }
}
