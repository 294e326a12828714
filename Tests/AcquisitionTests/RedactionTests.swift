import Acquisition
import ContentAddressing
import Crypto
import ForensicTypes
import NIOSSL
import Testing
import WireFormats

@Suite("Commitments to secrets")
struct RedactionTests {
    @Test("The owner of a key can show which one was used; another key does not fit, and no two salts are alike")
    func opening() async throws {
        let key = "sk-canary-0123456789"
        let file = try TemporaryFile(Array(key.utf8))
        let server = try await ScriptedServer.start { _, _ in
            [.write(Answers.response("200 OK", "you sent \(key)", fields: ["Set-Cookie: session=abc"]))]
        }
        let client = try EndpointClient(try Setting.endpoint(server.port, key: .file(file.path)))
        let request = try ProviderRequest(try Setting.probe(1).probe, model: "served", over: .openAIChat)
        let exchange = await client.perform(request)
        let keys = exchange.redactions.filter { $0.reason == .key }
        #expect(keys.map(\.part) == [.request, .response])
        for redaction in keys {
            let commitment = try #require(redaction.commitment)
            let salt = try #require(Salt(bytes: commitment.salt.bytes))
            #expect(SaltedCommitment.commit(salt: salt, bytes: Array(key.utf8)) == commitment.digest)
            #expect(SaltedCommitment.commit(salt: salt, bytes: Array((key + "0").utf8)) != commitment.digest)
        }
        let cookie = try #require(exchange.redactions.first { $0.reason == .cookie }?.commitment)
        let salt = try #require(Salt(bytes: cookie.salt.bytes))
        #expect(SaltedCommitment.commit(salt: salt, bytes: Array("session=abc".utf8)) == cookie.digest)
        #expect(Set(exchange.redactions.compactMap(\.commitment?.salt)).count == 3)
        await server.stop()
    }

    @Test(
        "A key in the host, which TLS sends in the open, in the path, the model or the name is refused, and not repeated"
    )
    func address() throws {
        let key = "sk-canary-0123456789"
        let file = try TemporaryFile(Array(key.utf8))
        var usual = try Setting.endpoint(1, key: .file(file.path))
        usual.address = try #require(EndpointAddress("https://api.example.com/v1"))
        #expect(throws: Never.self) { try EndpointClient(usual) }
        for place in 0..<4 {
            var endpoint = usual
            switch place {
            case 0: endpoint.address = try #require(EndpointAddress("https://\(key).example.com/v1"))
            case 1: endpoint.address = try #require(EndpointAddress("https://api.example.com/%73k-canary-0123456789"))
            case 2: endpoint.model = "served:\(key)"
            default: endpoint.identity = ModelIdentity(name: "suspect-\(key)", role: .suspect)
            }
            let error = #expect(throws: AcquisitionError(.secret, "")) { try EndpointClient(endpoint) }
            #expect(error?.message.contains("canary") == false)
        }
    }

    @Test("A certificate into which a server has put the key is named by its digest and not kept")
    func certificate() async throws {
        let key = "sk-canary-0123456789"
        let file = try TemporaryFile(Array(key.utf8))
        let root = try TestCertificate.authority(key)
        let identity = try TestCertificate.server(under: root)
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: [.certificate(try NIOSSLCertificate(bytes: try identity.der(), format: .der))],
                privateKey: .privateKey(
                    try NIOSSLPrivateKey(bytes: Array(identity.key.pemRepresentation.utf8), format: .pem))))
        let server = try await ScriptedServer.start(tls: context) { _, _ in [.write(Answers.ok)] }
        let roots = try root.chainFile()
        let request = try ProviderRequest(try Setting.probe(1).probe, model: "served", over: .openAIChat)
        for (source, kept) in [(nil, 1), (EndpointConfiguration.KeySource.file(file.path), 0)] {
            var endpoint = try Setting.endpoint(server.port, scheme: "https", key: source, timeout: 100)
            endpoint.trustRoots = roots.path
            let exchange = await (try EndpointClient(endpoint)).perform(request)
            #expect(exchange.outcome == .http(status: 200))
            #expect(exchange.connection.certificates == [SHA256Digest.of(try identity.der())])
            #expect(exchange.certificates.count == kept)
        }
        await server.stop()
    }
}
