import Comparison
import ForensicTypes
import Statistics
import Testing

/// Blocks of time, and changes of an endpoint inside a collection.
@Suite("Time of a collection")
struct TimeTests {
    private static let minute: Int64 = 60_000_000_000

    private static func times(_ minutes: Int64) -> ExchangeTimes {
        let start = 1_790_000_000_000_000_000 + minutes * minute
        return ExchangeTimes(startedAt: start, endedAt: start + 1_000_000, elapsed: 1_000_000)
    }

    /// An endpoint that is asked for all draws of all probes in a drawn order, a minute apart; `share` is how often it says yes at a minute.
    private static func endpoint(
        _ probes: [IdentifiedProbe], draws: Int, seed: UInt64, share: (Int) -> Double
    ) -> ResponseSet {
        var generator = SeededGenerator(seed: seed)
        var schedule = probes.flatMap { probe in (0..<draws).map { (probe.id, $0) } }
        generator.shuffle(&schedule)
        let completions = schedule.enumerated().map { minute, query in
            Completion(
                probe: query.0, draw: query.1, text: Array((generator.uniform() < share(minute) ? "yes" : "no").utf8),
                times: times(Int64(minute)))
        }
        return ResponseSet(model: ModelIdentity(name: "e", role: .suspect), completions: completions)
    }

    private static func borderInputs(_ count: Int, draws: Int = 6) throws -> [IdentifiedProbe] {
        try (0..<count).map { try EvidenceBuilder.probe($0, .nextToken, draws: draws) }
    }

    @Test("A change is found where it was made, and gate 0 then says that nothing follows")
    func change() throws {
        let probes = try Self.borderInputs(20)
        let endpoint = Self.endpoint(probes, draws: 6, seed: 1) { $0 < 70 ? 0.9 : 0.2 }
        let found = try #require(TimeSegmentation(of: endpoint, probes: probes, seed: 3))
        #expect(found.changes.count == 1 && found.draws == 120 && found.probes == 20)
        let change = try #require(found.changes.first)
        #expect(change.pValue.value <= TimeSegmentation.level)
        let minute = (change.at - found.startedAt) / Self.minute
        #expect((60...80).contains(minute))
        #expect(TimeSegmentation(of: endpoint, probes: probes, seed: 3) == found)

        let policy = try VerdictPolicy(thresholds: .suited(panelLineages: 19), panelLineages: 19)
        let panel = VerdictCases.panel(VerdictCases.unrelated(19))
        func verdict(_ timeline: TimeSegmentation?) throws -> Verdict {
            let suspect = VerdictCases.score(.panelNormalisedSimilarity, 9)
            let case0 = VerdictCases.scored(suspect: [suspect], panel: panel)
            return try policy.verdict(
                on: ScoredCase(
                    protected: case0.protected, protectedCoverage: case0.protectedCoverage, suspect: case0.suspect,
                    suspectCoverage: case0.suspectCoverage, panel: case0.panel, suspectTimeline: timeline))
        }
        let changed = try verdict(found)
        #expect(changed.outcome == .uninformative)
        #expect(changed[.validity]?.reasons.contains { $0.code == "endpoint-changed" } == true)
        let steady = Self.endpoint(probes, draws: 6, seed: 2) { _ in 0.5 }
        let quiet = try verdict(TimeSegmentation(of: steady, probes: probes, seed: 3))
        #expect(quiet.outcome != .uninformative)
        #expect(quiet[.validity]?.reasons.contains { $0.code == "no-change-found" } == true)
        #expect(try verdict(nil)[.validity]?.reasons.contains { $0.code == "stability-not-tested" } == true)
    }

    @Test("Two changes make three parts")
    func twoChanges() throws {
        let probes = try Self.borderInputs(20)
        let endpoint = Self.endpoint(probes, draws: 12, seed: 5) { (80..<160).contains($0) ? 0.05 : 0.95 }
        let found = try #require(TimeSegmentation(of: endpoint, probes: probes, seed: 3))
        let minutes = found.changes.map { ($0.at - found.startedAt) / Self.minute }
        #expect(minutes.count == 2)
        #expect(zip(minutes, [80, 160]).allSatisfy { abs($0 - $1) < 12 })
    }

