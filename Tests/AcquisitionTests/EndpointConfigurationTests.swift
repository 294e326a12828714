import Acquisition
import ForensicTypes
import Testing
import WireFormats

@Suite("Endpoint files")
struct EndpointConfigurationTests {
    private func load(_ text: String) throws -> EndpointConfiguration {
        try EndpointConfiguration.load(Array(text.utf8), path: "folder/e.toml")
    }

    private let least = """
        name = "suspect-1"
        url = "https://api.example.com/v1/"
        model = "m"
        role = "suspect"
        """

    @Test("The least file, with its defaults")
    func minimal() throws {
        let endpoint = try load(least)
        #expect(endpoint.identity == ModelIdentity(name: "suspect-1", role: .suspect))
        #expect(endpoint.address.isSecure && endpoint.address.host == "api.example.com")
        #expect(endpoint.address.port == 443 && endpoint.address.path == "/v1")
        #expect(endpoint.provider == .openAI && endpoint.maximumConcurrency == 1 && endpoint.key == nil)
        #expect(endpoint.timeouts == EndpointConfiguration.Timeouts())
    }

    @Test("Every key")
    func full() throws {
        let endpoint = try load(
            """
            name = "panel.a"                # comment
            url = "http://[::1]:8080"
            model = "served"
            role = "panel"
            lineage = "qwen"
            protocol = "openai-completions"
            key_file = "keys/a"
            ca_file = "/etc/ca.pem"
            user_agent = "agent 1"
            connect_timeout_s = 2
            first_byte_timeout_s = 3.5
            idle_timeout_s = 4
            total_timeout_s = 50
            max_concurrency = 8
            requests_per_minute = 90.5
            max_requests = 1000
            """)
        #expect(endpoint.identity.lineage == Lineage("qwen"))
        #expect(endpoint.address.host == "::1" && endpoint.address.port == 8080 && !endpoint.address.isSecure)
        #expect(endpoint.key == .file("folder/keys/a"))
        #expect(endpoint.trustRoots == "/etc/ca.pem" && endpoint.userAgent == "agent 1")
        #expect(endpoint.timeouts == .init(connect: 2, firstByte: 3.5, idle: 4, total: 50))
        #expect(endpoint.maximumConcurrency == 8 && endpoint.requestsPerMinute == 90.5)
        #expect(endpoint.maximumRequests == 1_000)
    }

    @Test("Budgets of tokens and money, the price table, and how connections are used")
    func budget() throws {
        let endpoint = try load(
            least + """

                tokens_per_minute = 90000
                max_total_tokens = 2000000
                max_cost = 12.5
                reuse_connections = false
                min_bytes_per_second = 2.5

                [price]
                input_per_million = 3
                output_per_million = 15.5
                currency = "EUR"
                """)
        let price = TokenPrice(inputPerMillion: 3, outputPerMillion: 15.5, currency: "EUR")
        #expect(
            endpoint.budget
                == EndpointBudget(
                    tokensPerMinute: 90_000, maximumTokens: 2_000_000, maximumCost: 12.5, price: price))
        #expect(!endpoint.reusesConnections && endpoint.timeouts.minimumRate == 2.5)
        #expect(price.cost(of: TokenUsage(prompt: 2_000_000, completion: 1_000_000)) == 21.5)
    }

    @Test(
        "Mistakes name the file and the line",
        arguments: [
            ("max_concurrency = 0", "folder/e.toml:5"), ("max_concurrency = \"2\"", "folder/e.toml:5"),
            ("requests_per_minute = -1", "folder/e.toml:5"), ("key_fd = 2000", "folder/e.toml:5"),
            ("protocol = \"grpc\"", "folder/e.toml:5"), ("api_key = \"x\"", "folder/e.toml:5"),
            ("colour = 1", "folder/e.toml:5"), ("key_file = \"a\"\nkey_fd = 3", "folder/e.toml:6"),
            ("= 3", "folder/e.toml:5"), ("total_timeout_s = 0", "folder/e.toml:5"),
            ("user_agent = \"a\\r\\nX: y\"", "folder/e.toml:5"), ("max_cost = 5", "folder/e.toml:5"),
            ("max_total_tokens = 0", "folder/e.toml:5"), ("reuse_connections = 1", "folder/e.toml:5"),
            ("[price]\ninput_per_million = 1", "folder/e.toml"),
        ])
    func mistakes(line: String, place: String) throws {
        let error = #expect(throws: AcquisitionError.self) { try load(least + "\n" + line) }
        #expect(error?.code == .configuration)
        #expect(error?.message.hasPrefix(place) == true, "\(error?.message ?? "")")
    }

    @Test("Missing keys, wrong roles, names and addresses")
    func required() {
        for key in ["name", "url", "model", "role"] {
            let text = least.split(separator: "\n").filter { !$0.hasPrefix(key) }.joined(separator: "\n")
            let error = #expect(throws: AcquisitionError.self) { try load(text) }
            #expect(error?.message.contains("`\(key)`") == true)
        }
        for address in [
            "ftp://a", "api.example.com", "https://", "https://u:p@h/", "https://h/?q=1", "https://h:0",
            "https://h:70000",
            "https://h:+1", "https://h/a b", "https://[::1", "https://[::1]x",
        ] {
            #expect(EndpointAddress(address) == nil, "\(address)")
        }
    }

    @Test("A key never appears in a message", arguments: ["short", "has a space in it", "ümlaut-key-1234"])
    func badKeys(key: String) async throws {
        var endpoint = try load(least)
        let file = try TemporaryFile(Array(key.utf8))
        endpoint.key = .file(file.path)
        let error = #expect(throws: AcquisitionError.self) { try EndpointClient(endpoint) }
        #expect(error?.code == .secret)
        #expect(error?.message.contains(key) == false)
        endpoint.key = .file(file.path + ".absent")
        #expect(throws: AcquisitionError(.secret, "")) { try EndpointClient(endpoint) }
    }
}
