import Acquisition
import CaseStore
import ForensicTypes
import Synchronization
import Testing
import WireFormats

@Suite("Collector", .timeLimit(.minutes(2)))
struct CollectorTests {
    private func collector(
        _ store: CaseStore, _ endpoints: [EndpointConfiguration], _ probes: [IdentifiedProbe], run: String = "r1"
    ) -> Collector {
        Collector(
            store: store, endpoints: endpoints, probes: probes, run: run, plan: nil, seed: 7,
            policy: Setting.impatient)
    }

    @Test("Every draw of every endpoint is asked once, interleaved, and recorded")
    func collects() async throws {
        let server = try await ScriptedServer.start { _, _ in [.wait(20), .write(Answers.ok)] }
        let probes = try (1...10).map { try Setting.probe($0, draws: 2) }
        let endpoints = [
            try Setting.endpoint(server.port, name: "protected", role: .protected),
            try Setting.endpoint(server.port, name: "suspect"),
        ]
        let store = try await Setting.store()
        let seen = Mutex<[CollectionEvent]>([])
        let summary = try await collector(store, endpoints, probes).run { event in
            seen.withLock { $0.append(event) }
        }
        #expect(summary.wanted == 40 && summary.answered == 40 && summary.missing == 0 && summary.attempts == 40)
        #expect(summary.errors.isEmpty && !summary.wasStopped)
        let events = seen.withLock { $0 }
        #expect(events.count == 41 && events.last == .summary(summary))
        guard case .progress(let last)? = events.dropLast().last else { throw CancellationError() }
        #expect(last.done == 40 && last.attempts == 40 && last.secondsLeft == 0 && last.spent.isEmpty)
        let names = try await Setting.records(store).map(\.transcript.model.name)
        #expect(names.filter { $0 == "suspect" }.count == 20)
        let changes = zip(names, names.dropFirst()).filter { $0 != $1 }.count
        #expect(changes > 8, "the endpoints take turns")
        #expect(await store.custody.entries.map(\.action) == [.open, .collectStart, .collectEnd])
        let answers = try await RecordedAnswers.read(endpoints[1].identity, from: store, probes: probes)
        #expect(answers.answered == 20 && answers.missing == 0 && answers.responses.completions.count == 10)
        let recorded = try await Setting.records(store).map(\.transcript).filter { $0.model == endpoints[1].identity }
        for completion in answers.responses.completions.values.joined() {
            let transcript = try #require(
                recorded.first { $0.probe == completion.probe && $0.draw == completion.draw })
            #expect(completion.times == transcript.times)
            #expect(completion.times.map { $0.startedAt > 0 && $0.startedAt <= $0.endedAt } == true)
        }
        await server.stop()
    }

    @Test("A second run asks only what is missing, and its attempts are numbered on")
    func resumes() async throws {
        let server = try await ScriptedServer.start { _, number in
            number < 6
                ? [.write(Answers.ok)] : [.write(Answers.error("401 Unauthorized", type: "authentication_error"))]
        }
        let probes = try (1...10).map { try Setting.probe($0) }
        let endpoint = try Setting.endpoint(server.port, concurrency: 1)
        let store = try await Setting.store()
        await #expect(throws: AcquisitionError(.wrongKey, "")) {
            try await collector(store, [endpoint], probes).run()
        }
        #expect(try await store.attempts().count == 7, "the attempt that failed is recorded")
        await server.stop()
        let second = try await ScriptedServer.start { _, _ in [.write(Answers.ok)] }
        let moved = try Setting.endpoint(second.port, concurrency: 1)
        let summary = try await collector(store, [moved], probes, run: "r2").run()
        #expect(summary.alreadyThere == 6 && summary.answered == 4 && summary.attempts == 4)
        #expect(try await store.attempts().filter { $0.attempt == 1 }.count == 1)
        #expect(await store.custody.entries.map(\.action) == [.open, .collectStart, .pause, .resume, .collectEnd])
        await second.stop()
    }

    @Test("A server that is loading is waited for")
    func loading() async throws {
        let server = try await ScriptedServer.start { _, number in
            number < 4
                ? [.write(Answers.error("503 Service Unavailable", type: "unavailable_error"))] : [.write(Answers.ok)]
        }
        let store = try await Setting.store()
        let summary = try await collector(
            store, [try Setting.endpoint(server.port)], try (1...3).map { try Setting.probe($0) }
        ).run()
        #expect(summary.answered == 3)
        #expect(summary.errors == ["not_ready": 4])
        #expect(try await Setting.records(store).count == 7)
        await server.stop()
    }

    @Test("A prompt that is too long is refused once and never asked again")
    func overflow() async throws {
        let server = try await ScriptedServer.start { request, _ in
            request.text.contains("question 2")
                ? [.write(Answers.error("400 Bad Request", type: "exceed_context_size_error"))] : [.write(Answers.ok)]
        }
        let probes = try (1...3).map { try Setting.probe($0) }
        let endpoint = try Setting.endpoint(server.port)
        let store = try await Setting.store()
        let summary = try await collector(store, [endpoint], probes).run()
        #expect(summary.answered == 2 && summary.missing == 1)
        #expect(summary.errors == ["context_overflow": 1])
        #expect(try await collector(store, [endpoint], probes, run: "r2").run().attempts == 0)
        let answers = try await RecordedAnswers.read(endpoint.identity, from: store, probes: probes)
        #expect(answers.missing == 1 && answers.failedAttempts == ["context_overflow": 1])
        await server.stop()
    }

    @Test("An endpoint that is down is given up early, with its attempts recorded")
    func down() async throws {
        let server = try await ScriptedServer.start { _, _ in [] }
        let endpoint = try Setting.endpoint(server.port)
        await server.stop()
        let store = try await Setting.store()
        await #expect(throws: AcquisitionError(.endpointDown, "")) {
            try await collector(store, [endpoint], try (1...50).map { try Setting.probe($0) }).run()
        }
        let outcomes = try await store.attempts().map(\.outcome)
        #expect((3...6).contains(outcomes.count))
        #expect(outcomes.allSatisfy { $0 == .unreachable })
    }

    @Test(
        "One endpoint's fault does not stop the others; the error names it at the end, and the next run needs it alone")
    func separateFaults() async throws {
        let server = try await ScriptedServer.start { _, _ in [.write(Answers.ok)] }
        let refusing = try await ScriptedServer.start { _, _ in
            [.write(Answers.error("401 Unauthorized", type: "authentication_error"))]
        }
        let gone = try await ScriptedServer.start { _, _ in [] }
        let endpoints = [
            try Setting.endpoint(refusing.port, name: "suspect-a"),
            try Setting.endpoint(server.port, name: "protected", role: .protected),
            try Setting.endpoint(gone.port, name: "suspect-b"),
        ]
        await gone.stop()
        let probes = try (1...15).map { try Setting.probe($0) }
        let store = try await Setting.store()
        let seen = Mutex<[CollectionEvent]>([])
        let error = await #expect(throws: AcquisitionError.self) {
            try await collector(store, endpoints, probes).run { event in seen.withLock { $0.append(event) } }
        }
        #expect(error?.code == .wrongKey)
        #expect(error?.message.contains("suspect-a") == true && error?.message.contains("suspect-b") == true)
        #expect(try await store.completedDraws(of: "protected").count == 15)
        let events = seen.withLock { $0 }
        let faults = events.compactMap { event -> EndpointFaultReport? in
            if case .fault(let report) = event { report } else { nil }
        }
        #expect(Set(faults.map(\.fault)) == [.wrongKey, .down])
        guard case .summary(let summary)? = events.last else { throw CancellationError() }
        #expect(summary.answered == 15 && summary.missing == 30 && summary.faults.count == 2)
        #expect(await store.custody.entries.last?.action == .pause)
        #expect(await store.custody.entries.last?.why.contains("suspect-a: wrong_key") == true)
        await refusing.stop()
        await server.stop()
    }

    @Test("Money: what was spent is told, and a budget for the whole case counts what earlier runs used")
    func money() async throws {
        let server = try await ScriptedServer.start { _, _ in [.write(Answers.ok)] }
        var endpoint = try Setting.endpoint(server.port, concurrency: 1)
        // Every answer reports 7 and 2 tokens.
        endpoint.budget.price = TokenPrice(inputPerMillion: 100, outputPerMillion: 1_000, currency: "EUR")
        let store = try await Setting.store()
        let first = try await collector(store, [endpoint], try (1...4).map { try Setting.probe($0) }).run()
        #expect(first.tokens == 36 && first.spent == ["EUR": 0.0108] && first.exhausted.isEmpty)
        endpoint.budget.maximumTokens = 36 + 400
        let probes = try (1...40).map { try Setting.probe($0) }
        let second = try await collector(store, [endpoint], probes, run: "r2").run()
        #expect(second.alreadyThere == 4 && second.tokens <= 400 && second.tokens % 9 == 0)
        #expect(second.answered == second.tokens / 9 && second.exhausted == ["suspect"] && second.missing > 0)
        await server.stop()
    }

    @Test("A connection that the server closes after each answer is noticed, and no answer is lost")
    func closingServer() async throws {
        let server = try await ScriptedServer.start { _, _ in [.write(Answers.ok), .close] }
        let store = try await Setting.store()
        let probes = try (1...20).map { try Setting.probe($0) }
        let summary = try await collector(store, [try Setting.endpoint(server.port)], probes).run()
        #expect(summary.answered == 20 && summary.missing == 0)
        let records = try await Setting.records(store)
        #expect(records.filter { $0.transcript.outcome == .http(status: 200) }.count == 20)
        let stale = records.filter { $0.transcript.outcome == .brokenResponse }
        #expect(stale.count == summary.errors["stale_connection", default: 0])
        #expect(stale.allSatisfy { $0.transcript.response.isEmpty && $0.transcript.connection.exchange == 1 })
        await server.stop()
    }

    @Test("A dropped answer is asked for again; an unreadable one counts as unreadable")
    func broken() async throws {
        let server = try await ScriptedServer.start { request, number in
            if number == 0 { return [.write(Array(Answers.ok.prefix(60))), .wait(5), .close] }
            if request.text.contains("question 2") { return [.write(Answers.response("200 OK", "{\"a\":1,\"a\":2}"))] }
            return [.write(Answers.ok)]
        }
        let probes = try (1...3).map { try Setting.probe($0) }
        let endpoint = try Setting.endpoint(server.port, concurrency: 1)
        let store = try await Setting.store()
        let summary = try await collector(store, [endpoint], probes).run()
        #expect(summary.answered == 3 && summary.attempts == 4)
        #expect(summary.errors == ["broken": 1])
        let answers = try await RecordedAnswers.read(endpoint.identity, from: store, probes: probes)
        #expect(answers.answered == 2 && answers.unreadable == ["duplicate_key": 1] && answers.missing == 1)
        await server.stop()
    }

    @Test("Cancelling stops soon, records what was under way, and says so")
    func cancelled() async throws {
        let server = try await ScriptedServer.start { _, number in number < 3 ? [.write(Answers.ok)] : [] }
        let store = try await Setting.store()
        let endpoint = try Setting.endpoint(server.port, timeout: 60, concurrency: 2)
        let probes = try (1...20).map { try Setting.probe($0) }
        let subject = collector(store, [endpoint], probes)
        let task = Task { try await subject.run() }
        while server.received.count < 5 { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        let summary = try await task.value
        #expect(summary.wasStopped)
        #expect(summary.answered == 3)
        #expect(try await store.attempts().filter { $0.outcome == .aborted }.count == 2)
        #expect(await store.custody.entries.last?.action == .pause)
        await server.stop()
    }

    @Test("Prompts that a protocol cannot carry are counted, not sent")
    func unsupported() async throws {
        let server = try await ScriptedServer.start { _, _ in [.write(Answers.ok)] }
        var endpoint = try Setting.endpoint(server.port)
        endpoint.provider = .openAICompletions
        let store = try await Setting.store()
        let summary = try await collector(store, [endpoint], [try Setting.probe(1, draws: 3)]).run()
        #expect(summary.unsupported == 3 && summary.missing == 3 && summary.attempts == 0)
        #expect(server.received.isEmpty)
        await server.stop()
    }
}
