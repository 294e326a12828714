internal import ForensicTypes

/// Anthropic Messages, `POST /messages` (Claude API reference, "Messages" and "Streaming Messages").
///
/// It has neither log-probabilities nor seeds. Its count of input tokens leaves out those that were cached, so the prompt's
/// count here is the sum of all three.
struct AnthropicMessages: ProviderInterface {
    func request(_ probe: Probe, _ settings: ProviderSettings) throws(WireFormatsError) -> ProviderRequest {
        guard case .chat(let messages) = probe.prompt else {
            throw WireFormatsError(.unsupportedPrompt, "raw text cannot be sent as a conversation")
        }
        var body = JSONObjectWriter()
        body.add("model", text: settings.model)
        body.add("max_tokens", integer: probe.sampling.maximumTokens)
        let system = messages.filter { $0.role == .system }.map(\.content)
        if !system.isEmpty { body.add("system", text: system.joined(separator: "\n\n")) }
        body.add("messages", messages: messages.filter { $0.role != .system })
        if settings.sends(.temperature) { body.add("temperature", number: probe.sampling.temperature) }
        // Newer models refuse a nucleus mass beside a temperature, and 1 is their default.
        if probe.sampling.topP < 1, settings.sends(.topP) { body.add("top_p", number: probe.sampling.topP) }
        body.add("stream", flag: settings.isStreaming)
        return ProviderRequest(
            path: "/messages", fields: AnthropicProvider.fields(settings), accept: OpenAIFields.accept(settings),
            body: body.finished())
    }

    func isAsked(at path: Substring) -> Bool { path.hasSuffix("/messages") }

    func question(_ root: JSONNode) -> RecordedQuestion? {
        guard let messages = RecordedQuestion.messages(root["messages"]) else { return nil }
        let system = RecordedQuestion.text(root["system"]).map { [Message(role: .system, content: $0)] } ?? []
        return RecordedQuestion(
            prompt: .chat(system + messages), model: root["model"]?.text, temperature: root["temperature"]?.number,
            maximumTokens: root["max_tokens"]?.integer)
    }

    func answer(_ root: JSONNode) throws(WireFormatsError) -> ProviderAnswer {
        guard let blocks = root["content"]?.elements else {
            throw WireFormatsError(.shape, "the answer has no list of content blocks")
        }
        var answer = ProviderAnswer()
        for block in blocks {
            switch block["type"]?.text {
            case "text": answer.text += block["text"]?.string ?? []
            case "thinking": answer.add(reasoning: block["thinking"]?.string ?? [])
            case "redacted_thinking": answer.add(reasoning: [])
            case "tool_use":
                answer.toolCalls.append(
                    ToolCall(name: block["name"]?.text ?? "", arguments: block["input"]?.source ?? []))
            default: break
            }
        }
        answer.finishReason = root["stop_reason"]?.text.map(Self.finishReason)
        answer.usage = Self.usage(input: root["usage"], output: root["usage"])
        answer.claimedModel = root["model"]?.text
        return answer
    }

    static func finishReason(_ name: String) -> FinishReason {
        switch name {
        case "end_turn", "stop_sequence": .stop
        case "max_tokens", "model_context_window_exceeded": .length
        case "refusal": .refusal
        case "tool_use": .other("tool_calls")
        default: .other(name)
        }
    }

    private static func usage(input: JSONNode?, output: JSONNode?) -> TokenUsage? {
        func count(_ key: String) -> Int { max(0, input?[key]?.integer ?? 0) }
        let cached = input?["cache_read_input_tokens"]?.integer
        let others = [count("cache_read_input_tokens"), count("cache_creation_input_tokens")]
        let prompt = input?["input_tokens"]?.integer.flatMap { first in
            others.reduce(Optional(first)) { sum, next in
                sum.flatMap { $0.addingReportingOverflow(next).overflow ? nil : $0 + next }
            }
        }
        return TokenUsage(prompt: prompt, completion: output?["output_tokens"]?.integer, cached: cached)
    }

    func answer(_ events: [StreamEvent]) throws(WireFormatsError) -> ProviderAnswer {
        var answer = ProviderAnswer()
        var calls = PartialToolCalls()
        var input: JSONNode?
        var output: JSONNode?
        var isComplete = false
        for event in events {
            let root = try value(of: event)
            switch root["type"]?.text {
            case "message_start":
                answer.claimedModel = root["message"]?["model"]?.text
                input = root["message"]?["usage"]
            case "content_block_start": try begin(root, &answer, &calls)
            case "content_block_delta": try add(root, &answer, &calls)
            case "message_delta":
                if let reason = root["delta"]?["stop_reason"]?.text {
                    answer.finishReason = Self.finishReason(reason)
                    isComplete = true
                }
                output = root["usage"] ?? output
            case "message_stop": isComplete = true
            case "error": throw WireFormatsError(.serverError, "an error inside the stream")
            default: break
            }
        }
        guard isComplete else { throw unfinished }
        answer.toolCalls = calls.calls
        answer.usage = Self.usage(input: input, output: output)
        return answer
    }

    private func begin(
        _ root: JSONNode, _ answer: inout ProviderAnswer, _ calls: inout PartialToolCalls
    ) throws(WireFormatsError) {
        guard let block = root["content_block"], let index = root["index"]?.integer else {
            throw WireFormatsError(.shape, "a block begins without its content or its index")
        }
        switch block["type"]?.text {
        case "text": answer.text += block["text"]?.string ?? []
        case "thinking": answer.add(reasoning: block["thinking"]?.string ?? [])
        case "redacted_thinking": answer.add(reasoning: [])
        case "tool_use": calls.add(index: index, name: block["name"]?.text, arguments: nil)
        default: break
        }
    }

    private func add(
        _ root: JSONNode, _ answer: inout ProviderAnswer, _ calls: inout PartialToolCalls
    ) throws(WireFormatsError) {
        guard let delta = root["delta"], let index = root["index"]?.integer else {
            throw WireFormatsError(.shape, "a part of a block comes without its content or its index")
        }
        switch delta["type"]?.text {
        case "text_delta": answer.text += delta["text"]?.string ?? []
        case "thinking_delta": answer.add(reasoning: delta["thinking"]?.string)
        case "input_json_delta": calls.add(index: index, name: nil, arguments: delta["partial_json"]?.string)
        default: break
        }
    }
}