    @Test("A steady endpoint is rarely cut")
    func size() throws {
        let probes = try Self.borderInputs(8, draws: 4)
        var small = 0
        for seed in 0..<40 {
            let endpoint = Self.endpoint(probes, draws: 4, seed: UInt64(100 + seed)) { _ in 0.5 }
            let found = try #require(TimeSegmentation(of: endpoint, probes: probes, seed: UInt64(seed)))
            if found.first.value <= 0.05 { small += 1 }
            #expect(found.changes.isEmpty)
        }
        // 2 of 40 expected at 5 %; 8 are more than four standard errors above.
        #expect(small < 8)
    }

    @Test("Too few draws, or draws without a time, are not tested")
    func tooFew() throws {
        let few = try Self.borderInputs(4)
        let endpoint = Self.endpoint(few, draws: 6, seed: 1) { _ in 0.5 }
        #expect(TimeSegmentation(of: endpoint, probes: few, seed: 1) == nil)
        let probes = try Self.borderInputs(20)
        let untimed = EvidenceBuilder.model("u", .suspect, probes: probes) { _ in ["yes", "no", "yes"] }
        #expect(TimeSegmentation(of: untimed, probes: probes, seed: 1) == nil)
    }

    @Test("Blocks end at long pauses and at changes, and answers without a time have one of their own")
    func blocks() throws {
        let probe = try EvidenceBuilder.probe(1, .text)
        func answer(_ minutes: Int64?) -> Completion {
            Completion(probe: probe.id, draw: 0, text: [97], times: minutes.map(Self.times))
        }
        let minutes: [Int64] = [0, 20, 45, 100, 110, 115]
        let set = ResponseSet(
            model: ModelIdentity(name: "m", role: .suspect), completions: minutes.map(answer) + [answer(nil)])
        #expect(minutes.map { TimeBlocks(of: [set]).block(of: answer($0)) } == [0, 0, 0, 1, 1, 1])
        let cut = TimeBlocks(of: [set], changes: [Self.times(112).startedAt, Self.times(900).startedAt])
        #expect(minutes.map { cut.block(of: answer($0)) } == [0, 0, 0, 1, 1, 2])
        #expect(cut.block(of: answer(nil)) == -1)
        #expect(TimeBlocks(of: []).beginnings.isEmpty)
    }

    @Test("Labels are exchanged inside a block only: a drift that meets both models alike rejects nothing")
    func drift() throws {
        let probes = try (0..<12).map { try EvidenceBuilder.probe($0, .text, draws: 8) }
        /// Half a day apart the servers say other things; how many draws of a model fall on each half is given.
        func model(_ role: ModelRole, early: Int, timed: Bool, seed: UInt64) -> ResponseSet {
            var generator = SeededGenerator(seed: seed)
            let completions = probes.flatMap { probe in
                (0..<8).map { draw in
                    let isEarly = draw < early
                    let text = (0..<20).map { _ in
                        generator.uniform() < 0.5 ? (isEarly ? 120 : 121) : UInt8(97 + generator.index(below: 20))
                    }
                    return Completion(
                        probe: probe.id, draw: draw, text: text,
                        times: timed ? Self.times(isEarly ? Int64(draw) : 720 + Int64(draw)) : nil)
                }
            }
            return ResponseSet(model: ModelIdentity(name: "\(role)", role: role), completions: completions)
        }
        func score(timed: Bool, early: (Int, Int)) -> Score {
            PromptStratifiedMMD().score(
                EvidenceBuilder.evidence(
                    probes, model(.protected, early: early.0, timed: timed, seed: 1),
                    model(.suspect, early: early.1, timed: timed, seed: 2)))
        }
        let blocked = score(timed: true, early: (6, 2))
        let blind = score(timed: false, early: (6, 2))
        #expect(blocked.value == blind.value)
        #expect(try #require(blind.details["p_value"]) == 0.001)
        #expect(try #require(blocked.details["p_value"]) > 0.01)
        #expect(blocked.details["time_blocks"] == 2 && blind.details["time_blocks"] == 1)
        #expect(blind.details["untimed_draws"] == 192)
        // Asked on different days, nothing can be exchanged, and there is no p-value at all.
        let apart = score(timed: true, early: (8, 0))
        #expect(apart.details["p_value"] == nil && apart.details["holm_p_value"] == nil)
        #expect(apart.validity == .limited && apart.reasons.contains { $0.code == "not-interleaved" })
    }
}
