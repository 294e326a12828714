internal import ForensicTypes

/// What Chat Completions and Completions have in common.
enum OpenAIFields {
    static func finishReason(_ name: String) -> FinishReason {
        switch name {
        case "stop", "eos_token", "stop_sequence", "end_turn": .stop
        case "length", "max_tokens": .length
        case "content_filter", "refusal": .refusal
        default: .other(name)
        }
    }

    /// The token counts; nil where the server gives none, or gives nonsense.
    static func usage(_ usage: JSONNode?) -> TokenUsage? {
        TokenUsage(
            prompt: usage?["prompt_tokens"]?.integer, completion: usage?["completion_tokens"]?.integer,
            reasoning: usage?["completion_tokens_details"]?["reasoning_tokens"]?.integer,
            cached: usage?["prompt_tokens_details"]?["cached_tokens"]?.integer)
    }

    /// The only choice of an answer.
    static func choice(_ root: JSONNode) throws(WireFormatsError) -> JSONNode {
        guard let choices = root["choices"]?.elements, choices.count == 1, let choice = choices.first else {
            throw WireFormatsError(.shape, "the answer has no list of exactly one choice")
        }
        return choice
    }

    /// The positions of either shape of log-probabilities; empty where the server gives none.
    ///
    /// They come in the shape of chat, which llama.cpp also uses for completions, and in the shape of OpenAI's older
    /// Completions interface with parallel lists.
    static func positions(_ logprobs: JSONNode?) throws(WireFormatsError) -> [TokenPosition] {
        guard let logprobs else { return [] }
        if let content = logprobs["content"] { return try TokenLists.positions(content) }
        guard let tokens = logprobs["tokens"]?.elements else { return [] }
        let values = logprobs["token_logprobs"]?.elements ?? []
        let tops = logprobs["top_logprobs"]?.elements ?? []
        guard values.count == tokens.count, tops.isEmpty || tops.count == tokens.count else {
            throw WireFormatsError(.shape, "\(tokens.count) tokens beside \(values.count) log-probabilities")
        }
        var positions: [TokenPosition] = []
        for (index, token) in tokens.enumerated() {
            guard let text = token.string else { throw WireFormatsError(.shape, "a token is no string") }
            // The first token of an echoed prompt has no log-probability.
            guard !values[index].isNull else { continue }
            let chosen = TokenLogprob(bytes: text, logprob: try TokenLists.logprob(values[index]))
            var top: [TokenLogprob] = []
            for member in tops.isEmpty ? [] : tops[index].members ?? [] {
                top.append(TokenLogprob(bytes: member.key, logprob: try TokenLists.logprob(member.value)))
            }
            positions.append(TokenPosition(chosen: chosen, top: TokenLists.sorted(top)))
        }
        return positions
    }

    /// Adds the parameters that end the body of both interfaces.
    static func addSampling(
        _ sampling: SamplingParameters, _ settings: ProviderSettings, to body: inout JSONObjectWriter
    ) {
        body.add("max_tokens", integer: sampling.maximumTokens)
        if settings.sends(.temperature) { body.add("temperature", number: sampling.temperature) }
        if settings.sends(.topP) { body.add("top_p", number: sampling.topP) }
        if let seed = sampling.seed, settings.sends(.seed) { body.add("seed", integer: seed) }
        body.add("stream", flag: settings.isStreaming)
        if settings.isStreaming {
            var options = JSONObjectWriter()
            options.add("include_usage", flag: true)
            body.add("stream_options", object: options)
        }
    }

    static func question(_ root: JSONNode, prompt: Prompt?) -> RecordedQuestion? {
        guard let prompt else { return nil }
        return RecordedQuestion(
            prompt: prompt, model: root["model"]?.text, temperature: root["temperature"]?.number,
            maximumTokens: (root["max_tokens"] ?? root["max_completion_tokens"])?.integer)
    }

    static func accept(_ settings: ProviderSettings) -> String {
        settings.isStreaming ? "text/event-stream" : "application/json"
    }

    /// Whether an event is the mark after the last chunk.
    static func isEnd(_ event: StreamEvent) -> Bool { event.data == Array("[DONE]".utf8) }
}
