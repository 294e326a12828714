import Acquisition
import ContentAddressing
import Crypto
import ForensicTypes
import NIOSSL
import TestSupport
import Testing
import WireFormats

@Suite("TLS", .timeLimit(.minutes(5)))
struct TransportSecurityTests {
    private func context(_ identity: TestCertificate) throws -> NIOSSLContext {
        try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: [.certificate(try NIOSSLCertificate(bytes: try identity.der(), format: .der))],
                privateKey: .privateKey(
                    try NIOSSLPrivateKey(bytes: Array(identity.key.pemRepresentation.utf8), format: .pem))))
    }

    private func exchange(
        _ identity: TestCertificate, trusting roots: TemporaryFile?
    ) async throws -> (exchange: WireExchange, server: ScriptedServer) {
        let server = try await ScriptedServer.start(tls: try context(identity)) { _, _ in [.write(Answers.ok)] }
        var endpoint = try Setting.endpoint(server.port, scheme: "https", timeout: 100)
        endpoint.trustRoots = roots?.path
        let request = try ProviderRequest(try Setting.probe(1).probe, model: "m", over: .openAI)
        let exchange = await (try EndpointClient(endpoint)).perform(request)
        await server.stop()
        return (exchange, server)
    }

    @Test("A trusted certificate: the plain text is kept, version and certificate are recorded")
    func trusted() async throws {
        let root = try TestCertificate.authority("root")
        let identity = try TestCertificate.server(under: root)
        let (exchange, _) = try await exchange(identity, trusting: try root.chainFile())
        #expect(exchange.outcome == .http(status: 200))
        #expect(exchange.response == Answers.ok)
        #expect(exchange.connection.tlsVersion == "TLSv1.3")
        #expect(exchange.connection.verification == .verified)
        #expect(exchange.connection.certificates == [SHA256Digest.of(try identity.der())])
    }

    @Test("An untrusted certificate, and one for another host: the request is never sent")
    func untrusted() async throws {
        let identity = try TestCertificate.server(under: nil)
        let (unknown, server) = try await exchange(identity, trusting: nil)
        #expect(unknown.outcome == .tlsFailure)
        #expect(unknown.connection.verification == .untrusted)
        #expect(server.received.isEmpty)
        let root = try TestCertificate.authority("root")
        let foreign = try TestCertificate.server(under: root, flaw: .otherHost)
        let (wrong, other) = try await exchange(foreign, trusting: try root.chainFile())
        #expect(wrong.outcome == .tlsFailure)
        #expect(wrong.connection.verification == .wrongHost)
        #expect(other.received.isEmpty)
    }

    // RFC 8448, section 3: the server's hello, as the record that carries it.
    private static let hello = """
        160303005a020000560303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e269280013010000
        2e00330024001d0020c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f002b00020304
        """

    @Test("The cipher suite is read out of the server's hello, however its bytes are cut")
    func hello() throws {
        let digits = Array(Self.hello.filter(\.isHexDigit))
        let bytes = try stride(from: 0, to: digits.count, by: 2).map {
            try #require(UInt8(String(digits[$0...($0 + 1)]), radix: 16))
        }
        for size in [1, 7, 50, 200] {
            var reader = ServerHelloReader()
            var found: [ServerHello] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                if let hello = reader.consume(bytes[start..<min(start + size, bytes.count)]) { found.append(hello) }
            }
            #expect(found.map(\.cipherName) == ["TLS_AES_128_GCM_SHA256"])
        }
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 0xFF
            var reader = ServerHelloReader()
            _ = reader.consume(changed)
            _ = reader.consume(changed.prefix(place))
        }
        var reader = ServerHelloReader()
        #expect(reader.consume(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)) == nil)
    }

    /// One exchange with a trusted server that follows a script.
    private func exchange(idle: Double, _ steps: [ScriptedServer.Step]) async throws -> WireExchange {
        let root = try TestCertificate.authority("root")
        let server = try await ScriptedServer.start(tls: try context(try TestCertificate.server(under: root))) { _, _ in
            steps
        }
        let roots = try root.chainFile()
        let client = try Self.client(server, trusting: roots, idle: idle)
        let exchange = await client.perform(try ProviderRequest(try Setting.probe(1).probe, model: "m", over: .openAI))
        await server.stop()
        return exchange
    }

    @inline(never)
    private static func client(
        _ server: ScriptedServer, trusting roots: TemporaryFile, idle: Double
    ) throws -> EndpointClient {
        var endpoint = try Setting.endpoint(server.port, scheme: "https", timeout: 100)
        endpoint.trustRoots = roots.path
        endpoint.timeouts.idle = idle
        return try EndpointClient(endpoint)
    }

    @Test("A body that only the end of TLS can end: a stall before close_notify is a time-out, a cut without it broken")
    func endOfTransport() async throws {
        let open = Array("HTTP/1.1 200 OK\r\n\r\nuntil close".utf8)
        let stalled = try await exchange(idle: 0.3, [.write(open)])
        #expect(stalled.outcome == .timeout && stalled.limit == .idle)
        #expect(stalled.response == open)
        let cut = try await exchange(idle: 20, [.write(open), .wait(20), .cut])
        #expect(cut.outcome == .brokenResponse && cut.response == open)
        let whole = try await exchange(idle: 20, [.write(open), .wait(20), .close])
        #expect(whole.outcome == .http(status: 200) && whole.response == open)
    }

    @Test("A whole answer is not kept waiting by a server that neither closes nor says that it does")
    func silentEnd() async throws {
        let answer = Answers.response("200 OK", "{}", fields: ["Connection: close"])
        let exchange = try await exchange(idle: 20, [.write(answer)])
        // Whoever waits for the end of the connection runs into the idle limit, which is a time-out.
        #expect(exchange.outcome == .http(status: 200) && exchange.response == answer && exchange.limit == nil)
    }

    @Test("A server without TLS behind an https address")
    func plainServer() async throws {
        let server = try await ScriptedServer.start { _, _ in [.write(Answers.ok), .close] }
        let endpoint = try Setting.endpoint(server.port, scheme: "https", timeout: 0.5)
        let request = try ProviderRequest(try Setting.probe(1).probe, model: "m", over: .openAI)
        let exchange = await (try EndpointClient(endpoint)).perform(request)
        #expect(exchange.outcome == .tlsFailure || exchange.outcome == .timeout)
        await server.stop()
    }
}
