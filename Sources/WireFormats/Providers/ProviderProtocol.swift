public import ForensicTypes

/// The interface that an endpoint speaks.
public enum ProviderProtocol: String, Sendable, Hashable, Codable, CaseIterable {
    /// OpenAI Chat Completions: conversations only.
    case openAIChat = "openai-chat"
    /// OpenAI Completions: raw text only.
    case openAICompletions = "openai-completions"
    /// Both, each prompt by the route that carries it. Most self-hosted servers offer both.
    case openAI = "openai"
}

/// A request to a provider, before connection and key are added.
public struct ProviderRequest: Sendable, Hashable {
    /// The HTTP method.
    public let method: String
    /// The path below the endpoint's base address, for example `/chat/completions`.
    public let path: String
    /// The JSON body; empty for a request without one.
    public let body: [UInt8]

    /// The request that lists the models of an endpoint.
    public static let models = ProviderRequest(method: "GET", path: "/models", body: [])

    init(method: String, path: String, body: [UInt8]) {
        self.method = method
        self.path = path
        self.body = body
    }

    /// Builds the request for one draw of a probe. The same arguments give the same bytes.
    ///
    /// - Throws: `unsupportedPrompt` where the protocol does not carry this kind of prompt.
    public init(_ probe: Probe, model: String, over provider: ProviderProtocol) throws(WireFormatsError) {
        var body = JSONObjectWriter()
        body.add("model", text: model)
        let sampling = probe.sampling
        switch (probe.prompt, provider) {
        case (.chat(let messages), .openAIChat), (.chat(let messages), .openAI):
            body.add("messages", messages: messages)
            if sampling.topLogprobs > 0 {
                body.add("logprobs", literal: "true")
                body.add("top_logprobs", literal: String(sampling.topLogprobs))
            }
            path = "/chat/completions"
        case (.raw(let text), .openAICompletions), (.raw(let text), .openAI):
            body.add("prompt", text: text)
            if sampling.topLogprobs > 0 { body.add("logprobs", literal: String(sampling.topLogprobs)) }
            path = "/completions"
        case (.chat, .openAICompletions):
            throw WireFormatsError(.unsupportedPrompt, "a conversation cannot be sent over openai-completions")
        case (.raw, .openAIChat):
            throw WireFormatsError(.unsupportedPrompt, "raw text cannot be sent over openai-chat")
        }
        body.add("max_tokens", literal: String(sampling.maximumTokens))
        body.add("temperature", literal: sampling.temperature.description)
        body.add("top_p", literal: sampling.topP.description)
        body.add("stream", literal: "false")
        self.body = body.finished()
        method = "POST"
    }
}

/// Writes a flat JSON object in the order in which members are added.
struct JSONObjectWriter {
    private var bytes: [UInt8] = []

    mutating func add(_ key: String, literal: String) {
        bytes.append(bytes.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
        JSONEscapes.encode(key.utf8, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        bytes += Array(literal.utf8)
    }

    mutating func add(_ key: String, text: String) {
        var json: [UInt8] = []
        JSONEscapes.encode(text.utf8, into: &json)
        add(key, literal: String(decoding: json, as: UTF8.self))
    }

    mutating func add(_ key: String, messages: [Message]) {
        let objects = messages.map { message in
            var object = JSONObjectWriter()
            object.add("role", text: message.role.rawValue)
            object.add("content", text: message.content)
            return String(decoding: object.finished(), as: UTF8.self)
        }
        add(key, literal: "[" + objects.joined(separator: ",") + "]")
    }

    func finished() -> [UInt8] { (bytes.isEmpty ? [UInt8(ascii: "{")] : bytes) + [UInt8(ascii: "}")] }
}
