internal import ForensicTypes

/// Cohere, `POST /v2/chat` (Cohere API reference, "Chat" and "Chat with streaming").
///
/// Its nucleus mass ends at 0.99 and is 0.75 unless it is named, so 1 is sent as 0.99. It gives log-probabilities of the
/// chosen tokens only. The plan before a tool call counts as reasoning.
struct CohereChat: ProviderInterface {
    private static let greatestMass = 0.99

    func request(_ probe: Probe, _ settings: ProviderSettings) throws(WireFormatsError) -> ProviderRequest {
        guard case .chat(let messages) = probe.prompt else {
            throw WireFormatsError(.unsupportedPrompt, "raw text cannot be sent as a conversation")
        }
        let sampling = probe.sampling
        var body = JSONObjectWriter()
        body.add("model", text: settings.model)
        body.add("messages", messages: messages)
        body.add("max_tokens", integer: sampling.maximumTokens)
        if settings.sends(.temperature) { body.add("temperature", number: sampling.temperature) }
        if settings.sends(.topP) { body.add("p", number: min(sampling.topP, Self.greatestMass)) }
        if let seed = sampling.seed, settings.sends(.seed) { body.add("seed", integer: seed) }
        if sampling.topLogprobs > 0 { body.add("logprobs", flag: true) }
        body.add("stream", flag: settings.isStreaming)
        return ProviderRequest(path: "/v2/chat", accept: OpenAIFields.accept(settings), body: body.finished())
    }

    func isAsked(at path: Substring) -> Bool { path.hasSuffix("/v2/chat") }

    func question(_ root: JSONNode) -> RecordedQuestion? {
        OpenAIFields.question(root, prompt: RecordedQuestion.messages(root["messages"]).map { .chat($0) })
    }

    func answer(_ root: JSONNode) throws(WireFormatsError) -> ProviderAnswer {
        guard let message = root["message"], message.isObject else {
            throw WireFormatsError(.shape, "the answer has no message")
        }
        var answer = ProviderAnswer()
        for part in message["content"]?.elements ?? [] {
            answer.text += part["text"]?.string ?? []
            answer.add(reasoning: part["thinking"]?.string)
        }
        answer.add(reasoning: message["tool_plan"]?.string)
        for call in message["tool_calls"]?.elements ?? [] {
            answer.toolCalls.append(
                ToolCall(
                    name: call["function"]?["name"]?.text ?? "",
                    arguments: call["function"]?["arguments"]?.string ?? []))
        }
        for entry in root["logprobs"]?.elements ?? [] { answer.positions += try positions(entry) }
        answer.finishReason = try root["finish_reason"]?.text.map(Self.finishReason)
        answer.usage = Self.usage(root["usage"])
        return answer
    }

    private static func finishReason(_ name: String) throws(WireFormatsError) -> FinishReason {
        switch name {
        case "COMPLETE", "STOP_SEQUENCE": .stop
        case "MAX_TOKENS": .length
        case "TOOL_CALL": .other("tool_calls")
        case "ERROR", "ERROR_LIMIT", "TIMEOUT":
            throw WireFormatsError(.serverError, "the server gave up on the answer")
        case "ERROR_TOXIC": .refusal
        default: .other(name)
        }
    }

    private static func usage(_ usage: JSONNode?) -> TokenUsage? {
        let counts = usage?["tokens"] ?? usage?["billed_units"]
        return TokenUsage(
            prompt: counts?["input_tokens"]?.integer, completion: counts?["output_tokens"]?.integer,
            cached: usage?["cached_tokens"]?.integer)
    }

    /// The position of an entry that holds one token. The text of several tokens cannot be split among them.
    private func positions(_ entry: JSONNode) throws(WireFormatsError) -> [TokenPosition] {
        guard let values = entry["logprobs"]?.elements, values.count == 1, let text = entry["text"]?.string else {
            return []
        }
        return [TokenPosition(chosen: TokenLogprob(bytes: text, logprob: try TokenLists.logprob(values[0])), top: [])]
    }

    func answer(_ events: [StreamEvent]) throws(WireFormatsError) -> ProviderAnswer {
        var answer = ProviderAnswer()
        var calls = PartialToolCalls()
        for event in events where !OpenAIFields.isEnd(event) {
            let root = try value(of: event)
            let message = root["delta"]?["message"]
            switch root["type"]?.text ?? event.name {
            case "content-start", "content-delta":
                answer.text += message?["content"]?["text"]?.string ?? []
                answer.add(reasoning: message?["content"]?["thinking"]?.string)
                if let entry = root["logprobs"] { answer.positions += try positions(entry) }
            case "tool-plan-delta": answer.add(reasoning: message?["tool_plan"]?.string)
            case "tool-call-start", "tool-call-delta":
                let call = message?["tool_calls"]?["function"]
                calls.add(
                    index: root["index"]?.integer ?? 0, name: call?["name"]?.text,
                    arguments: call?["arguments"]?.string)
            case "message-end":
                answer.finishReason = try root["delta"]?["finish_reason"]?.text.map(Self.finishReason)
                answer.usage = Self.usage(root["delta"]?["usage"])
                answer.toolCalls = calls.calls
                return answer
            default: break
            }
        }
        throw unfinished
    }
}
