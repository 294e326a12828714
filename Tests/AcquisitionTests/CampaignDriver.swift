import Acquisition
import CaseStore
import ContentAddressing
import ForensicTypes
import Testing

/// Runs a campaign's state machine on a clock of its own, without sockets.
enum CampaignDriver {
    static let second: Int64 = 1_000_000_000

    static func draws(_ count: Int) -> [DrawKey: Int] {
        Dictionary(
            uniqueKeysWithValues: (0..<count).map {
                (DrawKey(probe: SHA256Digest.of(text: "probe \($0 / 2)"), draw: $0 % 2), 0)
            })
    }

    /// What an attempt came to, for the machine.
    struct Answer {
        var result: AttemptResult
        var usage: TokenUsage?
        var advice: RateAdvice?
    }

    /// Runs a machine whose attempts each take a second; answers what `result` says; returns the attempts and the time.
    static func drive(
        _ machine: inout CampaignStateMachine, limit: Int = 10_000,
        result: (CampaignAttempt, Int64) -> AttemptResult
    ) -> (sent: [(attempt: CampaignAttempt, time: Int64)], time: Int64) {
        run(&machine, limit: limit) { Answer(result: result($0, $1)) }
    }

    /// The same with usage and advice.
    static func run(
        _ machine: inout CampaignStateMachine, limit: Int = 10_000, answer: (CampaignAttempt, Int64) -> Answer
    ) -> (sent: [(attempt: CampaignAttempt, time: Int64)], time: Int64) {
        var now: Int64 = 0
        var open: [(attempt: CampaignAttempt, until: Int64)] = []
        var sent: [(attempt: CampaignAttempt, time: Int64)] = []
        for _ in 0..<limit {
            var wake: Int64?
            switch machine.next(at: now) {
            case .send(let attempt):
                sent.append((attempt, now))
                open.append((attempt, now + second))
                continue
            case .wait(let until): wake = until
            case .finished: return (sent, now)
            }
            let first = open.indices.min { open[$0].until < open[$1].until }
            if let first, open[first].until <= wake ?? .max {
                let ended = open.remove(at: first)
                now = max(now, ended.until)
                let answer = answer(ended.attempt, now)
                machine.ended(
                    ended.attempt, with: answer.result, usage: answer.usage, advice: answer.advice, at: now)
            } else if let wake {
                #expect(wake > now, "the machine asks to wait for the past")
                now = wake
            } else {
                Issue.record("the machine waits for an attempt that does not run")
                break
            }
        }
        Issue.record("the machine did not finish")
        return (sent, now)
    }
}
