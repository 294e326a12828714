import Foundation
import TestSupport
import Testing

/// What the worst endpoints may cost a whole process, seen from outside.
@Suite("Memory against hostile endpoints", .serialized, .timeLimit(.minutes(5)))
struct HostileMemoryTests {
    typealias Step = ScriptedServer.Step

    /// Collects four draws from a server in a process of its own.
    ///
    /// - Parameter concurrency: How many at the same time; each may hold as much as one alone.
    private func collect(_ steps: [Step], concurrency: Int = 1) async throws -> (outcome: String, peak: Int) {
        let server = try await ScriptedServer.start { _, _ in steps }
        defer { Task { await server.stop() } }
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let folder = own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let path = FileManager.default.temporaryDirectory.path + "/whorl-load-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let program = folder + "/collection-load"
        let port = server.port
        // The server's event loop must not be blocked by the wait for the child.
        let outcome = try await Task.detached {
            try #require(ExternalTool("env")).run([
                program, "http://127.0.0.1:\(port)/v1", path, "4", "1", "\(concurrency)",
            ])
        }.value
        let text = String(decoding: outcome.output, as: UTF8.self)
        let peak = text.firstRange(of: "\"peak_memory_mib\":").map { text[$0.upperBound...].prefix { $0.isNumber } }
        return (text, Int(peak ?? "") ?? .max)
    }

    private func wire(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test("An endless body, one of tiny chunks, an endless header and a million levels of JSON stay below 256 MiB")
    func floods() async throws {
        let head = "HTTP/1.1 200 OK\r\n"
        let block = [UInt8](repeating: 0x61, count: 1 << 18)
        let chunks = wire(String(repeating: "1\r\na\r\n", count: 20_000))
        let fields = wire(String(repeating: "X-Flood: \(String(repeating: "a", count: 200))\r\n", count: 100))
        let floods: [(String, [Step], String)] = [
            ("body", [.write(wire(head + "\r\n")), .flood(block)], "\"answered\":0,\"attempts\":4"),
            (
                "chunks", [.write(wire(head + "Transfer-Encoding: chunked\r\n\r\n")), .flood(chunks)],
                "\"answered\":0,\"attempts\":4"
            ),
            ("header", [.write(wire(head)), .flood(fields)], "\"answered\":0,\"attempts\":4"),
            (
                "json",
                [.write(Answers.response("200 OK", String(repeating: "[", count: 4_000_000)))], "\"answered\":4"
            ),
        ]
        // At the size limit, or, in a slow build on a busy machine, at the time limit: never an answer, never more memory.
        for (name, steps, expected) in floods {
            let (outcome, peak) = try await collect(steps)
            #expect(outcome.contains(expected), "\(name): \(outcome)")
            #expect(peak < 256, "\(name): \(outcome)")
        }
    }

    @Test("Two endless bodies, of tiny chunks or of large blocks, at the same time stay below twice that")
    func together() async throws {
        let head = "HTTP/1.1 200 OK\r\n"
        let block = [UInt8](repeating: 0x61, count: 1 << 18)
        let chunks = wire(String(repeating: "1\r\na\r\n", count: 20_000))
        let floods: [(String, [Step])] = [
            ("body", [.write(wire(head + "\r\n")), .flood(block)]),
            ("chunks", [.write(wire(head + "Transfer-Encoding: chunked\r\n\r\n")), .flood(chunks)]),
        ]
        for (name, steps) in floods {
            let (outcome, peak) = try await collect(steps, concurrency: 2)
            #expect(outcome.contains("\"answered\":0,\"attempts\":4"), "\(name): \(outcome)")
            #expect(peak < 512, "\(name): \(outcome)")
        }
    }

    @Test("A drip of a byte at a time is ended by its rate, in a process that does not grow")
    func drip() async throws {
        let drip = (0..<400).flatMap { _ in [Step.write([0x61]), .wait(40)] }
        let (outcome, peak) = try await collect([.write(wire("HTTP/1.1 200 OK\r\n\r\n"))] + drip)
        #expect(outcome.contains("\"timeout\":4"), "\(outcome)")
        #expect(peak < 128, "\(outcome)")
    }
}
