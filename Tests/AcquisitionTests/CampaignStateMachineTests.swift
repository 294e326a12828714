import Acquisition
import CaseStore
import ContentAddressing
import ForensicTypes
import Testing

@Suite("Campaign state machine")
struct CampaignStateMachineTests {
    typealias Machine = CampaignStateMachine
    private static let second = CampaignDriver.second

    @Test("The order is that of the documented digests, whatever the order of the plan")
    func order() {
        var machine = Machine(
            endpoints: [
                .init(model: "a", draws: CampaignDriver.draws(20)), .init(model: "b", draws: CampaignDriver.draws(20)),
            ], seed: 42)
        let (sent, _) = CampaignDriver.drive(&machine) { _, _ in .answered }
        let names = ["a", "b"]
        for endpoint in 0..<2 {
            let places = sent.filter { $0.attempt.endpoint == endpoint }.map { entry in
                let key = entry.attempt.key
                return SHA256Digest.of(text: "42 \(names[endpoint]) \(key.probe.hex) \(key.draw)")
            }
            #expect(places.count == 20)
            #expect(places == places.sorted())
        }
        #expect(machine.answered == 40 && machine.abandoned == 0 && machine.wanted == 40)
        var other = Machine(endpoints: [.init(model: "a", draws: CampaignDriver.draws(20))], seed: 43)
        let third = CampaignDriver.drive(&other) { _, _ in .answered }.sent.map(\.attempt.key)
        #expect(third != sent.filter { $0.attempt.endpoint == 0 }.map(\.attempt.key))
    }

    @Test("No endpoint has more attempts under way than it allows", arguments: [1, 3, 8])
    func concurrency(limit: Int) {
        var machine = Machine(
            endpoints: [.init(model: "a", draws: CampaignDriver.draws(30), maximumConcurrency: limit)], seed: 1)
        let (sent, time) = CampaignDriver.drive(&machine) { _, _ in .answered }
        for entry in sent {
            let overlapping = sent.filter { $0.time <= entry.time && entry.time < $0.time + Self.second }
            #expect(overlapping.count <= limit)
        }
        #expect(time == Int64((30 + limit - 1) / limit) * Self.second)
    }

    @Test("Requests per minute are evenly spaced")
    func rate() {
        var machine = Machine(
            endpoints: [
                .init(model: "a", draws: CampaignDriver.draws(10), maximumConcurrency: 10, requestsPerMinute: 30)
            ], seed: 1)
        let (sent, _) = CampaignDriver.drive(&machine) { _, _ in .answered }
        #expect(sent.map(\.time) == (0..<10).map { $0 * 2 * Self.second })
    }

