internal import ForensicTypes

/// text-generation-inference, `POST /generate` and `/generate_stream` with details (its OpenAPI description).
///
/// It refuses a temperature of 0 and a nucleus mass of 1, so greedy decoding is asked for by not sampling and no mass by
/// naming none. The prompt's tokens are counted by its own list of them; a stream says their number at its end.
struct TextGeneration: ProviderInterface {
    func request(_ probe: Probe, _ settings: ProviderSettings) throws(WireFormatsError) -> ProviderRequest {
        guard case .raw(let text) = probe.prompt else {
            throw WireFormatsError(.unsupportedPrompt, "a conversation cannot be sent as raw text")
        }
        let sampling = probe.sampling
        var parameters = JSONObjectWriter()
        parameters.add("max_new_tokens", integer: sampling.maximumTokens)
        parameters.add("do_sample", flag: sampling.temperature > 0)
        if sampling.temperature > 0, settings.sends(.temperature) {
            parameters.add("temperature", number: sampling.temperature)
        }
        if sampling.topP < 1, settings.sends(.topP) { parameters.add("top_p", number: sampling.topP) }
        if let seed = sampling.seed, settings.sends(.seed) { parameters.add("seed", integer: seed) }
        parameters.add("details", flag: true)
        // A stream with the details of the prompt is refused.
        parameters.add("decoder_input_details", flag: !settings.isStreaming)
        if sampling.topLogprobs > 0 { parameters.add("top_n_tokens", integer: sampling.topLogprobs) }
        var body = JSONObjectWriter()
        body.add("inputs", text: text)
        body.add("parameters", object: parameters)
        return ProviderRequest(
            path: settings.isStreaming ? "/generate_stream" : "/generate", accept: OpenAIFields.accept(settings),
            body: body.finished())
    }

    func isAsked(at path: Substring) -> Bool {
        (path.hasSuffix("/generate") && !path.hasSuffix("/api/generate")) || path.hasSuffix("/generate_stream")
    }

    func question(_ root: JSONNode) -> RecordedQuestion? {
        guard let text = root["inputs"]?.text else { return nil }
        let parameters = root["parameters"]
        let isGreedy = parameters?["do_sample"]?.boolean != true
        return RecordedQuestion(
            prompt: .raw(text), model: nil, temperature: isGreedy ? 0 : parameters?["temperature"]?.number,
            maximumTokens: parameters?["max_new_tokens"]?.integer)
    }

    func answer(_ root: JSONNode) throws(WireFormatsError) -> ProviderAnswer {
        guard let text = root["generated_text"]?.string else {
            throw WireFormatsError(.shape, "the answer has no generated text")
        }
        var answer = ProviderAnswer(text: text)
        guard let details = root["details"] else { return answer }
        answer.finishReason = details["finish_reason"]?.text.map(OpenAIFields.finishReason)
        let tokens = details["tokens"]?.elements ?? []
        let tops = details["top_tokens"]?.elements ?? []
        guard tops.isEmpty || tops.count == tokens.count else {
            throw WireFormatsError(.shape, "\(tokens.count) tokens beside \(tops.count) lists of alternatives")
        }
        for (index, token) in tokens.enumerated() {
            answer.positions.append(try position(token, top: tops.isEmpty ? nil : tops[index]))
        }
        let prompt = details["prefill"]?.elements?.count
        answer.usage = TokenUsage(
            prompt: prompt == 0 ? nil : prompt, completion: details["generated_tokens"]?.integer)
        return answer
    }

    func answer(_ events: [StreamEvent]) throws(WireFormatsError) -> ProviderAnswer {
        var answer = ProviderAnswer()
        for event in events where !OpenAIFields.isEnd(event) {
            let root = try value(of: event)
            if let token = root["token"] {
                if token["special"]?.boolean != true { answer.text += token["text"]?.string ?? [] }
                answer.positions.append(try position(token, top: root["top_tokens"]))
            }
            guard root["details"] != nil || root["generated_text"] != nil else { continue }
            if let text = root["generated_text"]?.string { answer.text = text }
            let details = root["details"]
            answer.finishReason = details?["finish_reason"]?.text.map(OpenAIFields.finishReason)
            answer.usage = TokenUsage(
                prompt: details?["input_length"]?.integer, completion: details?["generated_tokens"]?.integer)
            return answer
        }
        throw unfinished
    }

    private func position(_ token: JSONNode, top list: JSONNode?) throws(WireFormatsError) -> TokenPosition {
        var top: [TokenLogprob] = []
        for entry in list?.elements ?? [] { top.append(try self.token(entry)) }
        return TokenPosition(chosen: try self.token(token), top: TokenLists.sorted(top))
    }

    private func token(_ entry: JSONNode) throws(WireFormatsError) -> TokenLogprob {
        guard let text = entry["text"]?.string, let value = entry["logprob"] else {
            throw WireFormatsError(.shape, "a token has no text or no log-probability")
        }
        return TokenLogprob(bytes: text, logprob: try TokenLists.logprob(value))
    }
}
