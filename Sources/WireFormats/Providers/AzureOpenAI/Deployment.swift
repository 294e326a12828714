internal import ForensicTypes

/// An interface of OpenAI below the path of a deployment. Its answers are OpenAI's, so records are read by the same code.
struct Deployment: ProviderInterface {
    let isChat: Bool

    func request(_ probe: Probe, _ settings: ProviderSettings) throws(WireFormatsError) -> ProviderRequest {
        let prefix = "/openai/deployments/" + PercentEncoding.segment(settings.model)
        let suffix = "?api-version=" + AzureOpenAIProvider.version(settings)
        return isChat
            ? try ChatCompletions(prefix: prefix, suffix: suffix).request(probe, settings)
            : try TextCompletions(prefix: prefix, suffix: suffix).request(probe, settings)
    }

    private var plain: any ProviderInterface { isChat ? ChatCompletions() : TextCompletions() }

    func isAsked(at path: Substring) -> Bool { plain.isAsked(at: path) }

    func question(_ root: JSONNode) -> RecordedQuestion? { plain.question(root) }

    func answer(_ root: JSONNode) throws(WireFormatsError) -> ProviderAnswer { try plain.answer(root) }

    func answer(_ events: [StreamEvent]) throws(WireFormatsError) -> ProviderAnswer { try plain.answer(events) }
}
