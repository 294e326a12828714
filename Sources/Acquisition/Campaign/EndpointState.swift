internal import CaseStore
internal import ForensicTypes

/// What a campaign knows of one endpoint.
struct EndpointState: Sendable {
    let model: String
    var inFlight = 0
    var unreachable = 0
    var busyCount = 0
    var busySince: Int64?
    var blockedUntil = Int64.min
    var isStopped = false
    private(set) var spending: SpendingLimit
    /// Whether draws are left that no budget covers.
    private(set) var isExhausted = false

    private struct Waiting: Sendable {
        let place: Digest
        let attempt: CampaignAttempt
        let notBefore: Int64
    }

    // Descending, so that the next is the last.
    private var queue: [Waiting]
    private var postponed: [Waiting] = []
    private let maximumConcurrency: Int
    private let costs: [Digest: TokenUsage]
    private var requests: RateBucket?
    private var tokens: RateBucket?
    private var remaining: Int?

    init(index: Int, plan: CampaignStateMachine.EndpointPlan, seed: UInt64) {
        model = plan.model
        maximumConcurrency = plan.maximumConcurrency
        requests = plan.requestsPerMinute.map { RateBucket(perMinute: $0) }
        // A quarter of a minute's tokens may come at once.
        tokens = plan.tokensPerMinute.map { RateBucket(perMinute: $0, burst: 15) }
        remaining = plan.remainingRequests
        costs = plan.costs
        spending = SpendingLimit(tokens: plan.remainingTokens, money: plan.remainingMoney, price: plan.price)
        queue = plan.draws.map { key, attempts in
            Waiting(
                place: CampaignSchedule.place(seed: seed, model: plan.model, key: key),
                attempt: CampaignAttempt(endpoint: index, key: key, number: attempts), notBefore: .min)
        }.sorted { $0.place > $1.place }
    }

    private var mayStart: Bool { !isStopped && inFlight < maximumConcurrency && remaining != 0 }

    private var opening: Int64 { max(blockedUntil, requests?.opening ?? .min, tokens?.opening ?? .min) }

    /// Whether an attempt may start now, if there is one.
    func isReady(at now: Int64) -> Bool {
        guard mayStart, now >= opening, let next = candidate(at: now) else { return false }
        return spending.covers(cost(of: next))
    }

    /// The place of the attempt that would start now.
    func nextPlace(at now: Int64) -> Digest? { candidate(at: now)?.place }

    /// When the next attempt may start; nil where only the end of another attempt can change that.
    func nextTime(after now: Int64) -> Int64? {
        guard mayStart, !(queue.isEmpty && postponed.isEmpty) else { return nil }
        let own = queue.isEmpty ? postponed.map(\.notBefore).min() ?? now : now
        let time = max(own, opening)
        guard let next = candidate(at: time), spending.covers(cost(of: next)) else { return nil }
        return time
    }

    /// Starts the next attempt.
    mutating func take(at now: Int64) -> CampaignAttempt? {
        guard let next = candidate(at: now) else { return nil }
        if let place = postponed.firstIndex(where: { $0.place == next.place }) {
            postponed.remove(at: place)
        } else {
            queue.removeLast()
        }
        var attempt = next.attempt
        attempt.reserved = cost(of: next)
        inFlight += 1
        requests?.take(1, at: now)
        tokens?.take(attempt.reserved.prompt + attempt.reserved.completion, at: now)
        spending.reserve(attempt.reserved)
        if let left = remaining { remaining = left - 1 }
        return attempt
    }

    /// Takes in how much an attempt really used; nil where the server did not say.
    mutating func settle(_ attempt: CampaignAttempt, usage: TokenUsage?) {
        inFlight -= 1
        let actual = usage ?? attempt.reserved
        spending.settle(reserved: attempt.reserved, actual: actual)
        let surplus =
            attempt.reserved.prompt + attempt.reserved.completion - actual.prompt - actual.completion
        tokens?.giveBack(surplus)
    }

    mutating func postpone(_ attempt: CampaignAttempt, until time: Int64, seed: UInt64) {
        postponed.append(
            Waiting(
                place: CampaignSchedule.place(seed: seed, model: model, key: attempt.key), attempt: attempt,
                notBefore: time))
    }

    /// Holds back until a time.
    mutating func block(until time: Int64) { blockedUntil = max(blockedUntil, time) }

    /// What the next attempt may cost at most, in tokens.
    func nextCost(at now: Int64) -> Int {
        candidate(at: now).map { cost(of: $0).prompt + cost(of: $0).completion } ?? 0
    }

    /// An answer came: the endpoint is there and ready.
    mutating func recover() {
        unreachable = 0
        busyCount = 0
        busySince = nil
    }

    /// Gives up what is left and says how much that was.
    mutating func abandon() -> Int {
        let count = queue.count + postponed.count
        isExhausted = count > 0 && !isStopped
        queue = []
        postponed = []
        return count
    }

    private func candidate(at now: Int64) -> Waiting? {
        let ready = postponed.filter { $0.notBefore <= now }.min { $0.place < $1.place }
        guard let ready, let first = queue.last else { return ready ?? queue.last }
        return ready.place < first.place ? ready : first
    }

    private func cost(of waiting: Waiting) -> TokenUsage {
        costs[waiting.attempt.key.probe] ?? TokenUsage(prompt: 0, completion: 0)
    }
}
