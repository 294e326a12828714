import Acquisition
import CaseStore
import ContentAddressing
import ForensicTypes
import Testing
import WireFormats

@Suite("Budgets and rates")
struct CampaignBudgetTests {
    typealias Machine = CampaignStateMachine
    private static let second = CampaignDriver.second
    private static let none = TokenUsage(prompt: 0, completion: 0)

    private func plan(_ count: Int, concurrency: Int = 1, prompt: Int = 0, completion: Int = 0) -> Machine.EndpointPlan
    {
        let draws = CampaignDriver.draws(count)
        var plan = Machine.EndpointPlan(model: "a", draws: draws, maximumConcurrency: concurrency)
        plan.costs = Dictionary(
            draws.keys.map { ($0.probe, TokenUsage(prompt: prompt, completion: completion)) },
            uniquingKeysWith: { first, _ in first })
        return plan
    }

    @Test("Tokens per minute: in no minute more than the rate and a quarter, and what was not used is given back")
    func tokensPerMinute() {
        var slow = plan(40, concurrency: 20, prompt: 50, completion: 50)
        slow.tokensPerMinute = 1_000
        var machine = Machine(endpoints: [slow], seed: 1)
        let (sent, time) = CampaignDriver.run(&machine) { _, _ in
            .init(result: .answered, usage: TokenUsage(prompt: 50, completion: 50))
        }
        #expect(machine.answered == 40)
        for entry in sent {
            let minute = sent.filter { entry.time <= $0.time && $0.time < entry.time + 60 * Self.second }
            #expect(minute.count * 100 <= 1_350)
        }
        #expect(time > 200 * Self.second && time < 245 * Self.second, "4,000 tokens at 1,000 a minute")
        var frugal = Machine(endpoints: [slow], seed: 1)
        let quick = CampaignDriver.run(&frugal) { _, _ in
            .init(result: .answered, usage: TokenUsage(prompt: 5, completion: 5))
        }
        #expect(quick.time < 60 * Self.second)
    }

    @Test(
        "A budget of tokens is never exceeded, whatever is under way and whatever the usage turns out to be",
        arguments: 0..<20)
    func tokenBudget(seed: UInt64) {
        var tight = plan(60, concurrency: 7, prompt: 30, completion: 70)
        tight.remainingTokens = 1_550
        var machine = Machine(endpoints: [tight], seed: seed)
        var used = 0
        let (sent, _) = CampaignDriver.run(&machine) { attempt, _ in
            let share = Int(SHA256Digest.of(text: "\(seed) \(attempt.key)").bytes[0]) % 101
            used += share
            return .init(result: .answered, usage: TokenUsage(prompt: share / 3, completion: share - share / 3))
        }
        #expect(used <= 1_550)
        #expect(used > 1_350, "what was set aside and not used is used in the end")
        #expect(machine.answered == sent.count && machine.answered + machine.abandoned == 60)
        #expect(machine.isExhausted(0) == (machine.abandoned > 0))
    }

    @Test("A budget of money, with the price of each direction; an unknown usage counts as the most it can be")
    func money() {
        var paid = plan(30, prompt: 1_000, completion: 500)
        paid.price = TokenPrice(inputPerMillion: 3, outputPerMillion: 15, currency: "USD")
        // The most of one attempt: 1,000 x 3 + 500 x 15 millionths = 0.0105.
        paid.remainingMoney = 0.1
        var machine = Machine(endpoints: [paid], seed: 1)
        _ = CampaignDriver.run(&machine) { _, _ in .init(result: .answered) }
        #expect(machine.answered == 9, "9 x 0.0105 = 0.0945; a tenth would be 0.105")
        #expect(abs(machine.spending(at: 0).money - 0.0945) < 1e-12)
        #expect(machine.isExhausted(0))
        var cheap = Machine(endpoints: [paid], seed: 1)
        _ = CampaignDriver.run(&cheap) { _, _ in
            .init(result: .answered, usage: TokenUsage(prompt: 100, completion: 10))
        }
        #expect(cheap.answered == 30)
        #expect(abs(cheap.spending(at: 0).money - 30 * (100 * 3 + 10 * 15) / 1e6) < 1e-12)
        #expect(cheap.spending(at: 0).tokens == TokenUsage(prompt: 3_000, completion: 300))
    }

    @Test("The budget of one endpoint does not touch the others")
    func separate() {
        var poor = plan(10, prompt: 10)
        poor.remainingTokens = 25
        let rich = Machine.EndpointPlan(model: "b", draws: CampaignDriver.draws(10))
        var machine = Machine(endpoints: [poor, rich], seed: 3)
        _ = CampaignDriver.run(&machine) { _, _ in
            .init(result: .answered, usage: TokenUsage(prompt: 10, completion: 0))
        }
        #expect(machine.answered == 12 && machine.isExhausted(0) && !machine.isExhausted(1))
    }

    @Test("After the deadline nothing is sent, and what is under way may end")
    func deadline() {
        var machine = Machine(
            endpoints: [plan(50, concurrency: 2)], seed: 1, deadline: 5 * Self.second + Self.second / 2)
        let (sent, time) = CampaignDriver.drive(&machine) { _, _ in .answered }
        #expect(sent.count == 12 && machine.answered == 12)
        #expect(machine.isPastDeadline && time == 6 * Self.second)
        var waiting = Machine(
            endpoints: [plan(5)], seed: 1, policy: RetryPolicy(patience: 1_000), deadline: 20 * Self.second)
        let late = CampaignDriver.drive(&waiting) { _, _ in .busy(retryAfter: 600) }
        #expect(late.time == 20 * Self.second && waiting.isPastDeadline, "a long wait ends at the deadline")
    }

