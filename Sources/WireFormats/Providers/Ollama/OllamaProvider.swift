/// Ollama (its API reference). A key is needed only by servers that others put before it.
struct OllamaProvider: Provider {
    var keyStyle: KeyStyle { .bearer }
    var chat: (any ProviderInterface)? { OllamaChat() }
    var raw: (any ProviderInterface)? { OllamaGenerate() }

    func listing(_ settings: ProviderSettings) -> ProviderRequest? { .get("/api/tags") }

    func models(_ root: JSONNode) -> [String]? { root["models"]?.elements?.compactMap { $0["name"]?.text } }
}
