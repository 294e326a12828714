import Acquisition
import ForensicTypes
import Foundation
import Testing
import WireFormats

@Suite("Endpoint client", .timeLimit(.minutes(2)))
struct EndpointClientTests {
    @inline(never)
    private func exchange(
        timeout: Double = 5, limits: HTTPLimits = HTTPLimits(), key: EndpointConfiguration.KeySource? = nil,
        _ script: @escaping @Sendable (ScriptedServer.Request, Int) -> [ScriptedServer.Step]
    ) async throws -> Observed {
        let server = try await ScriptedServer.start(script: script)
        let client = try client(of: server, timeout: timeout, limits: limits, key: key)
        let exchange = await client.perform(try request())
        await server.stop()
        return Observed(exchange, server)
    }

    // Apart from the asynchronous part: the optimiser of Swift 6.3.1 crashes on an endpoint in a coroutine's frame.
    @inline(never)
    private func client(
        of server: ScriptedServer, timeout: Double, limits: HTTPLimits, key: EndpointConfiguration.KeySource?
    ) throws -> EndpointClient {
        var endpoint = try Setting.endpoint(server.port, key: key, timeout: timeout)
        endpoint.limits = limits
        return try EndpointClient(endpoint)
    }

    private func request() throws -> ProviderRequest {
        try ProviderRequest(try Setting.probe(1).probe, model: "served", over: .openAIChat)
    }

    @Test("The wire is kept byte for byte in both directions")
    func wire() async throws {
        let answered = try await exchange { _, _ in [.write(Answers.ok), .close] }
        try Self.expectWholeWire(answered.exchange, by: answered.server)
    }

    private static func expectWholeWire(_ exchange: WireExchange, by server: ScriptedServer) throws {
        let received = server.received.first
        #expect(exchange.outcome == .http(status: 200))
        #expect(exchange.response == Answers.ok)
        #expect(exchange.request == received?.wire)
        #expect(exchange.connection.peerAddress == "127.0.0.1:\(server.port)")
        #expect(exchange.redactions.isEmpty)
        let head = try #require(received?.head)
        #expect(head.hasPrefix("POST /v1/chat/completions HTTP/1.1\r\n"))
        #expect(head.contains("\r\nAccept-Encoding: identity\r\n"))
        #expect(!head.lowercased().contains("user-agent"))
        #expect(exchange.elapsed > 0 && exchange.endedAt >= exchange.startedAt)
    }

    @Test("Chunked answers keep their framing, however they are cut")
    func chunked() async throws {
        let wire = Array(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n2;x=y\r\n\":\r\n2\r\n1}\r\n0\r\n\r\n"
                .utf8)
        let steps = wire.map { ScriptedServer.Step.write([$0]) }
        let exchange = try await exchange { _, _ in steps }
        #expect(exchange.outcome == .http(status: 200))
        #expect(exchange.response == wire)
        #expect(try HTTPResponse(wire: exchange.response).body == Array("{\"a\":1}".utf8))
    }

    @Test("A body that ends early is kept as far as it came")
    func dropped() async throws {
        let part = Array(Answers.ok.dropLast(20))
        let exchange = try await exchange { _, _ in [.write(part), .wait(20), .close] }
        #expect(exchange.outcome == .brokenResponse)
        #expect(exchange.response == part)
    }

    @Test("An endless body ends at its limit")
    func endlessBody() async throws {
        let head = Array("HTTP/1.1 200 OK\r\n\r\n".utf8)
        let block = [UInt8](repeating: 0x61, count: 16_384)
        let body = try await exchange(limits: Self.tight) { _, _ in [.write(head), .flood(block)] }
        #expect(body.outcome == .limitExceeded)
        #expect(body.response.count < 1 << 20)
    }

    @Test("An endless header ends at its limit")
    func endlessHeader() async throws {
        let field = Array("HTTP/1.1 200 OK\r\n".utf8)
        let line = Array("X-Flood: \(String(repeating: "a", count: 200))\r\n".utf8)
        let header = try await exchange(limits: Self.tight) { _, _ in [.write(field), .flood(line)] }
        #expect(header.outcome == .limitExceeded)
        #expect(header.response.count < 1 << 20)
    }

    private static let tight = HTTPLimits(header: 4_096, body: 100_000)

    @Test("A size that is announced above the limit is not even read")
    func announced() async throws {
        let head = Array("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n".utf8)
        let exchange = try await exchange { _, _ in [.write(head)] }
        #expect(exchange.outcome == .limitExceeded)
    }

