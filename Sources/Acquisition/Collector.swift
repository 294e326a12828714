public import CaseStore
public import ForensicTypes
internal import WireFormats

/// Asks endpoints the probes of a set and records every attempt in the case.
public struct Collector: Sendable {
    let store: CaseStore
    let endpoints: [EndpointConfiguration]
    let probes: [IdentifiedProbe]
    let run: String
    let plan: Digest?
    let seed: UInt64
    let policy: RetryPolicy
    /// Seconds after which nothing more is sent; nil for no limit.
    public var deadline: Double?

    /// Prepares a collection.
    ///
    /// - Parameters:
    ///   - store: The case, opened for writing.
    ///   - endpoints: Whom to ask; their names are unique.
    ///   - probes: What to ask, each as often as it wants draws.
    ///   - run: A name for this run, new in the case.
    ///   - plan: The digest of the sealed plan; nil outside a plan.
    ///   - seed: The seed of the order, which is recorded in the custody log.
    ///   - policy: When attempts are made again.
    public init(
        store: CaseStore, endpoints: [EndpointConfiguration], probes: [IdentifiedProbe], run: String, plan: Digest?,
        seed: UInt64, policy: RetryPolicy = RetryPolicy()
    ) {
        self.store = store
        self.endpoints = endpoints
        self.probes = probes
        self.run = run
        self.plan = plan
        self.seed = seed
        self.policy = policy
    }

    /// Collects what the case does not hold yet.
    ///
    /// Draws with an answer, and draws that a server refused for good, are not asked again. An endpoint that cannot be used
    /// is given up, and the others go on. Cancelling the task ends the exchanges under way, records them as `aborted` and
    /// returns the summary.
    ///
    /// - Parameter events: Is called after every attempt, for every endpoint that is given up, and with the summary.
    /// - Throws: `AcquisitionError` where an endpoint was given up, after everything else was collected; `CaseStoreError`
    ///   where the case cannot be written. What was recorded stays, and the next run goes on.
    public func run(
        events: @Sendable (CollectionEvent) -> Void = { _ in }
    ) async throws -> CollectionSummary {
        let clients = try endpoints.map { try EndpointClient($0) }
        let start = HostClock.monotonic()
        var preparation = try await CampaignPreparation(
            store: store, endpoints: endpoints, probes: probes, seed: seed, policy: policy,
            deadline: deadline.map { start + Int64($0 * 1e9) } ?? .max)
        let isResumed = try await store.attempts().contains { attempt in
            endpoints.contains { $0.identity == attempt.model }
        }
        try await store.log(
            isResumed ? .resume : .collectStart, object: plan,
            why:
                "run \(run): \(preparation.machine.wanted.counted("draw")) from \(endpoints.count.counted("endpoint")), seed \(seed)"
        )
        let outcome = try await perform(&preparation, clients: clients, start: start, events: events)
        await store.settle()
        let summary = summary(preparation, outcome, start: start)
        let isWhole = !summary.wasStopped && !summary.isPastDeadline && summary.faults.isEmpty
        let faults = summary.faults.map { ", \($0.endpoint): \($0.fault.rawValue)" }.joined()
        try await store.log(
            isWhole ? .collectEnd : .pause, object: plan,
            why: "run \(run): \(summary.answered) answered, \(summary.missing) missing, "
                + "\(summary.attempts.counted("attempt"))\(faults)")
        events(.summary(summary))
        if let first = preparation.machine.faults.min(by: { $0.key < $1.key }) {
            let error = AcquisitionError(first.value, at: endpoints[first.key])
            throw AcquisitionError(error.code, summary.faults.map(\.message).joined(separator: "; "))
        }
        return summary
    }

    /// Collects as `run(events:)` does, and tells of nothing but how far it is.
    public func run(progress: @Sendable (CollectionProgress) -> Void) async throws -> CollectionSummary {
        try await run { (event: CollectionEvent) in
            if case .progress(let state) = event { progress(state) }
        }
    }

    private enum Event: Sendable {
        case ended(CampaignAttempt, AttemptAssessment)
        case unrecorded(CaseStoreError)
        case tick
    }

    private func perform(
        _ preparation: inout CampaignPreparation, clients: [EndpointClient], start: Int64,
        events: @Sendable (CollectionEvent) -> Void
    ) async throws -> CollectionTally {
        var outcome = CollectionTally()
        var failure: CaseStoreError?
        await withTaskGroup(of: Event.self) { group in
            // The time of the next tick, of which one is under way at most, unless an earlier one is needed.
            var tick: Int64?
            while true {
                if Task.isCancelled && !outcome.wasStopped {
                    outcome.wasStopped = true
                    preparation.machine.stop()
                }
                switch preparation.machine.next(at: HostClock.monotonic()) {
                case .send(let attempt):
                    guard let request = preparation.request(for: attempt) else {
                        preparation.machine.ended(attempt, with: .refused, at: HostClock.monotonic())
                        continue
                    }
                    group.addTask { await self.make(attempt, request: request, client: clients[attempt.endpoint]) }
                    continue
                case .wait(until: .some(let time)):
                    if let next = tick, next <= time { break }
                    tick = time
                    let delay = max(0, time - HostClock.monotonic())
                    group.addTask {
                        try? await Task.sleep(nanoseconds: UInt64(delay))
                        return .tick
                    }
                case .wait(until: nil): break
                case .finished:
                    group.cancelAll()
                    return
                }
                switch await group.next() {
                case .ended(let attempt, let assessment):
                    preparation.machine.ended(
                        attempt, with: assessment.result, usage: assessment.usage, advice: assessment.advice,
                        at: HostClock.monotonic())
                    outcome.attempts += 1
                    if let kind = assessment.errorKind { outcome.errors[kind, default: 0] += 1 }
                    for report in reports(preparation.machine.faults) where outcome.knownFaults.insert(report).inserted
                    {
                        events(.fault(report))
                    }
                    events(.progress(progress(outcome, preparation, start: start)))
                case .unrecorded(let error):
                    failure = error
                    group.cancelAll()
                    return
                case .tick: tick = nil
                case nil: break
                }
            }
        }
        if let failure { throw failure }
        return outcome
    }

    private func make(
        _ attempt: CampaignAttempt, request: ProviderRequest, client: EndpointClient
    ) async -> Event {
        let exchange = await client.perform(request)
        let endpoint = endpoints[attempt.endpoint]
        let transcript = exchange.transcript(
            run: run, model: endpoint.identity, key: attempt.key, attempt: attempt.number)
        do {
            if !exchange.certificates.isEmpty { try await store.keep(certificates: exchange.certificates) }
            _ = try await store.append(transcript, plan: plan)
        } catch {
            return .unrecorded(error)
        }
        return .ended(attempt, AttemptAssessment(transcript, countsTokens: endpoint.budget.countsTokens))
    }
}