    @Test("With nothing left of an allowance its reset is waited for, by that endpoint alone, and not for ever")
    func advice() {
        let policy = RetryPolicy(patience: 100)
        let other = Machine.EndpointPlan(model: "b", draws: CampaignDriver.draws(4))
        var machine = Machine(endpoints: [plan(4, prompt: 30), other], seed: 1, policy: policy)
        let (sent, time) = CampaignDriver.run(&machine) { attempt, now in
            guard attempt.endpoint == 0, now <= 2 * Self.second else { return .init(result: .answered) }
            return .init(
                result: .answered, usage: Self.none,
                advice: RateAdvice(tokens: .init(remaining: 20, reset: 40)))
        }
        #expect(machine.answered == 8)
        let own = sent.filter { $0.attempt.endpoint == 0 }.map(\.time)
        #expect(own[1] == 41 * Self.second)
        #expect(sent.filter { $0.attempt.endpoint == 1 }.allSatisfy { $0.time < 6 * Self.second })
        #expect(time < 60 * Self.second)
        var endless = Machine(endpoints: [plan(2)], seed: 1, policy: policy)
        let slow = CampaignDriver.run(&endless) { _, _ in
            .init(result: .answered, advice: RateAdvice(requests: .init(remaining: 0, reset: 86_400)))
        }
        #expect(endless.answered == 2 && slow.time == 102 * Self.second)
    }

    private func advice(_ fields: [String]) throws -> RateAdvice {
        RateAdvice(
            try HTTPResponse(wire: Answers.response("429 Too Many Requests", "{}", fields: fields)),
            now: 784_111_777)
    }

    @Test("Retry-After in seconds, in milliseconds and as a date, by the server's own clock where it shows one")
    func retryAfter() throws {
        #expect(try advice(["Retry-After: 120"]).retryAfter == 120)
        #expect(try advice(["Retry-After: 1.5"]).retryAfter == 1.5)
        #expect(try advice(["retry-after-ms: 2500", "Retry-After: 9"]).retryAfter == 2.5)
        #expect(try advice(["Retry-After: Sun, 06 Nov 1994 08:50:07 GMT"]).retryAfter == 30)
        let clock = "Date: Sun, 06 Nov 1994 08:50:00 GMT"
        #expect(try advice([clock, "Retry-After: Sun, 06 Nov 1994 08:50:07 GMT"]).retryAfter == 7)
        #expect(try advice(["Retry-After: Sun, 06 Nov 1994 08:00:00 GMT"]).retryAfter == 0)
        for bad in ["-1", "soon", "nan", "inf", "999999999", "Sun, 36 Nov 1994 08:50:07 GMT", ""] {
            #expect(try advice(["Retry-After: \(bad)"]).retryAfter == nil, "\(bad)")
        }
    }

    @Test("The rate headers of providers")
    func providerHeaders() throws {
        let open = try advice([
            "x-ratelimit-remaining-requests: 0", "x-ratelimit-reset-requests: 6m0s",
            "x-ratelimit-remaining-tokens: 149984", "x-ratelimit-reset-tokens: 250ms",
        ])
        #expect(open.requests == .init(remaining: 0, reset: 360))
        #expect(open.tokens == .init(remaining: 149_984, reset: 0.25))
        let named = try advice([
            "anthropic-ratelimit-requests-remaining: 4",
            "anthropic-ratelimit-requests-reset: 1994-11-06T08:49:47Z",
            "anthropic-ratelimit-input-tokens-remaining: 900",
            "anthropic-ratelimit-input-tokens-reset: 1994-11-06T08:50:37.5Z",
            "anthropic-ratelimit-output-tokens-remaining: 12",
            "anthropic-ratelimit-output-tokens-reset: 1994-11-06T08:49:38Z",
        ])
        #expect(named.requests == .init(remaining: 4, reset: 10))
        #expect(named.tokens == .init(remaining: 12, reset: 1))
        let broken = try advice(["x-ratelimit-remaining-requests: -3", "x-ratelimit-reset-requests: 6x"])
        #expect(broken.requests == nil && broken.tokens == nil)
    }

    @Test("Times of headers, against the values of other implementations")
    func dates() {
        // `date -u -d ... +%s` of GNU coreutils 9.1.
        let http: [(String, Double?)] = [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Fri, 31 Dec 2100 12:00:00 GMT", 4_133_937_600),
            ("Sunday, 06-Nov-94 08:49:37 GMT", nil), ("Sun, 06 Nov 1994 24:49:37 GMT", nil), ("", nil),
        ]
        for (text, seconds) in http { #expect(InternetDate.seconds(ofHTTP: text) == seconds, "\(text)") }
        #expect(InternetDate.seconds(ofRFC3339: "2024-02-29T23:59:59.25Z") == 1_709_251_199.25)
        #expect(InternetDate.seconds(ofRFC3339: "2000-03-01T00:00:00Z") == 951_868_800)
        for bad in ["2024-02-29 23:59:59Z", "2024-13-01T00:00:00Z", "2024-02-29T23:59:59+01:00", "Z", "TZ"] {
            #expect(InternetDate.seconds(ofRFC3339: bad) == nil, "\(bad)")
        }
    }
}
