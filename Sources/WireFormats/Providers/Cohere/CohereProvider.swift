/// Cohere (Cohere API reference, version 2 of Chat).
struct CohereProvider: Provider {
    var keyStyle: KeyStyle { .bearer }
    var chat: (any ProviderInterface)? { CohereChat() }
    var raw: (any ProviderInterface)? { nil }

    func listing(_ settings: ProviderSettings) -> ProviderRequest? { .get("/v1/models") }

    func models(_ root: JSONNode) -> [String]? { root["models"]?.elements?.compactMap { $0["name"]?.text } }
}
