import Acquisition
import CaseStore
import ForensicTypes
import Foundation
import Testing
import WireFormats

/// Row 23 of the fault table, and the endless and slow endpoints of the threat model: each is an outcome, bounded in time
/// and memory, and every byte that came is kept.
@Suite("Hostile endpoints", .timeLimit(.minutes(3)))
struct HostileEndpointTests {
    typealias Step = ScriptedServer.Step

    private func exchange(
        timeouts: EndpointConfiguration.Timeouts = .init(connect: 5, firstByte: 5, idle: 5, total: 20),
        limits: HTTPLimits = HTTPLimits(), _ steps: [Step]
    ) async throws -> WireExchange {
        let server = try await ScriptedServer.start { _, _ in steps }
        let client = try Self.client(server, timeouts, limits)
        let probe = try Setting.probe(1).probe
        let exchange = await client.perform(try ProviderRequest(probe, model: "served", over: .openAIChat))
        await server.stop()
        return exchange
    }

    // Apart from the asynchronous part: the optimiser of Swift 6.3.1 crashes on an endpoint in a coroutine's frame.
    @inline(never)
    private static func client(
        _ server: ScriptedServer, _ timeouts: EndpointConfiguration.Timeouts, _ limits: HTTPLimits
    ) throws -> EndpointClient {
        var endpoint = try Setting.endpoint(server.port)
        endpoint.timeouts = timeouts
        endpoint.limits = limits
        return try EndpointClient(endpoint)
    }

