internal import ForensicTypes

/// AWS Bedrock, `POST /model/MODEL/converse` and `/converse-stream` (Amazon Bedrock API reference, "Converse" and
/// "ConverseStream"). The stream is binary, see ``EventStream``. There are neither log-probabilities nor seeds.
struct BedrockConverse: ProviderInterface {
    func request(_ probe: Probe, _ settings: ProviderSettings) throws(WireFormatsError) -> ProviderRequest {
        guard case .chat(let messages) = probe.prompt else {
            throw WireFormatsError(.unsupportedPrompt, "raw text cannot be sent as a conversation")
        }
        var body = JSONObjectWriter()
        body.add(
            "messages",
            objects: messages.filter { $0.role != .system }.map { message in
                var object = JSONObjectWriter()
                object.add("role", text: message.role.rawValue)
                object.add("content", objects: [.single("text", text: message.content)])
                return object
            })
        let system = messages.filter { $0.role == .system }
        if !system.isEmpty { body.add("system", objects: system.map { .single("text", text: $0.content) }) }
        var inference = JSONObjectWriter()
        inference.add("maxTokens", integer: probe.sampling.maximumTokens)
        if settings.sends(.temperature) { inference.add("temperature", number: probe.sampling.temperature) }
        // Some models refuse a nucleus mass beside a temperature, and 1 is no restriction.
        if probe.sampling.topP < 1, settings.sends(.topP) { inference.add("topP", number: probe.sampling.topP) }
        body.add("inferenceConfig", object: inference)
        return ProviderRequest(
            path: "/model/" + PercentEncoding.segment(settings.model)
                + (settings.isStreaming ? "/converse-stream" : "/converse"),
            accept: settings.isStreaming ? "application/vnd.amazon.eventstream" : "application/json",
            body: body.finished())
    }

    func isAsked(at path: Substring) -> Bool {
        path.contains("/model/") && (path.hasSuffix("/converse") || path.hasSuffix("/converse-stream"))
    }

    func question(_ root: JSONNode) -> RecordedQuestion? {
        guard let messages = RecordedQuestion.messages(root["messages"]) else { return nil }
        let system = (root["system"]?.elements ?? []).compactMap { $0["text"]?.text }
        return RecordedQuestion(
            prompt: .chat(system.map { Message(role: .system, content: $0) } + messages), model: nil,
            temperature: root["inferenceConfig"]?["temperature"]?.number,
            maximumTokens: root["inferenceConfig"]?["maxTokens"]?.integer)
    }

    func answer(_ root: JSONNode) throws(WireFormatsError) -> ProviderAnswer {
        guard let blocks = root["output"]?["message"]?["content"]?.elements else {
            throw WireFormatsError(.shape, "the answer has no list of content blocks")
        }
        var answer = ProviderAnswer()
        for block in blocks {
            answer.text += block["text"]?.string ?? []
            if let reasoning = block["reasoningContent"] {
                answer.add(reasoning: reasoning["reasoningText"]?["text"]?.string ?? [])
            }
            if let call = block["toolUse"] {
                answer.toolCalls.append(
                    ToolCall(name: call["name"]?.text ?? "", arguments: call["input"]?.source ?? []))
            }
        }
        answer.finishReason = root["stopReason"]?.text.map(Self.finishReason)
        answer.usage = Self.usage(root["usage"])
        return answer
    }

    private static func finishReason(_ name: String) -> FinishReason {
        switch name {
        case "end_turn", "stop_sequence": .stop
        case "max_tokens", "model_context_window_exceeded": .length
        case "guardrail_intervened", "content_filtered": .refusal
        case "tool_use": .other("tool_calls")
        default: .other(name)
        }
    }

    /// Input tokens are counted without those that a cache read or wrote, so the prompt's count is the sum.
    private static func usage(_ usage: JSONNode?) -> TokenUsage? {
        let cached = usage?["cacheReadInputTokens"]?.integer
        let others = [cached, usage?["cacheWriteInputTokens"]?.integer].map { max(0, $0 ?? 0) }
        let prompt = usage?["inputTokens"]?.integer.flatMap { first in
            others.reduce(Optional(first)) { sum, next in
                sum.flatMap { $0.addingReportingOverflow(next).overflow ? nil : $0 + next }
            }
        }
        return TokenUsage(prompt: prompt, completion: usage?["outputTokens"]?.integer, cached: cached)
    }

    func answer(_ events: [StreamEvent]) throws(WireFormatsError) -> ProviderAnswer {
        var answer = ProviderAnswer()
        var calls = PartialToolCalls()
        var isComplete = false
        for event in events {
            let root = try value(of: event)
            let index = root["contentBlockIndex"]?.integer ?? 0
            switch event.name {
            case "contentBlockStart":
                if let call = root["start"]?["toolUse"] {
                    calls.add(index: index, name: call["name"]?.text, arguments: nil)
                }
            case "contentBlockDelta":
                answer.text += root["delta"]?["text"]?.string ?? []
                if let reasoning = root["delta"]?["reasoningContent"] {
                    answer.add(reasoning: reasoning["text"]?.string ?? [])
                }
                if let call = root["delta"]?["toolUse"] {
                    calls.add(index: index, name: nil, arguments: call["input"]?.string)
                }
            case "messageStop":
                answer.finishReason = root["stopReason"]?.text.map(Self.finishReason)
                isComplete = true
            case "metadata": answer.usage = Self.usage(root["usage"])
            default: break
            }
        }
        guard isComplete else { throw unfinished }
        answer.toolCalls = calls.calls
        return answer
    }
}
