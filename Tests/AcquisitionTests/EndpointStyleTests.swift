import Acquisition
import ForensicTypes
import Foundation
import Testing
import WireFormats

/// Every style of key over a real connection: what is sent, and that no byte of what is kept holds the key.
@Suite("Keys and streams on the wire", .timeLimit(.minutes(2)))
struct EndpointStyleTests {
    static let key = "sk-canary/0123456789+x"
    static let credentials = [
        "AKIDCANARY0123456789", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYCANARYKEY", "IQoJb3JpZ2luX2VjCANARY//token+/==",
    ]

    @Test("The key is sent in its style and masked everywhere", arguments: KeyStyle.allCases)
    func styles(style: KeyStyle) async throws {
        let secrets = style == .signatureV4 ? Self.credentials : [Self.key]
        let echoes = secrets.flatMap { secret in
            [
                secret, secret.replacing("/", with: "\\/"),
                secret.replacing("/", with: "%2F").replacing("+", with: "%2B"),
                Data(secret.utf8).base64EncodedString(), Data(("ab" + secret).utf8).base64EncodedString(),
            ]
        }
        let answer = Answers.response("200 OK", echoes.joined(separator: " "))
        let server = try await ScriptedServer.start { _, _ in [.write(answer), .close] }
        let exchange = try await exchange(with: server, style: style)
        await server.stop()
        let head = try #require(server.received.first?.head)
        Self.expectHead(head, style: style)
        #expect(exchange.request.count == server.received.first?.wire.count && exchange.response.count == answer.count)
        let kept = String(decoding: exchange.request + exchange.response, as: UTF8.self)
        for secret in secrets {
            for start in stride(from: 0, through: secret.utf8.count - 8, by: 1) {
                let part = String(decoding: Array(secret.utf8)[start..<(start + 8)], as: UTF8.self)
                #expect(!kept.contains(part), "\(style)")
            }
        }
        for echo in echoes { #expect(!kept.contains(echo.dropFirst(4).dropLast(4)), "\(style)") }
    }

    private static func expectHead(_ head: String, style: KeyStyle) {
        switch style {
        case .bearer: #expect(head.contains("\r\nAuthorization: Bearer \(key)\r\n"))
        case .apiKey, .anthropicKey, .googleKey:
            #expect(head.contains("\r\n\(style.rawValue): \(key)\r\n") && !head.contains("Bearer"))
        case .signatureV4:
            #expect(head.contains("\r\nx-amz-security-token: \(credentials[2])\r\n"))
            #expect(head.contains("\r\nauthorization: AWS4-HMAC-SHA256 Credential=\(credentials[0])/"))
            #expect(!head.contains(credentials[1]))
        }
    }

    // Apart from the test's own frame: the optimiser of Swift 6.3.1 crashes on an endpoint in a coroutine's frame.
    @inline(never)
    private func client(_ server: ScriptedServer, style: KeyStyle, file: String) throws -> EndpointClient {
        var endpoint = try Setting.endpoint(server.port, key: .file(file))
        endpoint.keyStyle = style
        endpoint.region = "eu-central-1"
        return try EndpointClient(endpoint)
    }

    private func exchange(with server: ScriptedServer, style: KeyStyle) async throws -> WireExchange {
        let text =
            style == .signatureV4
            ? "[default]\naws_access_key_id = \(Self.credentials[0])\naws_secret_access_key = \(Self.credentials[1])\n"
                + "aws_session_token = \(Self.credentials[2])\n" : Self.key + "\n"
        let file = try TemporaryFile(Array(text.utf8))
        let client = try client(server, style: style, file: file.path)
        return await client.perform(
            try ProviderRequest(try Setting.probe(1).probe, model: "served", over: .openAIChat))
    }

    @Test("A stream whose end is missing is no answer, although its transfer is whole")
    func cutStream() async throws {
        for (isCut, outcome) in [(false, AttemptOutcome.http(status: 200)), (true, .brokenResponse)] {
            let answer = Answers.stream(["a", "b"], isCut: isCut)
            let server = try await ScriptedServer.start { _, _ in [.write(answer), .close] }
            let exchange = try await streamed(from: server)
            await server.stop()
            #expect(exchange.outcome == outcome && exchange.response == answer)
            #expect(server.received.first?.head.contains("\r\nAccept: text/event-stream\r\n") == true)
        }
    }

    private func streamed(from server: ScriptedServer) async throws -> WireExchange {
        let client = try EndpointClient(try Setting.endpoint(server.port))
        let settings = ProviderSettings(provider: .openAIChat, model: "served", isStreaming: true)
        return await client.perform(try ProviderRequest(try Setting.probe(1).probe, settings))
    }

    @Test("Endpoint files of every protocol")
    func files() throws {
        func load(_ lines: String) throws -> EndpointConfiguration {
            let text = "name = \"e\"\nmodel = \"m\"\nrole = \"suspect\"\n" + lines
            return try EndpointConfiguration.load(Array(text.utf8), path: "e.toml")
        }
        for provider in ProviderProtocol.allCases {
            let endpoint = try load(
                "url = \"https://bedrock-runtime.eu-west-1.amazonaws.com\"\nprotocol = \"\(provider.rawValue)\"\nkey_file = \"k\""
            )
            #expect(endpoint.provider == provider && endpoint.keyStyle == provider.keyStyle)
            #expect(endpoint.region == "eu-west-1" && !endpoint.isStreaming)
        }
        let endpoint = try load(
            """
            url = "https://h/v1"
            protocol = "anthropic"
            key_style = "bearer"
            api_version = "2024-01-01"
            stream = true
            omit = ["temperature", "seed"]
            """)
        #expect(endpoint.keyStyle == .bearer && endpoint.isStreaming && endpoint.apiVersion == "2024-01-01")
        #expect(endpoint.omittedParameters == [.temperature, .seed])
        for (line, rule) in [
            ("key_style = \"basic\"", "is one of bearer"), ("api_version = \"1&x=2\"", "letters, digits"),
            ("stream = 1", "true or false"), ("omit = [\"model\"]", "out of temperature"),
            ("omit = \"seed\"", "out of"),
            ("protocol = \"bedrock\"\nkey_file = \"k\"", "is needed for signatures"),
            ("region = \"a b\"", "letters, digits"),
        ] {
            let error = #expect(throws: AcquisitionError.self) { try load("url = \"https://h/v1\"\n" + line) }
            #expect(error?.message.contains(rule) == true, "\(error?.message ?? "")")
        }
    }
}
