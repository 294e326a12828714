/// Anthropic (Claude API reference).
struct AnthropicProvider: Provider {
    static let defaultVersion = "2023-06-01"

    var keyStyle: KeyStyle { .anthropicKey }
    var chat: (any ProviderInterface)? { AnthropicMessages() }
    var raw: (any ProviderInterface)? { nil }

    func listing(_ settings: ProviderSettings) -> ProviderRequest? { .get("/models", fields: Self.fields(settings)) }

    static func fields(_ settings: ProviderSettings) -> [ProviderRequest.Field] {
        [ProviderRequest.Field(name: "anthropic-version", value: settings.apiVersion ?? defaultVersion)]
    }
}
