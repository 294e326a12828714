internal import ForensicTypes

/// llama.cpp, `POST /completion` (README of its server). The cache of prompts is declined: only then are two greedy answers
/// of one server equal. Probabilities after sampling, which nobody here asks for, are passed over.
struct LlamaCppCompletion: ProviderInterface {
    func request(_ probe: Probe, _ settings: ProviderSettings) throws(WireFormatsError) -> ProviderRequest {
        guard case .raw(let text) = probe.prompt else {
            throw WireFormatsError(.unsupportedPrompt, "a conversation cannot be sent as raw text")
        }
        var body = JSONObjectWriter()
        body.add("prompt", text: text)
        body.add("n_predict", integer: probe.sampling.maximumTokens)
        if settings.sends(.temperature) { body.add("temperature", number: probe.sampling.temperature) }
        if settings.sends(.topP) { body.add("top_p", number: probe.sampling.topP) }
        if let seed = probe.sampling.seed, settings.sends(.seed) { body.add("seed", integer: seed) }
        if probe.sampling.topLogprobs > 0 { body.add("n_probs", integer: probe.sampling.topLogprobs) }
        body.add("cache_prompt", flag: false)
        body.add("stream", flag: settings.isStreaming)
        return ProviderRequest(path: "/completion", accept: OpenAIFields.accept(settings), body: body.finished())
    }

    func isAsked(at path: Substring) -> Bool { path.hasSuffix("/completion") }

    func question(_ root: JSONNode) -> RecordedQuestion? {
        guard let text = root["prompt"]?.text else { return nil }
        return RecordedQuestion(
            prompt: .raw(text), model: nil, temperature: root["temperature"]?.number,
            maximumTokens: root["n_predict"]?.integer)
    }

    func answer(_ root: JSONNode) throws(WireFormatsError) -> ProviderAnswer {
        var answer = ProviderAnswer()
        guard try add(root, to: &answer) else { throw unfinished }
        return answer
    }

    func answer(_ events: [StreamEvent]) throws(WireFormatsError) -> ProviderAnswer {
        var answer = ProviderAnswer()
        for event in events where !OpenAIFields.isEnd(event) {
            if try add(try value(of: event), to: &answer) { return answer }
        }
        throw unfinished
    }

    private func add(_ root: JSONNode, to answer: inout ProviderAnswer) throws(WireFormatsError) -> Bool {
        guard let content = root["content"]?.string else { throw WireFormatsError(.shape, "the answer has no content") }
        answer.text += content
        let positions = root["completion_probabilities"]
        if positions?.elements?.first?["logprob"] != nil { answer.positions += try TokenLists.positions(positions) }
        answer.claimedModel = root["model"]?.text ?? answer.claimedModel
        guard root["stop"]?.boolean != false else { return false }
        answer.finishReason =
            switch root["stop_type"]?.text {
            case "eos", "word": .stop
            case "limit": .length
            case let reason: reason.map { .other($0) }
            }
        answer.usage = TokenUsage(
            prompt: root["tokens_evaluated"]?.integer, completion: root["tokens_predicted"]?.integer)
        return true
    }
}