    private func wire(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test("A body at its cap is an answer, one byte more is a limit; the empty body and one byte are answers")
    func caps() async throws {
        let limits = HTTPLimits(header: 4_096, body: 10_000)
        for (count, isOver) in [(0, false), (1, false), (9_999, false), (10_000, false), (10_001, true)] {
            let body = [UInt8](repeating: UInt8(ascii: "a"), count: count)
            for head in ["Content-Length: \(count)", "Transfer-Encoding: chunked"] {
                let chunk = count == 0 ? [] : wire(String(count, radix: 16) + "\r\n") + body + wire("\r\n")
                let framed = head.hasPrefix("T") ? chunk + wire("0\r\n\r\n") : body
                let all = wire("HTTP/1.1 200 OK\r\n\(head)\r\n\r\n") + framed
                let result = try await exchange(limits: limits, [.write(all)])
                #expect(result.outcome == (isOver ? .limitExceeded : .http(status: 200)), "\(head)")
                #expect(result.limit == (isOver ? .body : nil))
                if !isOver { #expect(result.response == all) }
            }
        }
    }

    @Test("Bytes that no text decoder takes are kept as they came")
    func binary() async throws {
        let body: [UInt8] = [0, 0xFF, 0xFE, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0]
        let all = wire("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n") + body
        let result = try await exchange([.write(all)])
        #expect(result.outcome == .http(status: 200) && result.response == all)
    }

    @Test(
        "Framing that two readers could take differently is broken, never guessed at",
        arguments: [
            "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc", "Content-Length: 2, 2\r\n\r\nab",
            "Content-Length: +2\r\n\r\nab", "Content-Length: 0x2\r\n\r\nab",
            "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "X: a\r\n folded\r\nContent-Length: 0\r\n\r\n",
            "Content-Length : 0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
            "Transfer-Encoding: chunked\r\n\r\n-1\r\n", "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
            "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\nab",
        ])
    func framing(_ rest: String) async throws {
        let all = wire("HTTP/1.1 200 OK\r\n" + rest)
        let result = try await exchange([.write(all), .wait(50), .close])
        #expect(result.outcome == .brokenResponse || result.outcome == .limitExceeded)
        #expect(result.response == all)
    }

    @Test("A compressed bomb is never unpacked")
    func bomb() async throws {
        // 1 GiB of zeros packs into 1 MiB; whatever the bytes are, they are kept and not looked into.
        let packed = [UInt8](repeating: 0x1F, count: 1 << 20)
        let all = wire("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(1 << 20)\r\n\r\n") + packed
        let result = try await exchange([.write(all)])
        #expect(result.outcome == .brokenResponse)
        #expect(result.response.count <= all.count)
    }

    @Test("Trailers are taken, and endless ones end at the limit; so do interim responses and header fields")
    func endless() async throws {
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"
        let whole = try await exchange([.write(wire(chunked + "X-Sum: 1\r\n\r\n"))])
        #expect(whole.outcome == .http(status: 200))
        let limits = HTTPLimits(header: 4_096, body: 4_096)
        let line = wire("X-Flood: \(String(repeating: "a", count: 1_000))\r\n")
        let interim = wire(String(repeating: "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n", count: 40))
        for steps in [
            [Step.write(wire(chunked)), .flood(line)], [.flood(interim)],
            [.write(wire("HTTP/1.1 200 OK\r\n")), .flood(line)],
        ] {
            let result = try await exchange(limits: limits, steps)
            #expect(result.outcome == .limitExceeded)
            #expect(result.response.count < 1 << 20)
        }
    }

    @Test("A stall after the status line, inside a chunk, and before the end each run into the idle limit")
    func stalls() async throws {
        let times = EndpointConfiguration.Timeouts(connect: 5, firstByte: 5, idle: 0.3, total: 20)
        for part in [
            "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", "HTTP/1.1 200 OK\r\n\r\nuntil close",
        ] {
            let result = try await exchange(timeouts: times, [.write(wire(part))])
            #expect(result.outcome == .timeout && result.limit == .idle)
            #expect(result.response == wire(part))
            #expect(result.elapsed < 5_000_000_000)
        }
        let silent = try await exchange(timeouts: .init(connect: 5, firstByte: 0.3, idle: 5, total: 20), [])
        #expect(silent.outcome == .timeout && silent.limit == .firstByte)
    }

    @Test("A drip that never pauses for long is ended by its rate, and one that is fast enough is not")
    func drip() async throws {
        let times = EndpointConfiguration.Timeouts(
            connect: 5, firstByte: 5, idle: 5, total: 60, minimumRate: 50, rateWindow: 0.6)
        let head = Step.write(wire("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n"))
        let slow = (0..<400).flatMap { _ in [Step.write([0x61]), .wait(60)] }
        let result = try await exchange(timeouts: times, [head] + slow)
        #expect(result.outcome == .timeout && result.limit == .rate)
        #expect(result.elapsed < 15_000_000_000, "the whole would take 24 seconds")
        let quick = (0..<8).flatMap { _ in [Step.write([UInt8](repeating: 0x61, count: 50)), .wait(100)] }
        #expect(try await exchange(timeouts: times, [head] + quick).outcome == .http(status: 200))
    }

    @Test("JSON a million levels deep, a key twice, and no JSON at all: recorded as answers, counted as unreadable")
    func json() async throws {
        let deep = String(repeating: "[", count: 1_000_000)
        let bodies = [deep, #"{"choices":[],"choices":[]}"#, "<html>", "", "\u{FEFF}{}", #"{"a":\ud800}"#]
        let server = try await ScriptedServer.start { _, number in
            [.write(Answers.response("200 OK", bodies[number % bodies.count]))]
        }
        let probes = try (1...bodies.count).map { try Setting.probe($0) }
        let endpoint = try Setting.endpoint(server.port, concurrency: 1)
        let store = try await Setting.store()
        let summary = try await Collector(
            store: store, endpoints: [endpoint], probes: probes, run: "r", plan: nil, seed: 1,
            policy: Setting.impatient
        ).run()
        #expect(summary.answered == bodies.count)
        let answers = try await RecordedAnswers.read(endpoint.identity, from: store, probes: probes)
        #expect(answers.answered == 0 && answers.missing == bodies.count)
        #expect(answers.unreadable.values.reduce(0, +) == bodies.count)
        await server.stop()
    }

    @Test("Redirects are never followed; a storm of 429 ends after the patience, however long it asks to wait")
    func refusals() async throws {
        let elsewhere = try await ScriptedServer.start { _, _ in [.write(Answers.ok)] }
        let redirecting = try await ScriptedServer.start { _, _ in
            [.write(Answers.response("302 Found", "", fields: ["Location: http://127.0.0.1:\(elsewhere.port)/"]))]
        }
        let stormy = try await ScriptedServer.start { _, number in
            [
                .write(
                    Answers.error(
                        "429 Too Many Requests", type: "rate", fields: ["Retry-After: \(number == 0 ? 0 : 86_400)"]))
            ]
        }
        let store = try await Setting.store()
        let endpoints = [
            try Setting.endpoint(redirecting.port, name: "a"), try Setting.endpoint(stormy.port, name: "b"),
        ]
        let started = ContinuousClock.now
        let error = await #expect(throws: AcquisitionError.self) {
            try await Collector(
                store: store, endpoints: endpoints, probes: try (1...9).map { try Setting.probe($0) }, run: "r",
                plan: nil, seed: 1, policy: Setting.impatient
            ).run()
        }
        #expect(error?.message.contains("a: ") == true && error?.message.contains("b: ") == true)
        #expect(ContinuousClock.now - started < .seconds(120), "a day was asked for")
        #expect(elsewhere.received.isEmpty)
        #expect(redirecting.received.count <= 2 && stormy.received.count <= 6)
        #expect(try await store.attempts().count == redirecting.received.count + stormy.received.count)
        for server in [elsewhere, redirecting, stormy] { await server.stop() }
    }

    @Test("A server that echoes a key thousands of times cannot make a record overflow, and no echo is kept")
    func echoes() async throws {
        let key = "sk-canary-0123456789"
        let file = try TemporaryFile(Array(key.utf8))
        let body = (0..<5_000).map { "\($0) \(key)" }.joined(separator: " ")
        let server = try await ScriptedServer.start { _, _ in [.write(Answers.response("200 OK", body))] }
        let endpoint = try Setting.endpoint(server.port, key: .file(file.path))
        let store = try await Setting.store()
        _ = try await Collector(
            store: store, endpoints: [endpoint], probes: [try Setting.probe(1)], run: "r", plan: nil, seed: 1
        ).run()
        let record = try #require(try await Setting.records(store).first)
        let text = String(decoding: record.transcript.request + record.transcript.response, as: UTF8.self)
        #expect(!text.contains("sk-canary"))
        #expect(record.transcript.redactions.filter { $0.part == .response }.count == 32)
        #expect(record.transcript.redactions.last?.reason == .many)
        await server.stop()
    }
}
