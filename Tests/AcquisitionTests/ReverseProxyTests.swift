import Acquisition
import CaseStore
import ContentAddressing
import ForensicTypes
import TestSupport
import Testing
import WireFormats

@Suite(
    "Behind a real reverse proxy", .timeLimit(.minutes(3)),
    .enabled(if: ReverseProxy.isAvailable, "needs nginx: Tools/debian-packages --tests"))
struct ReverseProxyTests {
    private let root: TestCertificate
    private let intermediate: TestCertificate

    init() throws {
        root = try TestCertificate.authority("root")
        intermediate = try TestCertificate.authority("intermediate", under: root)
    }

    private func site(
        _ server: TestCertificate, chain: [TestCertificate], _ directives: String = ""
    ) throws -> ReverseProxy.Site {
        ReverseProxy.Site(
            identity: (chain: try server.chainFile(with: chain), key: try server.keyFile()), directives: directives)
    }

    private func client(_ port: Int, trusting file: TemporaryFile, host: String = "127.0.0.1") throws -> EndpointClient
    {
        var endpoint = try Setting.endpoint(port, scheme: "https", timeout: 30)
        endpoint.trustRoots = file.path
        endpoint.address = try #require(EndpointAddress("https://\(host):\(port)/v1"))
        return try EndpointClient(endpoint)
    }

    private func request(_ number: Int = 1) throws -> ProviderRequest {
        try ProviderRequest(try Setting.probe(number).probe, model: "served", over: .openAIChat)
    }

