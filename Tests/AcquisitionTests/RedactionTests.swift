import Acquisition
import ContentAddressing
import ForensicTypes
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
}
