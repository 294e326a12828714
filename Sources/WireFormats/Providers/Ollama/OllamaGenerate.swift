internal import ForensicTypes

/// Ollama, `POST /api/generate` without a template (Ollama API reference, "Generate a completion").
struct OllamaGenerate: ProviderInterface {
    func request(_ probe: Probe, _ settings: ProviderSettings) throws(WireFormatsError) -> ProviderRequest {
        guard case .raw(let text) = probe.prompt else {
            throw WireFormatsError(.unsupportedPrompt, "a conversation cannot be sent as raw text")
        }
        var body = JSONObjectWriter()
        body.add("model", text: settings.model)
        body.add("prompt", text: text)
        body.add("raw", flag: true)
        OllamaFields.addSampling(probe.sampling, settings, to: &body)
        return ProviderRequest(path: "/api/generate", accept: OllamaFields.accept(settings), body: body.finished())
    }

    func isAsked(at path: Substring) -> Bool { path.hasSuffix("/api/generate") }

    func question(_ root: JSONNode) -> RecordedQuestion? {
        OllamaFields.question(root, prompt: root["prompt"]?.text.map { .raw($0) })
    }

    func answer(_ root: JSONNode) throws(WireFormatsError) -> ProviderAnswer {
        var answer = ProviderAnswer()
        guard try add(root, to: &answer) else { throw unfinished }
        return answer
    }

    func answer(_ events: [StreamEvent]) throws(WireFormatsError) -> ProviderAnswer {
        var answer = ProviderAnswer()
        for event in events where try add(try value(of: event), to: &answer) { return answer }
        throw unfinished
    }

    private func add(_ root: JSONNode, to answer: inout ProviderAnswer) throws(WireFormatsError) -> Bool {
        guard root["response"] != nil || root["done"] != nil else {
            throw WireFormatsError(.shape, "the answer has no response")
        }
        return try OllamaFields.add(root, text: root["response"], thinking: root["thinking"], to: &answer)
    }
}
