import Acquisition
import ArgumentParser
import Reporting

struct EndpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "endpoint", abstract: "Look at an endpoint before it is asked in earnest.",
        subcommands: [EndpointCheckCommand.self])
}

struct EndpointCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find out what an endpoint can do, with about a dozen requests.",
        discussion: """
            An endpoint file is TOML:

              name = "acme"                       # unique in the case
              role = "suspect"                    # protected, suspect, panel, sibling, redeployment
              lineage = "llama-3"                 # for panel, sibling, redeployment and protected
              url = "https://api.acme.example/v1"
              model = "acme-large"                # what the endpoint calls it
              protocol = "openai"                 # see below
              key_file = "/home/me/acme.key"      # or key_fd = 3; a key never stands in the file or on a command line
              stream = true                       # ask for answers as streams; false unless given

            Protocols: openai, openai-chat, openai-completions, openai-responses, azure-openai, anthropic, gemini, \
            ollama, llama-cpp, cohere, bedrock, tgi.

            The requests of a check are not recorded as evidence.

            EXAMPLE
              whorl endpoint check acme.toml
            """)

    @Argument(help: "The endpoint file.")
    var file: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.reportingErrors {
            let check = try await EndpointCheck.run(EndpointSource(path: file).configuration)
            try output.print(check, text: Self.text(check))
            guard !check.isUsable else { return }
            if check.isAuthorised == false { throw ExitStatus.keyRefused.code }
            throw ExitStatus.endpointUnavailable.code
        }
    }

    private static func text(_ check: EndpointCheck) -> String {
        func word(_ value: Bool?) -> String { value.map { $0 ? "yes" : "no" } ?? "not seen" }
        let rows = [
            ["endpoint", "\(check.name) at \(check.address)"],
            ["reachable", word(check.isReachable)],
            ["key accepted", word(check.isAuthorised)],
            ["TLS", check.tlsVersion ?? "none"],
            ["models", check.models.isEmpty ? "not listed" : check.models.prefix(5).joined(separator: ", ")],
            ["calls itself", check.claimedModel ?? "nothing"],
            ["chat", word(check.answersChat)],
            ["raw text", word(check.answersRawText)],
            ["log-probabilities", check.topLogprobs == 0 ? "none" : "\(check.topLogprobs) of 20 asked for"],
            ["token counts", word(check.reportsUsage)],
            ["streams", word(check.streams)],
            ["greedy answers repeat", word(check.isDeterministic)],
            ["seed honoured", word(check.honoursSeed)],
            ["looks cached", word(check.looksCached)],
            ["fastest answer", check.fastestAnswer.map { "\(Int(($0 * 1000).rounded())) ms" } ?? "none"],
        ]
        return ([TerminalTable(rows: rows).text] + check.problems.map { "! " + VisibleText.terminal($0) })
            .joined(separator: "\n")
    }
}
