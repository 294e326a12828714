/// Google Gemini (Gemini API reference, v1beta). The key goes into a field, never into the address.
struct GeminiProvider: Provider {
    var keyStyle: KeyStyle { .googleKey }
    var chat: (any ProviderInterface)? { GenerateContent() }
    var raw: (any ProviderInterface)? { nil }

    func models(_ root: JSONNode) -> [String]? {
        root["models"]?.elements?.compactMap { entry in
            entry["name"]?.text.map { $0.hasPrefix("models/") ? String($0.dropFirst(7)) : $0 }
        }
    }
}
