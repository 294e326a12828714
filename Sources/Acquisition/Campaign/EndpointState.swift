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

    private struct Waiting: Sendable {
        let place: Digest
        let attempt: CampaignAttempt
        let notBefore: Int64
    }

    // Descending, so that the next is the last.
    private var queue: [Waiting]
    private var postponed: [Waiting] = []
    private let maximumConcurrency: Int
    private let spacing: Int64
    private var nextSlot = Int64.min
    private var remaining: Int?

    init(index: Int, plan: CampaignStateMachine.EndpointPlan, seed: UInt64) {
        model = plan.model
        maximumConcurrency = plan.maximumConcurrency
        spacing = plan.requestsPerMinute.map { Int64(60e9 / $0) } ?? 0
        remaining = plan.remainingRequests
        queue = plan.draws.map { key, attempts in
            Waiting(
                place: CampaignSchedule.place(seed: seed, model: plan.model, key: key),
                attempt: CampaignAttempt(endpoint: index, key: key, number: attempts), notBefore: .min)
        }.sorted { $0.place > $1.place }
    }

    private var mayStart: Bool {
        !isStopped && inFlight < maximumConcurrency && remaining != 0 && !(queue.isEmpty && postponed.isEmpty)
    }

    /// Whether an attempt may start now, if there is one.
    func isReady(at now: Int64) -> Bool { mayStart && now >= blockedUntil && now >= nextSlot }

    /// The place of the attempt that would start now.
    func nextPlace(at now: Int64) -> Digest? {
        let ready = postponed.filter { $0.notBefore <= now }.map(\.place).min()
        return [ready, queue.last?.place].compactMap { $0 }.min()
    }

    /// When the next attempt may start; nil where only the end of another attempt can change that.
    func nextTime(after now: Int64) -> Int64? {
        guard mayStart else { return nil }
        let own = queue.isEmpty ? postponed.map(\.notBefore).min() ?? now : now
        return max(own, blockedUntil, nextSlot)
    }

    /// Starts the next attempt.
    mutating func take(at now: Int64) -> CampaignAttempt {
        inFlight += 1
        nextSlot = max(now, nextSlot) + spacing
        if let left = remaining { remaining = left - 1 }
        let ready = postponed.indices.filter { postponed[$0].notBefore <= now }
            .min { postponed[$0].place < postponed[$1].place }
        if let ready, queue.isEmpty || postponed[ready].place < queue[queue.count - 1].place {
            return postponed.remove(at: ready).attempt
        }
        return queue.removeLast().attempt
    }

    mutating func postpone(_ attempt: CampaignAttempt, until time: Int64, seed: UInt64) {
        postponed.append(
            Waiting(
                place: CampaignSchedule.place(seed: seed, model: model, key: attempt.key), attempt: attempt,
                notBefore: time))
    }

    /// An answer came: the endpoint is there and ready.
    mutating func recover() {
        unreachable = 0
        busyCount = 0
        busySince = nil
    }

    /// Gives up what is left and says how much that was.
    mutating func abandon() -> Int {
        defer {
            queue = []
            postponed = []
        }
        return queue.count + postponed.count
    }
}
