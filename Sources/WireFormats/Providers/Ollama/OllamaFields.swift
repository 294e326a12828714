internal import ForensicTypes

/// What both interfaces of Ollama have in common: options, the end of an answer, and streams of JSON lines.
enum OllamaFields {
    static func addSampling(
        _ sampling: SamplingParameters, _ settings: ProviderSettings, to body: inout JSONObjectWriter
    ) {
        body.add("stream", flag: settings.isStreaming)
        if sampling.topLogprobs > 0 {
            body.add("logprobs", flag: true)
            body.add("top_logprobs", integer: sampling.topLogprobs)
        }
        var options = JSONObjectWriter()
        options.add("num_predict", integer: sampling.maximumTokens)
        if settings.sends(.temperature) { options.add("temperature", number: sampling.temperature) }
        if settings.sends(.topP) { options.add("top_p", number: sampling.topP) }
        if let seed = sampling.seed, settings.sends(.seed) { options.add("seed", integer: seed) }
        body.add("options", object: options)
    }

    static func accept(_ settings: ProviderSettings) -> String {
        settings.isStreaming ? "application/x-ndjson" : "application/json"
    }

    static func question(_ root: JSONNode, prompt: Prompt?) -> RecordedQuestion? {
        guard let prompt else { return nil }
        return RecordedQuestion(
            prompt: prompt, model: root["model"]?.text, temperature: root["options"]?["temperature"]?.number,
            maximumTokens: root["options"]?["num_predict"]?.integer)
    }

    /// Adds an answer or a part of one; true where it is the last part.
    static func add(
        _ root: JSONNode, text: JSONNode?, thinking: JSONNode?, to answer: inout ProviderAnswer
    ) throws(WireFormatsError) -> Bool {
        if let text {
            guard let bytes = text.string else { throw WireFormatsError(.shape, "the text is no string") }
            answer.text += bytes
        }
        answer.add(reasoning: thinking?.string)
        answer.positions += try TokenLists.positions(root["logprobs"])
        answer.claimedModel = answer.claimedModel ?? root["model"]?.text
        guard root["done"]?.boolean == true else { return false }
        answer.finishReason =
            switch root["done_reason"]?.text {
            case "stop": .stop
            case "length": .length
            case let reason: reason.map { .other($0) }
            }
        answer.usage = TokenUsage(
            prompt: root["prompt_eval_count"]?.integer, completion: root["eval_count"]?.integer)
        return true
    }
}
