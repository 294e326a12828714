import Acquisition
import ForensicTypes
import Testing

@Suite("Endpoint check", .timeLimit(.minutes(2)))
struct EndpointCheckTests {
    private func check(
        _ script: @escaping @Sendable (ScriptedServer.Request, Int) -> [ScriptedServer.Step]
    ) async throws -> EndpointCheck {
        let server = try await ScriptedServer.start(script: script)
        let check = try await EndpointCheck.run(try Setting.endpoint(server.port))
        await server.stop()
        return check
    }

    @Test("A capable endpoint")
    func capable() async throws {
        let check = try await check { request, number in
            if request.head.hasPrefix("GET /v1/models ") { return [.write(Answers.models)] }
            if request.text.contains("\"stream\":true") { return [.write(Answers.stream(["a", "b"]))] }
            let isSampled = request.text.contains("\"temperature\":1.0")
            let text = request.text.contains("\"seed\":") ? "seeded" : isSampled ? "\(number)" : "same"
            return [.write(Answers.chat(text, logprobs: request.text.contains("top_logprobs")))]
        }
        #expect(check.isReachable && check.isAuthorised == true && check.isUsable)
        #expect(check.models == ["served"] && check.claimedModel == "served")
        #expect(check.topLogprobs == 2 && check.reportsUsage)
        #expect(check.isDeterministic == true && check.looksCached == false)
        #expect(check.streams == true && check.honoursSeed == true)
        #expect(check.problems.isEmpty)
    }

    @Test("An endpoint without models, usage or log-probabilities, that varies and caches")
    func poor() async throws {
        let check = try await check { request, number in
            if request.head.hasPrefix("GET") { return [.write(Answers.error("404 Not Found", type: "x"))] }
            let isSampled = request.text.contains("\"temperature\":1.0")
            return [.write(Answers.chat(isSampled ? "cached" : "\(number)", usage: false))]
        }
        #expect(check.isReachable && check.isUsable && check.models.isEmpty)
        #expect(check.topLogprobs == 0 && !check.reportsUsage)
        #expect(check.isDeterministic == false && check.looksCached == true)
        #expect(check.streams == false && check.honoursSeed == nil)
        #expect(check.problems.count == 2)
    }

    @Test("A wrong key, a loading server, and nobody there")
    func unusable() async throws {
        let refused = try await check { _, _ in
            [.write(Answers.error("401 Unauthorized", type: "authentication_error"))]
        }
        #expect(refused.isReachable && refused.isAuthorised == false && !refused.isUsable)
        let loading = try await check { _, _ in
            [.write(Answers.error("503 Service Unavailable", type: "unavailable_error"))]
        }
        #expect(loading.isReachable && loading.problems.count == 1)
        let server = try await ScriptedServer.start { _, _ in [] }
        let endpoint = try Setting.endpoint(server.port)
        await server.stop()
        let down = try await EndpointCheck.run(endpoint)
        #expect(!down.isReachable && !down.isUsable && down.problems.count == 1)
    }
}
