/// The interface that an endpoint speaks: the word for `protocol` in an endpoint file.
public enum ProviderProtocol: String, Sendable, Hashable, Codable, CaseIterable {
    /// OpenAI Chat Completions and Completions, each prompt by the route that carries it. Most servers offer both.
    case openAI = "openai"
    /// OpenAI Chat Completions: conversations only.
    case openAIChat = "openai-chat"
    /// OpenAI Completions: raw text only.
    case openAICompletions = "openai-completions"
    /// OpenAI Responses: conversations only.
    case openAIResponses = "openai-responses"
    /// Azure OpenAI: both interfaces of OpenAI below the path of a deployment.
    case azureOpenAI = "azure-openai"
    /// Anthropic Messages: conversations only.
    case anthropic
    /// Google Gemini generateContent: conversations only.
    case gemini
    /// Ollama's own interface: conversations and raw text.
    case ollama
    /// llama.cpp's own interface for raw text, and its Chat Completions for conversations.
    case llamaCpp = "llama-cpp"
    /// Cohere Chat, version 2: conversations only.
    case cohere
    /// AWS Bedrock Converse: conversations only.
    case bedrock
    /// The own interface of text-generation-inference for raw text, and its Chat Completions for conversations.
    case textGenerationInference = "tgi"

    /// What speaks this protocol.
    var provider: any Provider {
        switch self {
        case .openAI: OpenAIProvider(chat: ChatCompletions(), raw: TextCompletions())
        case .openAIChat: OpenAIProvider(chat: ChatCompletions(), raw: nil)
        case .openAICompletions: OpenAIProvider(chat: nil, raw: TextCompletions())
        case .openAIResponses: OpenAIProvider(chat: ModelResponses(), raw: nil)
        case .azureOpenAI: AzureOpenAIProvider()
        case .anthropic: AnthropicProvider()
        case .gemini: GeminiProvider()
        case .ollama: OllamaProvider()
        case .llamaCpp: LlamaCppProvider()
        case .cohere: CohereProvider()
        case .bedrock: BedrockProvider()
        case .textGenerationInference: TextGenerationProvider()
        }
    }

    /// How a key is presented unless the endpoint file says otherwise.
    public var keyStyle: KeyStyle { provider.keyStyle }

    /// Whether conversations can be sent.
    public var carriesChat: Bool { provider.chat != nil }

    /// Whether raw text can be sent.
    public var carriesRawText: Bool { provider.raw != nil }
}

/// How an endpoint is shown its key.
public enum KeyStyle: String, Sendable, Hashable, Codable, CaseIterable {
    /// `Authorization: Bearer KEY`.
    case bearer
    /// The field `api-key`, as Azure OpenAI wants it.
    case apiKey = "api-key"
    /// The field `x-api-key`, as Anthropic wants it.
    case anthropicKey = "x-api-key"
    /// The field `x-goog-api-key`, as Google wants it.
    case googleKey = "x-goog-api-key"
    /// A signature of AWS, version 4, which the secret makes and never leaves the machine for.
    case signatureV4 = "sigv4"
}
