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
    /// Draws with an answer, and draws that a server refused for good, are not asked again. Cancelling the task ends the
    /// exchanges under way, records them as `aborted` and returns the summary.
    ///
    /// - Parameter progress: Is called after every attempt.
    /// - Throws: `AcquisitionError` where an endpoint cannot be used at all, after the attempts that showed it are
    ///   recorded; `CaseStoreError` where the case cannot be written. What was recorded stays, and the next run goes on.
    public func run(
        progress: @Sendable (CollectionProgress) -> Void = { _ in }
    ) async throws -> CollectionSummary {
        let clients = try endpoints.map { try EndpointClient($0) }
        var preparation = try await CampaignPreparation(
            store: store, endpoints: endpoints, probes: probes, seed: seed, policy: policy)
        let isResumed = try await store.attempts().contains { attempt in
            endpoints.contains { $0.identity == attempt.model }
        }
        try await store.log(
            isResumed ? .resume : .collectStart, object: plan,
            why: "run \(run): \(preparation.machine.wanted) draws from \(endpoints.count) endpoints, seed \(seed)")
        let start = HostClock.monotonic()
        let outcome = try await perform(&preparation, clients: clients, start: start, progress: progress)
        let machine = preparation.machine
        let summary = CollectionSummary(
            run: run, wanted: preparation.wanted, alreadyThere: preparation.alreadyThere, answered: machine.answered,
            missing: preparation.wanted - preparation.alreadyThere - machine.answered,
            unsupported: preparation.unsupported, attempts: outcome.attempts, errors: outcome.errors,
            wasStopped: outcome.wasStopped, seconds: Double(HostClock.monotonic() - start) / 1e9)
        try await store.log(
            summary.wasStopped || !machine.faults.isEmpty ? .pause : .collectEnd, object: plan,
            why: "run \(run): \(summary.answered) answered, \(summary.missing) missing, \(summary.attempts) attempts")
        if let (index, fault) = machine.faults.min(by: { $0.key < $1.key }) {
            throw AcquisitionError(fault, at: endpoints[index])
        }
        return summary
    }

    private struct Outcome {
        var attempts = 0
        var errors: [String: Int] = [:]
        var wasStopped = false
    }

    private enum Event: Sendable {
        case ended(CampaignAttempt, AttemptAssessment)
        case unrecorded(CaseStoreError)
        case tick
    }

    private func perform(
        _ preparation: inout CampaignPreparation, clients: [EndpointClient], start: Int64,
        progress: @Sendable (CollectionProgress) -> Void
    ) async throws -> Outcome {
        var outcome = Outcome()
        var failure: CaseStoreError?
        await withTaskGroup(of: Event.self) { group in
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
                    preparation.machine.ended(attempt, with: assessment.result, at: HostClock.monotonic())
                    outcome.attempts += 1
                    if let kind = assessment.errorKind { outcome.errors[kind, default: 0] += 1 }
                    progress(report(outcome, preparation, start: start))
                case .unrecorded(let error):
                    failure = error
                    group.cancelAll()
                    return
                case .tick, nil: break
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
        let transcript = exchange.transcript(
            run: run, model: endpoints[attempt.endpoint].identity, key: attempt.key, attempt: attempt.number)
        do {
            _ = try await store.append(transcript, plan: plan)
        } catch {
            return .unrecorded(error)
        }
        return .ended(attempt, AttemptAssessment(exchange))
    }

    private func report(
        _ outcome: Outcome, _ preparation: CampaignPreparation, start: Int64
    ) -> CollectionProgress {
        let machine = preparation.machine
        let seconds = Double(HostClock.monotonic() - start) / 1e9
        return CollectionProgress(
            done: preparation.alreadyThere + preparation.unsupported + machine.answered + machine.abandoned,
            total: preparation.wanted, attempts: outcome.attempts,
            rate: seconds > 0 ? Double(outcome.attempts) / seconds : 0, errors: outcome.errors)
    }
}

extension AcquisitionError {
    /// The error that a fault of an endpoint amounts to.
    init(_ fault: EndpointFault, at endpoint: EndpointConfiguration) {
        let name = endpoint.identity.name
        let place = "\(endpoint.address.host):\(endpoint.address.port)"
        switch fault {
        case .down:
            self.init(.endpointDown, "\(name): nobody answers at \(place). Is the server running, and the url right?")
        case .tls:
            self.init(
                .tls, "\(name): TLS with \(place) failed. A certificate of your own authority needs `ca_file`.")
        case .wrongKey: self.init(.wrongKey, "\(name): \(place) does not accept the key")
        case .quotaExhausted: self.init(.quotaExhausted, "\(name): the account at \(place) has nothing left")
        case .notReady:
            self.init(.notReady, "\(name): \(place) keeps saying that it is loading or overloaded; run again later")
        case .notFound:
            self.init(
                .notFound, "\(name): \(place) knows no such route or model; look at `url`, `model` and `protocol`")
        case .redirected:
            self.init(.redirected, "\(name): \(place) redirects; put the final address into `url`")
        }
    }
}
