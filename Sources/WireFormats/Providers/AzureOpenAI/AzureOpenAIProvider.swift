/// Azure OpenAI (Azure OpenAI REST API reference, data plane, inference): OpenAI's interfaces below the path of a deployment,
/// with the version of the interface in the query and the key in `api-key`.
///
/// The address of the endpoint file is that of the resource; the model's name is the deployment's.
struct AzureOpenAIProvider: Provider {
    static let defaultVersion = "2024-10-21"

    var keyStyle: KeyStyle { .apiKey }
    var chat: (any ProviderInterface)? { Deployment(isChat: true) }
    var raw: (any ProviderInterface)? { Deployment(isChat: false) }

    func listing(_ settings: ProviderSettings) -> ProviderRequest? {
        .get("/openai/models?api-version=" + Self.version(settings))
    }

    static func version(_ settings: ProviderSettings) -> String { settings.apiVersion ?? defaultVersion }
}
