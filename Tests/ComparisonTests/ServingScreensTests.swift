import Comparison
import ForensicTypes
import Statistics
import Testing

@Suite("Serving screens")
struct ServingScreensTests {
    private let probes = Answers.probes(30, temperature: 1, draws: 6)

    /// Six draws of thirty probes, a second apart in random order, over three connections.
    private func responses(
        seed: UInt64, name: (Int) -> String = { _ in "m" }, fingerprint: (Int) -> String? = { _ in nil },
        elapsed: (_ isRepeat: Bool) -> Int64 = { _ in 1_000 },
        text: (_ probe: Int, _ draw: Int, _ moment: Int, _ word: Int) -> String
    ) -> ResponseSet {
        var generator = SeededGenerator(seed: seed)
        var order = (0..<30).flatMap { probe in (0..<6).map { (probe, $0) } }
        generator.shuffle(&order)
        var seen: Set<String> = []
        let completions = order.enumerated().map { moment, place in
            let words = text(place.0, place.1, moment, generator.index(below: 4))
            let isRepeat = !seen.insert("\(place.0) \(words)").inserted
            return Completion(
                probe: probes[place.0].id, draw: place.1, text: Array(words.utf8), finishReason: .stop,
                claimedModel: name(moment), systemFingerprint: fingerprint(moment),
                times: ExchangeTimes(
                    startedAt: Int64(moment) * 1_000_000_000, endedAt: Int64(moment) * 1_000_000_000 + 1,
                    elapsed: elapsed(isRepeat), connection: moment % 3))
        }
        return ResponseSet(model: Answers.model, completions: completions)
    }

    private func gate(_ suspect: ResponseSet, own: ResponseSet? = nil) throws -> GateResult {
        let owner = own ?? responses(seed: 99) { probe, _, _, word in "p\(probe) w\(word)" }
        let policy = try VerdictPolicy(thresholds: .suited(panelLineages: 1), panelLineages: 1)
        let verdict = try policy.verdict(
            on: ScoredCase(
                protected: VerdictCases.protected, protectedCoverage: Coverage(of: owner, probes: probes),
                suspect: ScoredModel(model: Answers.model, scores: []),
                suspectCoverage: Coverage(of: suspect, probes: probes), panel: []))
        return try #require(verdict[.validity])
    }

    @Test("One model throughout passes, with p-values that are uniform enough: at 5 % about 5 % fail")
    func honest() throws {
        var low = 0
        for seed in 0..<20 as Range<UInt64> {
            let screens = ServingScreens(
                of: responses(seed: seed) { probe, _, _, word in "p\(probe) w\(word)" }, probes: probes)
            let time = try #require(screens.time)
            let connections = try #require(screens.connections)
            #expect(time.draws == 180 && time.groups == 2 && connections.groups == 3)
            for test in [time, connections] where test.pValue <= 0.05 { low += 1 }
        }
        // 40 tests at 5 %: more than 8 have a chance below 1 in 1,000.
        #expect(low <= 8)
        #expect(try gate(responses(seed: 5) { probe, _, _, word in "p\(probe) w\(word)" }).outcome == .passed)
    }

    @Test("Another model from the middle on makes the collection invalid, and is not called anything else")
    func switched() throws {
        let result = try gate(
            responses(seed: 1) { probe, _, moment, word in moment < 90 ? "p\(probe) w\(word)" : "q\(probe) v\(word)" })
        #expect(result.outcome == .rejected)
        let reason = try #require(result.reasons.first)
        #expect(reason.code == "unstable-in-time")
        #expect(reason.numbers["p_value"] == 0.001)
        #expect(reason.text.contains("would seldom do (p = 0.001). An update, or a router between models, does."))
    }

    @Test("A router that sends one connection elsewhere, and one that shows its instances")
    func routed() throws {
        let byConnection = try gate(
            responses(seed: 2) { probe, _, moment, word in (moment % 3 == 0 ? "x" : "y") + "\(probe) \(word)" })
        #expect(byConnection.outcome == .rejected)
        #expect(byConnection.reasons.first?.code == "unstable-between-connections")
        let byInstance = try gate(
            responses(seed: 3, fingerprint: { $0 % 7 < 3 ? "fp-a" : "fp-b" }) { probe, _, moment, word in
                (moment % 7 < 3 ? "x" : "y") + "\(probe) \(word)"
            })
        #expect(byInstance.reasons.map(\.code).contains("unstable-between-instances"))
    }

    @Test("Names and fingerprints that change without the answers changing are reported and exclude nothing")
    func names() throws {
        let result = try gate(
            responses(seed: 4, name: { $0 % 2 == 0 ? "a" : "b" }, fingerprint: { "fp\($0 % 3)" }) { probe, _, _, word in
                "p\(probe) w\(word)"
            })
        #expect(result.outcome == .passed)
        #expect(
            result.reasons.map(\.code).prefix(3) == ["model-name-changed", "fingerprint-changed", "usable-answers"])
    }

    @Test("Repeats that come at once betray a cache; repeats that take as long as the rest do not")
    func cache() throws {
        func cached(_ fast: Int64) -> ResponseSet {
            responses(seed: 6, elapsed: { $0 ? fast : 1_000 }) { probe, draw, _, _ in
                "p\(probe) w\(draw / 2)"
            }
        }
        let result = try gate(cached(20))
        #expect(result.outcome == .rejected)
        #expect(result.reasons.contains { $0.code == "cached-draws" && $0.numbers["time_share"] == 0.02 })
        #expect(try gate(cached(900)).reasons.allSatisfy { $0.code != "cached-draws" })
        // Where the protected model repeats itself as well, nothing can be said.
        let owner = responses(seed: 8) { probe, _, _, _ in "p\(probe)" }
        #expect(try gate(cached(20), own: owner).reasons.allSatisfy { $0.code != "cached-draws" })
    }

    @Test("Refusals of single probes are reported")
    func refusals() throws {
        let result = try gate(responses(seed: 7) { probe, _, _, word in probe < 2 ? " " : "p\(probe) w\(word)" })
        #expect(result.outcome == .passed)
        #expect(result.reasons.contains { $0.code == "refusals" && $0.numbers["refused"] == 2 })
    }
}
