internal import ForensicTypes

/// OpenAI Completions, `POST /completions` (OpenAI API reference, "Completions", legacy).
struct TextCompletions: ProviderInterface {
    /// What stands before the route, below the endpoint's address.
    var prefix = ""
    /// What stands after it.
    var suffix = ""

    func request(_ probe: Probe, _ settings: ProviderSettings) throws(WireFormatsError) -> ProviderRequest {
        guard case .raw(let text) = probe.prompt else {
            throw WireFormatsError(.unsupportedPrompt, "a conversation cannot be sent as raw text")
        }
        var body = JSONObjectWriter()
        body.add("model", text: settings.model)
        body.add("prompt", text: text)
        if probe.sampling.topLogprobs > 0 { body.add("logprobs", integer: probe.sampling.topLogprobs) }
        OpenAIFields.addSampling(probe.sampling, settings, to: &body)
        return ProviderRequest(
            path: prefix + "/completions" + suffix, accept: OpenAIFields.accept(settings), body: body.finished())
    }

    func isAsked(at path: Substring) -> Bool { path.hasSuffix("/completions") && !path.hasSuffix("/chat/completions") }

    func question(_ root: JSONNode) -> RecordedQuestion? {
        OpenAIFields.question(root, prompt: root["prompt"]?.text.map { .raw($0) })
    }

    func answer(_ root: JSONNode) throws(WireFormatsError) -> ProviderAnswer {
        let choice = try OpenAIFields.choice(root)
        guard let text = choice["text"]?.string else { throw WireFormatsError(.shape, "the choice has no text") }
        var answer = ProviderAnswer(text: text)
        answer.finishReason = choice["finish_reason"]?.text.map(OpenAIFields.finishReason)
        answer.usage = OpenAIFields.usage(root["usage"])
        answer.positions = try OpenAIFields.positions(choice["logprobs"])
        answer.claimedModel = root["model"]?.text
        answer.systemFingerprint = root["system_fingerprint"]?.text
        return answer
    }

    func answer(_ events: [StreamEvent]) throws(WireFormatsError) -> ProviderAnswer {
        var answer = ProviderAnswer()
        var isComplete = false
        for event in events {
            if OpenAIFields.isEnd(event) {
                isComplete = true
                break
            }
            let chunk = try value(of: event)
            answer.claimedModel = answer.claimedModel ?? chunk["model"]?.text
            answer.systemFingerprint = answer.systemFingerprint ?? chunk["system_fingerprint"]?.text
            if let usage = OpenAIFields.usage(chunk["usage"]) { answer.usage = usage }
            guard let choices = chunk["choices"]?.elements else {
                throw WireFormatsError(.shape, "a chunk has no list of choices")
            }
            guard let choice = choices.first else { continue }
            guard choices.count == 1, choice["index"]?.integer ?? 0 == 0 else {
                throw WireFormatsError(.shape, "the stream has more than one choice")
            }
            answer.text += choice["text"]?.string ?? []
            answer.positions += try OpenAIFields.positions(choice["logprobs"])
            if let reason = choice["finish_reason"]?.text {
                answer.finishReason = OpenAIFields.finishReason(reason)
                isComplete = true
            }
        }
        guard isComplete else { throw unfinished }
        return answer
    }
}