    @Test("A failed draw is tried up to the limit, with growing waits, numbered on")
    func retries() {
        let policy = RetryPolicy(maximumAttempts: 4, firstDelay: 1, longestDelay: 3, patience: 60)
        let key = DrawKey(probe: SHA256Digest.of(text: "p"), draw: 0)
        var machine = Machine(endpoints: [.init(model: "a", draws: [key: 2])], seed: 5, policy: policy)
        let (sent, _) = CampaignDriver.drive(&machine) { _, _ in .failed }
        #expect(sent.map(\.attempt.number) == [2, 3, 4, 5])
        #expect(machine.abandoned == 1)
        let waits = zip(sent, sent.dropFirst()).map { $1.time - $0.time - Self.second }
        let bounds: [ClosedRange<Double>] = [0.5...1, 1...2, 1.5...3]
        for (wait, bound) in zip(waits, bounds) { #expect(bound.contains(Double(wait) / 1e9)) }
    }

    @Test("Retry-After is kept to, by the whole endpoint and by no other")
    func retryAfter() {
        let policy = RetryPolicy(firstDelay: 0.1, longestDelay: 0.2, patience: 600)
        var machine = Machine(
            endpoints: [
                .init(model: "a", draws: CampaignDriver.draws(6), maximumConcurrency: 2),
                .init(model: "b", draws: CampaignDriver.draws(6)),
            ], seed: 1, policy: policy)
        let (sent, _) = CampaignDriver.drive(&machine) { attempt, now in
            attempt.endpoint == 0 && now <= 2 * Self.second ? .busy(retryAfter: 30) : .answered
        }
        #expect(machine.answered == 12)
        let quiet = sent.filter { $0.attempt.endpoint == 0 && $0.time >= 2 * Self.second && $0.time < 31 * Self.second }
        #expect(quiet.isEmpty)
        #expect(sent.contains { $0.attempt.endpoint == 1 && $0.time == 3 * Self.second })
    }

    @Test("Patience with a server that is never ready ends; waiting does not use up attempts")
    func patience() {
        let policy = RetryPolicy(maximumAttempts: 2, firstDelay: 1, longestDelay: 8, patience: 60)
        var machine = Machine(endpoints: [.init(model: "a", draws: CampaignDriver.draws(2))], seed: 1, policy: policy)
        let (sent, time) = CampaignDriver.drive(&machine) { _, _ in .busy(retryAfter: nil) }
        #expect(machine.faults == [0: .notReady])
        #expect(machine.abandoned == 2)
        #expect(sent.count > 4 && time <= 70 * Self.second)
    }

    @Test("Nobody listening ends an endpoint after a few attempts, the others go on; one answer begins the count anew")
    func unreachable() {
        var machine = Machine(
            endpoints: [
                .init(model: "a", draws: CampaignDriver.draws(40)), .init(model: "b", draws: CampaignDriver.draws(24)),
            ], seed: 1)
        let (sent, _) = CampaignDriver.drive(&machine) { attempt, _ in
            attempt.endpoint == 0 ? .unreachable : .answered
        }
        #expect(machine.faults == [0: .down])
        #expect(sent.filter { $0.attempt.endpoint == 0 }.count == 3)
        #expect(machine.answered == 24 && machine.abandoned == 40)
        var count = 0
        var flaky = Machine(endpoints: [.init(model: "a", draws: CampaignDriver.draws(12))], seed: 1)
        _ = CampaignDriver.drive(&flaky) { _, _ in
            count += 1
            return count % 3 == 0 ? .answered : .unreachable
        }
        #expect(flaky.faults.isEmpty && flaky.answered == 12)
    }

    @Test("Handshakes that fail again and again end an endpoint as a fault of TLS")
    func handshakes() {
        var machine = Machine(endpoints: [.init(model: "a", draws: CampaignDriver.draws(40))], seed: 1)
        let (sent, _) = CampaignDriver.drive(&machine) { _, _ in .handshakeFailed }
        #expect(machine.faults == [0: .tls] && sent.count == 3)
    }

    @Test("A connection that the server had closed costs no attempt")
    func stale() {
        let policy = RetryPolicy(maximumAttempts: 1)
        var machine = Machine(endpoints: [.init(model: "a", draws: CampaignDriver.draws(4))], seed: 1, policy: policy)
        var seen: Set<String> = []
        let (sent, _) = CampaignDriver.drive(&machine) { attempt, _ in
            seen.insert("\(attempt.key)").inserted ? .stale : .answered
        }
        #expect(machine.answered == 4 && sent.count == 8)
    }

    @Test("A wrong key stops its endpoint at once; what was under way may end")
    func fault() {
        var machine = Machine(
            endpoints: [.init(model: "a", draws: CampaignDriver.draws(20), maximumConcurrency: 3)], seed: 1)
        let (sent, _) = CampaignDriver.drive(&machine) { _, _ in .endpointFault(.wrongKey) }
        #expect(sent.count == 3)
        #expect(machine.faults == [0: .wrongKey])
        #expect(machine.abandoned == 20)
    }

    @Test("A refused draw is not tried again, a budget is never exceeded")
    func refusalAndBudget() {
        var machine = Machine(
            endpoints: [.init(model: "a", draws: CampaignDriver.draws(10), remainingRequests: 7)], seed: 1)
        let (sent, _) = CampaignDriver.drive(&machine) { attempt, _ in attempt.key.draw == 0 ? .refused : .answered }
        #expect(sent.count == 7)
        #expect(Set(sent.map(\.attempt.key)).count == 7)
        #expect(machine.answered + machine.abandoned == 10)
        var empty = Machine(
            endpoints: [.init(model: "a", draws: CampaignDriver.draws(10), remainingRequests: 0)], seed: 1)
        #expect(empty.next(at: 0) == .finished)
        #expect(empty.abandoned == 10)
    }

    @Test("Whatever happens, every draw is answered or given up, and no draw is under way twice", arguments: 0..<50)
    func conservation(seed: UInt64) {
        let policy = RetryPolicy(maximumAttempts: 3, firstDelay: 0.1, longestDelay: 2, patience: 20)
        var machine = Machine(
            endpoints: [
                .init(model: "a", draws: CampaignDriver.draws(14), maximumConcurrency: 3),
                .init(model: "b", draws: CampaignDriver.draws(14), maximumConcurrency: 2, requestsPerMinute: 600),
                .init(model: "c", draws: CampaignDriver.draws(14), remainingRequests: 9),
            ], seed: seed, policy: policy)
        var numbers: [String: Int] = [:]
        let results: [AttemptResult] = [
            .answered, .answered, .failed, .busy(retryAfter: 1), .unreachable, .refused, .busy(retryAfter: nil),
        ]
        let (sent, _) = CampaignDriver.drive(&machine) { attempt, time in
            let word = SHA256Digest.of(text: "\(seed) \(attempt.endpoint) \(attempt.key) \(attempt.number) \(time)")
            return results[Int(word.bytes[0]) % results.count]
        }
        #expect(machine.answered + machine.abandoned == machine.wanted)
        for entry in sent {
            let name = "\(entry.attempt.endpoint) \(entry.attempt.key)"
            #expect(entry.attempt.number == numbers[name] ?? 0, "attempts at a draw follow each other")
            numbers[name] = entry.attempt.number + 1
        }
    }
}
