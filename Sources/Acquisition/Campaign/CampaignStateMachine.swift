public import CaseStore
public import ForensicTypes

/// Decides what a campaign does next: a pure value that sees times and results and returns actions.
///
/// Times are nanoseconds of any clock that does not go backwards.
public struct CampaignStateMachine: Sendable {
    /// What is wanted from one endpoint.
    public struct EndpointPlan: Sendable {
        /// The model's name, which is part of the order.
        public var model: String
        /// The draws that are still wanted, in any order, with the attempts already made at each.
        public var draws: [DrawKey: Int]
        /// The most attempts at the same time.
        public var maximumConcurrency: Int
        /// The most attempts per minute, evenly spaced; nil for no limit.
        public var requestsPerMinute: Double?
        /// The most tokens per minute; nil for no limit. A quarter of a minute's tokens may come at once.
        public var tokensPerMinute: Double?
        /// The most further attempts; nil for no limit.
        public var remainingRequests: Int?
        /// The most further tokens; nil for no limit.
        public var remainingTokens: Int?
        /// The most further money, in the price's currency; nil for no limit.
        public var remainingMoney: Double?
        /// What tokens cost.
        public var price: TokenPrice?
        /// The most tokens that an attempt at each probe can use.
        public var costs: [Digest: TokenUsage] = [:]

        /// Describes what is wanted.
        public init(
            model: String, draws: [DrawKey: Int], maximumConcurrency: Int = 1, requestsPerMinute: Double? = nil,
            remainingRequests: Int? = nil
        ) {
            self.model = model
            self.draws = draws
            self.maximumConcurrency = maximumConcurrency
            self.requestsPerMinute = requestsPerMinute
            self.remainingRequests = remainingRequests
        }
    }

    /// What to do.
    public enum Action: Sendable, Hashable {
        /// Make this attempt and report its result.
        case send(CampaignAttempt)
        /// Ask again at this time, or when an attempt ends; nil: only when an attempt ends.
        case wait(until: Int64?)
        /// Nothing is left to do.
        case finished
    }

    /// Draws with an answer.
    public private(set) var answered = 0
    /// Draws given up: refused, failed too often, or beyond a budget or a fault.
    public private(set) var abandoned = 0
    /// Draws that are wanted in all.
    public let wanted: Int
    /// The endpoints that were given up, by index.
    public private(set) var faults: [Int: EndpointFault] = [:]
    /// Whether the deadline passed before all was asked.
    public private(set) var isPastDeadline = false

    /// What was used and spent at an endpoint in this campaign, in its price's currency.
    public func spending(at index: Int) -> (tokens: TokenUsage, money: Double) {
        (endpoints[index].spending.used, endpoints[index].spending.spent)
    }

    /// Whether an endpoint has used up a budget: draws of it were given up for that alone.
    public func isExhausted(_ index: Int) -> Bool { endpoints[index].isExhausted }

    private var endpoints: [EndpointState]
    private let seed: UInt64
    private let policy: RetryPolicy
    private let deadline: Int64

    /// Plans a campaign. The order follows from the seed alone. After the deadline nothing more is sent.
    public init(
        endpoints plans: [EndpointPlan], seed: UInt64, policy: RetryPolicy = RetryPolicy(), deadline: Int64 = .max
    ) {
        self.deadline = deadline
        endpoints = plans.enumerated().map { EndpointState(index: $0.offset, plan: $0.element, seed: seed) }
        wanted = plans.reduce(0) { $0 + $1.draws.count }
        self.seed = seed
        self.policy = policy
    }

    /// The next action at a time.
    public mutating func next(at now: Int64) -> Action {
        if now >= deadline && !isPastDeadline {
            isPastDeadline = true
            stop()
        }
        var best: Int?
        for index in endpoints.indices where endpoints[index].isReady(at: now) {
            guard let place = endpoints[index].nextPlace(at: now) else { continue }
            if let current = best, let other = endpoints[current].nextPlace(at: now), other <= place { continue }
            best = index
        }
        if let best, let attempt = endpoints[best].take(at: now) { return .send(attempt) }
        let isBusy = endpoints.contains { $0.inFlight > 0 }
        let times = endpoints.compactMap { $0.nextTime(after: now) }
        if let earliest = times.min() { return .wait(until: min(earliest, deadline)) }
        if isBusy { return .wait(until: nil) }
        for index in endpoints.indices { abandoned += endpoints[index].abandon() }
        return .finished
    }

