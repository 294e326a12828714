/// text-generation-inference by its own interface (its API reference). Conversations go over its Chat Completions.
struct TextGenerationProvider: Provider {
    var keyStyle: KeyStyle { .bearer }
    var chat: (any ProviderInterface)? { ChatCompletions(prefix: "/v1") }
    var raw: (any ProviderInterface)? { TextGeneration() }

    func listing(_ settings: ProviderSettings) -> ProviderRequest? { .get("/info") }

    func models(_ root: JSONNode) -> [String]? { root["model_id"]?.text.map { [$0] } }
}
