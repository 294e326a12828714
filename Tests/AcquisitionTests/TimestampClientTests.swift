import Acquisition
import Testing

@Suite("Client of time-stamp authorities")
struct TimestampClientTests {
    private func ask(
        _ query: [UInt8] = [1, 2, 3], script: @escaping @Sendable (ScriptedServer.Request, Int) -> [ScriptedServer.Step]
    ) async throws -> (answer: Result<[UInt8], AcquisitionError>, server: ScriptedServer) {
        let server = try await ScriptedServer.start(script: script)
        let client = try TimestampClient(url: "http://127.0.0.1:\(server.port)/tsr")
        do throws(AcquisitionError) {
            return (.success(try await client.ask(query)), server)
        } catch {
            return (.failure(error), server)
        }
    }

    private static func response(_ body: [UInt8], status: String = "200 OK") -> [UInt8] {
        Array("HTTP/1.1 \(status)\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
    }

    @Test("The query goes out byte for byte, with the types of RFC 3161, and the body comes back")
    func exchange() async throws {
        let query = (0...255).map { UInt8($0) }
        let answer = query.reversed() + [0, 13, 10]
        let (result, server) = try await ask(query) { _, _ in [.write(Self.response(answer))] }
        #expect(try result.get() == answer)
        let request = try #require(server.received.first)
        #expect(request.body == query)
        let expected =
            "POST /tsr HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nContent-Type: application/timestamp-query\r\n"
            + "Accept: application/timestamp-reply\r\nAccept-Encoding: identity\r\nConnection: close\r\n"
            + "Content-Length: 256\r\n\r\n"
        #expect(request.head == expected)
        #expect(server.received.count == 1)
    }

    @Test("A status that is not 200, and a redirect, are refused and not followed")
    func status() async throws {
        for status in ["500 Internal Server Error", "302 Found", "204 No Content"] {
            let (result, server) = try await ask { _, _ in [.write(Self.response([1], status: status)), .close] }
            #expect(throws: AcquisitionError(.notReady, "")) { try result.get() }
            #expect(server.received.count == 1)
        }
    }

    @Test("An answer without end is cut off at the limit")
    func flood() async throws {
        let (declared, _) = try await ask { _, _ in
            [
                .write(Array("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".utf8)),
                .flood([UInt8](repeating: 7, count: 4096)),
            ]
        }
        #expect(throws: AcquisitionError(.notReady, "")) { try declared.get() }
        let (open, _) = try await ask { _, _ in
            [.write(Array("HTTP/1.1 200 OK\r\n\r\n".utf8)), .flood([UInt8](repeating: 7, count: 4096))]
        }
        #expect(throws: AcquisitionError(.notReady, "")) { try open.get() }
    }

    @Test("An answer that breaks off is no answer")
    func truncated() async throws {
        let (result, _) = try await ask { _, _ in
            [.write(Array("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".utf8)), .close]
        }
        #expect(throws: AcquisitionError(.notReady, "")) { try result.get() }
    }

    @Test("Nobody there, and an address that is none")
    func unreachable() async throws {
        let client = try TimestampClient(url: "http://127.0.0.1:1/")
        await #expect(throws: AcquisitionError(.endpointDown, "")) { try await client.ask([1]) }
        for url in ["ftp://a/", "timestamp.example.com", "http://a/?x=1", ""] {
            #expect(throws: AcquisitionError(.configuration, "")) { try TimestampClient(url: url) }
        }
    }

    @Test(
        "The short name is made of host and port",
        arguments: [
            ("http://timestamp.example.com/tsr", "timestamp-example-com"),
            ("https://TSA.example:8443", "tsa-example-8443"),
            ("http://[::1]:80/", "1"),
            ("http://a-very-long-name.of-an-authority.example.com/", "a-very-long-name-of-an-authorit"),
        ])
    func name(url: String, name: String) throws { #expect(try TimestampClient(url: url).name == name) }
}
