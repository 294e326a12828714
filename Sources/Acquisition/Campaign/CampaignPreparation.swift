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

    /// - Parameter deadline: When nothing more is sent, by the monotonic clock in nanoseconds.
    init(
        store: CaseStore, endpoints: [EndpointConfiguration], probes: [IdentifiedProbe], seed: UInt64,
        policy: RetryPolicy, deadline: Int64
    ) async throws(CaseStoreError) {
        var plans: [CampaignStateMachine.EndpointPlan] = []
        var requests: [[Digest: ProviderRequest]] = []
        var counts = (wanted: 0, alreadyThere: 0, unsupported: 0)
        for endpoint in endpoints {
            let recorded = try await store.attempts(of: endpoint.identity.name)
            let history = DrawHistory(recorded)
            var draws: [DrawKey: Int] = [:]
            var costs: [Digest: TokenUsage] = [:]
            var byProbe: [Digest: ProviderRequest] = [:]
            for probe in probes {
                counts.wanted += probe.probe.draws
                guard let request = try? ProviderRequest(probe.probe, endpoint.providerSettings) else {
                    counts.unsupported += probe.probe.draws
                    continue
                }
                byProbe[probe.id] = request
                // A token has at least one byte, and an answer at most the tokens that are asked for.
                costs[probe.id] = TokenUsage(
                    prompt: request.body.count, completion: probe.probe.sampling.maximumTokens)
                for draw in 0..<probe.probe.draws {
                    let key = DrawKey(probe: probe.id, draw: draw)
                    if history.answered.contains(key) {
                        counts.alreadyThere += 1
                    } else if !history.refused.contains(key) {
                        draws[key] = history.attempts[key] ?? 0
                    }
                }
            }
            var plan = CampaignStateMachine.EndpointPlan(
                model: endpoint.identity.name, draws: draws, maximumConcurrency: endpoint.maximumConcurrency,
                requestsPerMinute: endpoint.requestsPerMinute,
                remainingRequests: endpoint.maximumRequests.map { max(0, $0 - recorded.count) })
            if endpoint.budget.countsTokens {
                plan.costs = costs
                let earlier = try await EarlierUsage(of: endpoint, in: store, costs: costs)
                earlier.reduce(&plan, by: endpoint.budget)
            }
            plans.append(plan)
            requests.append(byProbe)
        }
        machine = CampaignStateMachine(endpoints: plans, seed: seed, policy: policy, deadline: deadline)
        self.requests = requests
        wanted = counts.wanted
        alreadyThere = counts.alreadyThere
        unsupported = counts.unsupported
    }

    /// The request of an attempt.
    func request(for attempt: CampaignAttempt) -> ProviderRequest? { requests[attempt.endpoint][attempt.key.probe] }
}

/// What earlier attempts at an endpoint came to, draw by draw.
private struct DrawHistory {
    var attempts: [DrawKey: Int] = [:]
    var answered: Set<DrawKey> = []
    var refused: Set<DrawKey> = []

    init(_ recorded: [AttemptSummary]) {
        for attempt in recorded {
            let key = DrawKey(probe: attempt.probe, draw: attempt.draw)
            attempts[key] = max(attempts[key] ?? 0, attempt.attempt + 1)
            if attempt.outcome.isAnswer && attempt.outcome != .imported { answered.insert(key) }
            if let status = attempt.outcome.status, [400, 413, 422].contains(status) { refused.insert(key) }
        }
    }
}

/// What earlier runs used at an endpoint, read from the records: a budget is for the whole case.
private struct EarlierUsage {
    private var tokens = TokenUsage(prompt: 0, completion: 0)

    init(
        of endpoint: EndpointConfiguration, in store: CaseStore, costs: [Digest: TokenUsage]
    ) async throws(CaseStoreError) {
        guard endpoint.budget.countsEarlierRuns else { return }
        var records = await store.records().makeAsyncIterator()
        while let record = try await records.next() {
            let transcript = record.transcript
            guard transcript.model.name == endpoint.identity.name, transcript.outcome != .imported else { continue }
            let usage = AttemptAssessment(transcript, countsTokens: true).usage ?? costs[transcript.probe]
            guard let usage else { continue }
            tokens = TokenUsage(
                prompt: tokens.prompt + usage.prompt, completion: tokens.completion + usage.completion)
        }
    }

    /// Sets what is left of the budget.
    func reduce(_ plan: inout CampaignStateMachine.EndpointPlan, by budget: EndpointBudget) {
        plan.tokensPerMinute = budget.tokensPerMinute
        plan.price = budget.price
        plan.remainingTokens = budget.maximumTokens.map { max(0, $0 - tokens.prompt - tokens.completion) }
        plan.remainingMoney = budget.maximumCost.map { max(0, $0 - (budget.price?.cost(of: tokens) ?? 0)) }
    }
}
