import Acquisition
import ContentAddressing
import ForensicTypes
import NIOSSL
import TestSupport
import Testing
import WireFormats

@Suite("TLS", .timeLimit(.minutes(2)), .enabled(if: ExternalTool.areAvailable("openssl"), "needs openssl"))
struct TransportSecurityTests {
    /// A self-signed certificate for 127.0.0.1, or for another name.
    private struct Identity {
        let certificate: TemporaryFile
        let key: TemporaryFile

        init(name: String) throws {
            certificate = try TemporaryFile([])
            key = try TemporaryFile([])
            let openssl = try #require(ExternalTool("openssl"))
            let outcome = try openssl.run([
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=test", "-addext", "subjectAltName=\(name)", "-keyout", key.path, "-out",
                certificate.path,
            ])
            #expect(outcome.status == 0)
        }

        func context() throws -> NIOSSLContext {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate.path)
            return try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: chain.map { .certificate($0) },
                    privateKey: .privateKey(try NIOSSLPrivateKey(file: key.path, format: .pem))))
        }
    }

    private func exchange(
        _ identity: Identity, trusting roots: TemporaryFile?
    ) async throws -> (exchange: WireExchange, server: ScriptedServer) {
        let server = try await ScriptedServer.start(tls: try identity.context()) { _, _ in [.write(Answers.ok)] }
        var endpoint = try Setting.endpoint(server.port, scheme: "https", timeout: 5)
        endpoint.trustRoots = roots?.path
        let request = try ProviderRequest(try Setting.probe(1).probe, model: "m", over: .openAI)
        let exchange = await (try EndpointClient(endpoint)).perform(request)
        await server.stop()
        return (exchange, server)
    }

    @Test("A trusted certificate: the plain text is kept, version and certificate are recorded")
    func trusted() async throws {
        let identity = try Identity(name: "IP:127.0.0.1")
        let (exchange, _) = try await exchange(identity, trusting: identity.certificate)
        #expect(exchange.outcome == .http(status: 200))
        #expect(exchange.response == Answers.ok)
        #expect(exchange.connection.tlsVersion == "TLSv1.3")
        let leaf = try #require(try NIOSSLCertificate.fromPEMFile(identity.certificate.path).first)
        #expect(exchange.connection.certificates == [SHA256Digest.of(try leaf.toDERBytes())])
    }

    @Test("An untrusted certificate, and one for another host: the request is never sent")
    func untrusted() async throws {
        let identity = try Identity(name: "IP:127.0.0.1")
        let (unknown, server) = try await exchange(identity, trusting: nil)
        #expect(unknown.outcome == .tlsFailure)
        #expect(server.received.isEmpty)
        let foreign = try Identity(name: "IP:127.0.0.9")
        let (wrong, other) = try await exchange(foreign, trusting: foreign.certificate)
        #expect(wrong.outcome == .tlsFailure)
        #expect(other.received.isEmpty)
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
