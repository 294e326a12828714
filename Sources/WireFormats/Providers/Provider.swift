internal import ForensicTypes

/// Who serves models: the interfaces that carry its prompts, its list of models, and how it wants to see a key.
protocol Provider: Sendable {
    /// How a key is presented unless the endpoint file says otherwise.
    var keyStyle: KeyStyle { get }
    /// What carries conversations; nil where nothing does.
    var chat: (any ProviderInterface)? { get }
    /// What carries raw text; nil where nothing does.
    var raw: (any ProviderInterface)? { get }
    /// The request that lists the models; nil where the address of the endpoint has none.
    func listing(_ settings: ProviderSettings) -> ProviderRequest?
    /// The names in the answer to that request; nil where it is no list.
    func models(_ root: JSONNode) -> [String]?
}

extension Provider {
    func listing(_ settings: ProviderSettings) -> ProviderRequest? { .get("/models") }

    func models(_ root: JSONNode) -> [String]? { root["data"]?.elements?.compactMap { $0["id"]?.text } }
}

/// One route of a provider: what is sent to it and what comes back, whole or as a stream.
protocol ProviderInterface: Sendable {
    /// The request for one draw of a probe. The same arguments give the same bytes.
    ///
    /// - Throws: `unsupportedPrompt` where the interface does not carry this prompt.
    func request(_ probe: Probe, _ settings: ProviderSettings) throws(WireFormatsError) -> ProviderRequest

    /// Whether a recorded request to this path, its query removed, went to this interface.
    func isAsked(at path: Substring) -> Bool

    /// What a recorded request asked; nil where its body is none of this interface.
    func question(_ root: JSONNode) -> RecordedQuestion?

    /// The answer in a whole body.
    ///
    /// - Throws: `shape`, `truncated`, `serverError`.
    func answer(_ root: JSONNode) throws(WireFormatsError) -> ProviderAnswer

    /// The answer in a stream.
    ///
    /// - Throws: `truncated` where the stream ends before the answer does; `serverError` where it ends in an error; the
    ///   codes of `JSONDocument` and `shape` for an event that cannot be read.
    func answer(_ events: [StreamEvent]) throws(WireFormatsError) -> ProviderAnswer
}

extension ProviderInterface {
    /// The error of a stream without an end.
    var unfinished: WireFormatsError { WireFormatsError(.truncated, "the stream ends before the answer does") }

    /// The value of an event.
    ///
    /// - Throws: `serverError` where it is an error; the codes of `JSONDocument`.
    func value(of event: StreamEvent) throws(WireFormatsError) -> JSONNode {
        guard !event.isFailure, event.name != "error" else {
            throw WireFormatsError(.serverError, "an error inside the stream")
        }
        let root = try JSONDocument(event.data).root
        guard root.isObject else { throw WireFormatsError(.shape, "an event is no JSON object") }
        guard root["error"] == nil else { throw WireFormatsError(.serverError, "an error inside the stream") }
        return root
    }
}

/// The interfaces of all providers, by the route of a recorded request.
enum ProviderRoutes {
    static let interfaces: [any ProviderInterface] = [
        ChatCompletions(), TextCompletions(), ModelResponses(), AnthropicMessages(), GenerateContent(), OllamaChat(),
        OllamaGenerate(), LlamaCppCompletion(), CohereChat(), BedrockConverse(), TextGeneration(),
    ]

    /// The interface behind a path, which may have a query and a prefix of the endpoint's own; nil for an unknown one.
    static func interface(at target: some StringProtocol) -> (any ProviderInterface)? {
        let path = Substring(target.prefix { $0 != "?" })
        return interfaces.first { $0.isAsked(at: path) }
    }
}
