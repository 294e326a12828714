internal import ForensicTypes

/// Ollama, `POST /api/chat` (Ollama API reference, "Generate a chat message").
struct OllamaChat: ProviderInterface {
    func request(_ probe: Probe, _ settings: ProviderSettings) throws(WireFormatsError) -> ProviderRequest {
        guard case .chat(let messages) = probe.prompt else {
            throw WireFormatsError(.unsupportedPrompt, "raw text cannot be sent as a conversation")
        }
        var body = JSONObjectWriter()
        body.add("model", text: settings.model)
        body.add("messages", messages: messages)
        OllamaFields.addSampling(probe.sampling, settings, to: &body)
        return ProviderRequest(path: "/api/chat", accept: OllamaFields.accept(settings), body: body.finished())
    }

    func isAsked(at path: Substring) -> Bool { path.hasSuffix("/api/chat") }

    func question(_ root: JSONNode) -> RecordedQuestion? {
        OllamaFields.question(root, prompt: RecordedQuestion.messages(root["messages"]).map { .chat($0) })
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
        guard let message = root["message"], message.isObject else {
            throw WireFormatsError(.shape, "the answer has no message")
        }
        for call in message["tool_calls"]?.elements ?? [] {
            answer.toolCalls.append(
                ToolCall(
                    name: call["function"]?["name"]?.text ?? "",
                    arguments: call["function"]?["arguments"]?.source ?? []))
        }
        let isLast = try OllamaFields.add(
            root, text: message["content"], thinking: message["thinking"], to: &answer)
        if isLast && !answer.toolCalls.isEmpty { answer.finishReason = .other("tool_calls") }
        return isLast
    }
}