    @Test("The whole chain, version, cipher and protocol are recorded, and one connection carries the exchanges")
    func trusted() async throws {
        let server = try await ScriptedServer.start { _, _ in [.write(Answers.ok)] }
        let leaf = try TestCertificate.server(under: intermediate)
        let proxy = try await ReverseProxy(
            [
                try site(leaf, chain: [intermediate], "ssl_protocols TLSv1.2 TLSv1.3;"),
                try site(
                    leaf, chain: [intermediate],
                    "ssl_protocols TLSv1.2; ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256;"),
            ], upstream: server.port)
        let roots = try root.chainFile()
        let client = try client(proxy.ports[0], trusting: roots)
        let digests = [SHA256Digest.of(try leaf.der()), SHA256Digest.of(try intermediate.der())]
        var previous: WireExchange?
        for number in 0..<3 {
            let exchange = await client.perform(try request(number + 1))
            #expect(exchange.outcome == .http(status: 200))
            let facts = exchange.connection
            #expect(facts.tlsVersion == "TLSv1.3" && facts.applicationProtocol == "http/1.1")
            #expect(facts.tlsCipher?.hasPrefix("TLS_") == true)
            #expect(facts.verification == .verified)
            #expect(facts.certificates == digests)
            #expect(exchange.certificates == [try leaf.der(), try intermediate.der()])
            // A machine that is held up for four seconds between two exchanges finds the connection closed.
            let isIdle = previous.map { exchange.startedAt - $0.endedAt > 3_900_000_000 } ?? false
            let before = previous?.connection
            #expect(
                isIdle || facts.connection == before?.connection ?? 0 && facts.exchange == (before?.exchange ?? -1) + 1)
            previous = exchange
            #expect(facts.peerAddress == "127.0.0.1:\(proxy.ports[0])")
            // The server behind the proxy got the body that is recorded, and its answer is in the record.
            #expect(exchange.request.suffix(server.received[number].body.count) == server.received[number].body[...])
            #expect(try HTTPResponse(wire: exchange.response).body == HTTPResponse(wire: Answers.ok).body)
        }
        let older = await (try self.client(proxy.ports[1], trusting: roots, host: "localhost")).perform(try request())
        #expect(older.outcome == .http(status: 200))
        #expect(older.connection.tlsVersion == "TLSv1.2")
        #expect(older.connection.tlsCipher == "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
        await server.stop()
    }

    @Test("Whatever is wrong with the chain is named and the chain kept, and the request is never sent")
    func refused() async throws {
        let server = try await ScriptedServer.start { _, _ in [.write(Answers.ok)] }
        let stranger = try TestCertificate.authority("stranger")
        let leaf = try TestCertificate.server(under: intermediate)
        let many = try (0..<30).map { try TestCertificate.authority("filler \($0)", under: root) }
        var cases: [(CertificateVerification, TestCertificate, [TestCertificate])] = [
            (.untrusted, leaf, []), (.untrusted, try TestCertificate.server(under: stranger), [stranger]),
            (.untrusted, try TestCertificate.server(under: nil), []), (.tooMany, leaf, [intermediate] + many),
        ]
        let flaws: [(CertificateVerification, TestCertificate.Flaw)] = [
            (.expired, .expired), (.notYetValid, .notYetValid), (.wrongHost, .otherHost), (.wrongUsage, .forClients),
        ]
        for (expected, flaw) in flaws {
            cases.append((expected, try TestCertificate.server(under: intermediate, flaw: flaw), [intermediate]))
        }
        let proxy = try await ReverseProxy(
            try cases.map { try site($0.1, chain: $0.2) }, upstream: server.port)
        let roots = try root.chainFile()
        for (port, (expected, leaf, chain)) in zip(proxy.ports, cases) {
            let exchange = await (try client(port, trusting: roots)).perform(try request())
            #expect(exchange.outcome == .tlsFailure)
            #expect(exchange.connection.verification == expected)
            #expect(exchange.certificates == (try ([leaf] + chain).map { try $0.der() }))
            #expect(exchange.connection.tlsCipher?.hasPrefix("TLS_") == true)
            #expect(exchange.response.isEmpty)
        }
        #expect(server.received.isEmpty)
        await server.stop()
    }

    @Test("A server of TLS 1.1 alone, and a chain beyond all bounds, fail as TLS failures, soon and without a crash")
    func outdated() async throws {
        let server = try await ScriptedServer.start { _, _ in [.write(Answers.ok)] }
        let leaf = try TestCertificate.server(under: intermediate)
        let giant = try TestCertificate.server(under: intermediate, padding: 3_000)
        #expect(try giant.der().count > 150_000)
        let proxy = try await ReverseProxy(
            [
                try site(leaf, chain: [intermediate], "ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0;"),
                try site(giant, chain: [intermediate]),
            ], upstream: server.port)
        let roots = try root.chainFile()
        for port in proxy.ports {
            let exchange = await (try client(port, trusting: roots)).perform(try request())
            #expect(exchange.outcome == .tlsFailure)
            #expect(exchange.connection.verification == nil && exchange.certificates.isEmpty)
            #expect(exchange.limit == nil, "not a time-out")
        }
        #expect(server.received.isEmpty)
        await server.stop()
    }

    @Test("A collection over TLS keeps each certificate once in the case, beside the records that name it")
    func collection() async throws {
        let server = try await ScriptedServer.start { _, _ in [.write(Answers.ok)] }
        let leaf = try TestCertificate.server(under: intermediate)
        let proxy = try await ReverseProxy([try site(leaf, chain: [intermediate])], upstream: server.port)
        let roots = try root.chainFile()
        var endpoint = try Setting.endpoint(proxy.ports[0], scheme: "https")
        endpoint.trustRoots = roots.path
        let store = try await Setting.store()
        let summary = try await Collector(
            store: store, endpoints: [endpoint], probes: try (1...12).map { try Setting.probe($0) }, run: "r",
            plan: nil, seed: 1, policy: Setting.impatient
        ).run()
        #expect(summary.answered == 12)
        let named = Set(try await Setting.records(store).flatMap(\.transcript.connection.certificates))
        #expect(try store.certificates() == named.sorted())
        #expect(try store.certificate(SHA256Digest.of(try leaf.der())) == (try leaf.der()))
        let exchanges = try await Setting.records(store).map(\.transcript)
        // Two at the same time need two. Only a connection that nobody needed for four seconds is closed and replaced.
        let lastEnds = Dictionary(grouping: exchanges, by: \.connection.connection).compactMapValues {
            $0.map(\.endedAt).max()
        }
        let lastStart = exchanges.map(\.startedAt).max() ?? 0
        let expired = lastEnds.values.count { lastStart - $0 > 3_900_000_000 }
        #expect(lastEnds.count <= 2 + expired, "\(lastEnds.count) connections for 12 draws, \(expired) of them expired")
        await server.stop()
    }
}
