/// llama.cpp's server by its own interface (its README, "server"). Conversations go over its Chat Completions.
struct LlamaCppProvider: Provider {
    var keyStyle: KeyStyle { .bearer }
    var chat: (any ProviderInterface)? { ChatCompletions(prefix: "/v1") }
    var raw: (any ProviderInterface)? { LlamaCppCompletion() }

    func listing(_ settings: ProviderSettings) -> ProviderRequest? { .get("/v1/models") }
}