    @Test("Silence runs into its time limit")
    func silence() async throws {
        let silence = try await exchange(timeout: 0.2) { _, _ in [] }
        #expect(silence.outcome == .timeout)
        #expect(silence.response.isEmpty)
    }

    @Test("A stall runs into its time limit")
    func stall() async throws {
        let part = Array(Answers.ok.prefix(40))
        let stall = try await exchange(timeout: 2) { _, _ in [.write(part)] }
        #expect(stall.outcome == .timeout)
        #expect(stall.response == part)
    }

    @Test("A slow drip runs into the limit of the whole")
    func drip() async throws {
        let steps = Answers.ok.flatMap { [ScriptedServer.Step.write([$0]), .wait(100)] }
        let dripped = try await exchange(timeout: 0.3) { _, _ in steps }
        #expect(dripped.outcome == .timeout)
        #expect(dripped.elapsed < 8_000_000_000, "the whole answer would take more than ten seconds")
    }

    @Test(
        "What is no HTTP response, or two at once, is recorded as broken",
        arguments: [
            "SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
        ])
    func nonsense(text: String) async throws {
        let exchange = try await exchange { _, _ in [.write(Array(text.utf8)), .wait(20), .close] }
        #expect(exchange.outcome == .brokenResponse)
        #expect(exchange.response == Array(text.utf8))
    }

    @Test("Nobody listens")
    func down() async throws {
        let server = try await ScriptedServer.start { _, _ in [] }
        await server.stop()
        let client = try client(of: server, timeout: 5, limits: HTTPLimits(), key: nil)
        let exchange = await client.perform(try request())
        #expect(exchange.outcome == .unreachable)
        #expect(exchange.response.isEmpty)
    }

    @Test("Cancelling ends the exchange as aborted")
    func cancelled() async throws {
        let server = try await ScriptedServer.start { _, _ in [] }
        let client = try client(of: server, timeout: 60, limits: HTTPLimits(), key: nil)
        let request = try request()
        let task = Task { await client.perform(request) }
        while server.received.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        #expect(await task.value.outcome == .aborted)
        await server.stop()
    }

    @Test("A key is masked at its own length in the request and wherever the server echoes it")
    func keyIsMasked() async throws {
        let key = "sk-canary/0123456789\"x"
        let file = FileManager.default.temporaryDirectory.path + "/whorl-key-\(UUID().uuidString)"
        try Data((key + "\n").utf8).write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let echoes = [
            key, "sk-canary%2F0123456789%22x", #"sk-canary\/0123456789\"x"#,
            Data(key.utf8).base64EncodedString(),
        ]
        let body = echoes.joined(separator: " ")
        let answer = Answers.response("200 OK", body, fields: ["Set-Cookie: session=abcdef"])
        let exchange = try await exchange(key: .file(file)) { _, _ in [.write(answer)] }
        let server = exchange.server
        #expect(server.received.first?.head.contains("Authorization: Bearer \(key)\r\n") == true)
        #expect(exchange.request.count == server.received.first?.wire.count)
        #expect(exchange.response.count == answer.count)
        let recorded = String(decoding: exchange.request + exchange.response, as: UTF8.self)
        for echo in echoes { #expect(!recorded.contains(echo.dropLast(4))) }
        #expect(!recorded.contains("abcdef"))
        #expect(recorded.contains("Authorization: Bearer " + String(repeating: "*", count: key.utf8.count)))
        #expect(exchange.redactions.filter { $0.part == .request }.map(\.length) == [key.utf8.count])
        #expect(exchange.redactions.filter { $0.part == .response }.count == 5)
    }

    @Test("A key of which only the beginning arrives is masked too")
    func cutEcho() async throws {
        let key = "sk-canary-0123456789"
        let file = FileManager.default.temporaryDirectory.path + "/whorl-key-\(UUID().uuidString)"
        try Data(key.utf8).write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let part = Array("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nyour key \(key.prefix(15))".utf8)
        let exchange = try await exchange(key: .file(file)) { _, _ in [.write(part), .wait(20), .close] }
        #expect(!String(decoding: exchange.response, as: UTF8.self).contains("sk-canary"))
    }
}

/// One exchange with the server that it was with.
///
/// A reference: the optimiser of Swift 6.3.1 crashes on two exchanges in one coroutine's frame.
@dynamicMemberLookup
private final class Observed: Sendable {
    let exchange: WireExchange
    let server: ScriptedServer

    init(_ exchange: WireExchange, _ server: ScriptedServer) {
        self.exchange = exchange
        self.server = server
    }

    subscript<Value>(dynamicMember path: KeyPath<WireExchange, Value>) -> Value { exchange[keyPath: path] }
}
