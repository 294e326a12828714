import Acquisition
import CaseStore
import Comparison
import ContentAddressing
import ForensicTypes
import Testing

/// A relay that misbehaves in the ways that relays do, asked by the real collector and judged by the real policy. None of it
/// may end in a verdict that clears the suspect, and none in one that accuses an honest one.
@Suite("Mock relay", .timeLimit(.minutes(4)))
struct MockRelaySoakTests {
    /// How a relay behaves.
    enum Scenario: String, CaseIterable {
        /// The protected model itself, honestly.
        case clean
        /// The same, but every answer takes its time.
        case slow
        /// Nobody listens.
        case dead
        /// Always loading.
        case loading
        /// Every answer is empty: all tokens went into reasoning.
        case reasoning
        /// Other words each time, whatever is asked.
        case noisy
        /// The protected model at first, then a cheaper one under another name.
        case fraudulent
    }

    private static let probes: [IdentifiedProbe] = (1...24).compactMap { number in
        Digest(bytes: [UInt8](repeating: UInt8(number), count: 32)).map { digest in
            IdentifiedProbe(
                id: digest,
                probe: Probe(
                    family: "soak", prompt: .chat([Message(role: .user, content: "question \(number)")]),
                    sampling: SamplingParameters(temperature: 0.8), draws: 4, reading: .text))
        }
    }

    /// What a model says: twenty words that the model and the question fix, four that change from draw to draw.
    private static func text(model: String, question: String, draw: Int) -> String {
        (0..<24).map { place in
            let salt = place % 6 == 5 ? "\(draw)" : ""
            let bytes = SHA256Digest.of(text: "\(model) \(question) \(place) \(salt)").bytes
            return "w\(Int(bytes[0]) % 40)"
        }.joined(separator: " ")
    }

    private static func answer(_ text: String, name: String = "served") -> [UInt8] {
        Answers.response(
            "200 OK",
            #"{"object":"chat.completion","model":"\#(name)","choices":[{"index":0,"finish_reason":"stop","#
                + #""message":{"role":"assistant","content":"\#(text)"}}],"#
                + #""usage":{"prompt_tokens":7,"completion_tokens":24,"total_tokens":31}}"#)
    }

    private static func question(_ request: ScriptedServer.Request) -> String {
        guard let start = request.text.firstRange(of: "question ") else { return "" }
        return String(request.text[start.upperBound...].prefix { $0.isNumber })
    }

    private static func server(_ scenario: Scenario, model: String) async throws -> ScriptedServer {
        try await ScriptedServer.start { request, number in
            let question = question(request)
            let usual = answer(text(model: model, question: question, draw: number))
            switch scenario {
            case .clean: return [.write(usual)]
            case .slow: return [.wait(40), .write(usual)]
            case .dead: return [.close]
            case .loading: return [.write(Answers.error("503 Service Unavailable", type: "unavailable_error"))]
            case .reasoning: return [.write(answer(""))]
            case .noisy: return [.write(answer(text(model: "noise \(number)", question: "", draw: number)))]
            case .fraudulent:
                return number < 48
                    ? [.write(usual)]
                    : [.write(answer(text(model: "cheap", question: question, draw: number), name: "cheap"))]
            }
        }
    }

    private func collect(_ store: CaseStore, _ port: Int, name: String, role: ModelRole, lineage: String?) async throws
        -> ResponseSet
    {
        var endpoint = try Setting.endpoint(port, name: name, role: role, concurrency: 2)
        endpoint.identity = ModelIdentity(name: name, role: role, lineage: lineage.map { Lineage($0) })
        var policy = Setting.impatient
        policy.patience = 0.5
        let collector = Collector(
            store: store, endpoints: [endpoint], probes: Self.probes, run: "run-\(name)", plan: nil, seed: 11,
            policy: policy)
        _ = try? await collector.run()
        return try await RecordedAnswers.read(endpoint.identity, from: store, probes: Self.probes).responses
    }

    @Test(
        "Dead, loading and empty are uninformative; noise clears nobody; fraud is found; slow and clean are not accused"
    )
    func scenarios() async throws {
        let store = try await Setting.store()
        let owner = try await Self.server(.clean, model: "owner")
        let protected = try await collect(store, owner.port, name: "protected", role: .protected, lineage: "owner")
        var panel: [ResponseSet] = []
        for lineage in ["alpha", "beta", "gamma"] {
            let server = try await Self.server(.clean, model: lineage)
            panel.append(try await collect(store, server.port, name: lineage, role: .panel, lineage: lineage))
            await server.stop()
        }
        var verdicts: [Scenario: Verdict] = [:]
        for scenario in Scenario.allCases {
            let server = try await Self.server(scenario, model: "owner")
            if scenario == .dead { await server.stop() }
            let suspect = try await collect(
                store, server.port, name: "relay-\(scenario.rawValue)", role: .suspect, lineage: nil)
            if scenario != .dead { await server.stop() }
            verdicts[scenario] = try Self.verdict(protected: protected, suspect: suspect, panel: panel)
        }
        await owner.stop()
        try Self.expect(verdicts)
    }

    // Apart from the asynchronous part: the optimiser of Swift 6.3.1 crashes on large values in a coroutine's frame.
    @inline(never)
    private static func verdict(
        protected: ResponseSet, suspect: ResponseSet, panel: [ResponseSet]
    ) throws -> Verdict {
        try CaseAnalysis.analyse(
            probes: probes, protected: protected, suspect: suspect, panel: panel,
            thresholds: .suited(panelLineages: 3), seed: 5
        ).verdict
    }

    private static func expect(_ verdicts: [Scenario: Verdict]) throws {
        for (scenario, verdict) in verdicts {
            #expect(verdict.hypotheses != [.independent], "\(scenario)")
        }
        func codes(_ scenario: Scenario) -> Set<String> {
            Set(verdicts[scenario]?[.validity]?.reasons.map(\.code) ?? [])
        }
        for scenario in [Scenario.dead, .loading, .reasoning] {
            #expect(verdicts[scenario]?.outcome == .uninformative, "\(scenario)")
            #expect(codes(scenario).contains("too-few-usable-probes"), "\(scenario)")
        }
        #expect(verdicts[.noisy]?.outcome == .inconclusive)
        #expect(verdicts[.fraudulent]?.outcome == .uninformative)
        #expect(codes(.fraudulent).isSuperset(of: ["unstable-in-time", "model-name-changed"]))
        for scenario in [Scenario.clean, .slow] {
            #expect(verdicts[scenario]?[.validity]?.outcome == .passed, "\(scenario)")
            #expect(verdicts[scenario]?.hypotheses.contains(.copy) == true, "\(scenario)")
        }
    }
}
