import Acquisition
import CaseStore
import ForensicTypes
import Testing
import WireFormats

/// An error object behind a status of success, as relays send it: never an answer.
@Suite("Error objects in the place of answers", .timeLimit(.minutes(2)))
struct ErrorAnswerTests {
    private static let error = Answers.response(
        "200 OK", #"{"error":{"code":429,"message":"m","type":"rate_limit_exceeded"}}"#)

    private func collector(_ store: CaseStore, _ port: Int, run: String) throws -> Collector {
        Collector(
            store: store, endpoints: [try Setting.endpoint(port, concurrency: 1)],
            probes: try (1...3).map { try Setting.probe($0) }, run: run, plan: nil, seed: 7, policy: Setting.impatient)
    }

    @Test("It is recorded as an attempt with an outcome of its own, tried again, and asked for again by the next run")
    func resumed() async throws {
        let server = try await ScriptedServer.start { request, number in
            request.text.contains("question 2") || number == 0 ? [.write(Self.error)] : [.write(Answers.ok)]
        }
        let store = try await Setting.store()
        let first = try await collector(store, server.port, run: "r1").run()
        #expect(first.answered == 2 && first.missing == 1)
        let failed = first.errors["error_answer", default: 0]
        #expect(failed >= 3 && first.attempts == failed + 2 && first.errors.count == 1)
        await server.stop()
        let records = try await Setting.records(store).map(\.transcript)
        #expect(records.count { $0.outcome == .errorAnswer(status: 200) } == failed)
        #expect(records.filter { $0.outcome != .http(status: 200) }.allSatisfy { $0.response == Self.error })
        #expect(try await store.completedDraws(of: "suspect").count == 2)

        let mended = try await ScriptedServer.start { _, _ in [.write(Answers.ok)] }
        let second = try await collector(store, mended.port, run: "r2").run()
        #expect(second.alreadyThere == 2 && second.answered == 1 && second.attempts == 1 && second.missing == 0)
        let identity = try Setting.endpoint(mended.port).identity
        let answers = try await RecordedAnswers.read(
            identity, from: store, probes: try (1...3).map { try Setting.probe($0) })
        #expect(answers.answered == 3 && answers.failedAttempts == ["error_answer": failed])
        await mended.stop()
    }

    @Test("What is an error object and what is not")
    func bodies() throws {
        func isError(_ body: String, _ status: String = "200 OK") throws -> Bool {
            ProviderResponse.isError(try HTTPResponse(wire: Answers.response(status, body)))
        }
        #expect(try isError(#"{"error":{"message":"m"}}"#))
        #expect(try isError(#"{"error":"overloaded"}"#))
        #expect(try isError(#"{"id":"1","choices":[],"error":{}}"#, "201 Created"))
        for body in [
            #"{"error":null,"output":[]}"#, #"{"choices":[{"error":1}]}"#, "{}", "[]", "", "error", #""error""#,
        ] {
            #expect(try !isError(body), "\(body)")
        }
        #expect(try !isError(#"{"error":{}}"#, "500 Internal Server Error"), "that is the status's own affair")
    }
}