    /// Takes the result of an attempt.
    ///
    /// - Parameters:
    ///   - attempt: The attempt, as it was sent.
    ///   - result: How it ended.
    ///   - usage: The tokens that it used; nil where that is not known, and then the most that it can have used counts.
    ///   - advice: What the server says about when to ask again.
    ///   - now: The time.
    public mutating func ended(
        _ attempt: CampaignAttempt, with result: AttemptResult, usage: TokenUsage? = nil, advice: RateAdvice? = nil,
        at now: Int64
    ) {
        let index = attempt.endpoint
        endpoints[index].settle(attempt, usage: usage)
        heed(advice, at: index, now: now)
        switch result {
        case .answered:
            answered += 1
            endpoints[index].recover()
        case .stale: retry(attempt, at: now)
        case .refused:
            abandoned += 1
            endpoints[index].recover()
        case .failed:
            endpoints[index].recover()
            var next = attempt
            next.failures += 1
            if next.failures >= policy.maximumAttempts {
                abandoned += 1
            } else {
                retry(next, at: now + policy.delay(failures: next.failures, jitter: jitter(next)))
            }
        case .busy(let seconds):
            busy(attempt, retryAfter: seconds, at: now)
        case .unreachable, .handshakeFailed:
            endpoints[index].unreachable += 1
            let failures = endpoints[index].unreachable
            retry(attempt, at: now + policy.delay(failures: failures, jitter: jitter(attempt)))
            if failures >= policy.unreachableLimit { fault(result == .unreachable ? .down : .tls, at: index) }
        case .endpointFault(let fault):
            retry(attempt, at: now)
            self.fault(fault, at: index)
        case .aborted:
            retry(attempt, at: now)
            stop()
        }
    }

    /// Sends nothing more; what is under way may end.
    public mutating func stop() {
        for index in endpoints.indices { endpoints[index].isStopped = true }
    }

    // A fault at one endpoint stops that endpoint. The others go on, and the campaign tells at its end.
    private mutating func fault(_ fault: EndpointFault, at index: Int) {
        if faults[index] == nil { faults[index] = fault }
        endpoints[index].isStopped = true
    }

    // What is left of an allowance is used; with nothing left, or too little for the next attempt, its reset is waited for.
    private mutating func heed(_ advice: RateAdvice?, at index: Int, now: Int64) {
        guard let advice else { return }
        let next = endpoints[index].nextCost(at: now)
        let waits = [
            advice.requests.flatMap { $0.remaining == 0 ? $0.reset : nil },
            advice.tokens.flatMap { $0.remaining == 0 || $0.remaining < next ? $0.reset : nil },
        ].compactMap { $0 }
        // A server cannot stop a campaign by a reset that never comes: its patience bounds the wait.
        guard let wait = waits.max() else { return }
        endpoints[index].block(until: now + Int64(min(wait, policy.patience) * 1e9))
    }

    private mutating func busy(_ attempt: CampaignAttempt, retryAfter: Double?, at now: Int64) {
        let index = attempt.endpoint
        let since = endpoints[index].busySince ?? now
        endpoints[index].busySince = since
        endpoints[index].busyCount += 1
        let own = policy.delay(failures: endpoints[index].busyCount, jitter: jitter(attempt))
        let until = now + max(own, retryAfter.map { Int64($0 * 1e9) } ?? 0)
        endpoints[index].block(until: until)
        retry(attempt, at: until)
        if Double(until - since) > policy.patience * 1e9 { fault(.notReady, at: index) }
    }

    private mutating func retry(_ attempt: CampaignAttempt, at time: Int64) {
        var next = CampaignAttempt(endpoint: attempt.endpoint, key: attempt.key, number: attempt.number + 1)
        next.failures = attempt.failures
        endpoints[attempt.endpoint].postpone(next, until: time, seed: seed)
    }

    private func jitter(_ attempt: CampaignAttempt) -> Double {
        let place = CampaignSchedule.place(seed: seed, model: endpoints[attempt.endpoint].model, key: attempt.key)
        return CampaignSchedule.jitter(seed: seed, place: place, attempt: attempt.number)
    }
}
