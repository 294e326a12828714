internal import ForensicTypes

/// OpenAI Chat Completions, `POST /chat/completions` (OpenAI API reference, "Chat").
///
/// Reasoning comes as `reasoning_content` (DeepSeek, llama.cpp, vLLM) or `reasoning` (OpenRouter), neither of them OpenAI's
/// own. The prefix is what servers differ in: `/v1` at most, the path of a deployment at Azure.
struct ChatCompletions: ProviderInterface {
    /// What stands before the route, below the endpoint's address.
    var prefix = ""
    /// What stands after it.
    var suffix = ""

    func request(_ probe: Probe, _ settings: ProviderSettings) throws(WireFormatsError) -> ProviderRequest {
        guard case .chat(let messages) = probe.prompt else {
            throw WireFormatsError(.unsupportedPrompt, "raw text cannot be sent as a conversation")
        }
        var body = JSONObjectWriter()
        body.add("model", text: settings.model)
        body.add("messages", messages: messages)
        if probe.sampling.topLogprobs > 0 {
            body.add("logprobs", flag: true)
            body.add("top_logprobs", integer: probe.sampling.topLogprobs)
        }
        OpenAIFields.addSampling(probe.sampling, settings, to: &body)
        return ProviderRequest(
            path: prefix + "/chat/completions" + suffix, accept: OpenAIFields.accept(settings), body: body.finished())
    }

    func isAsked(at path: Substring) -> Bool { path.hasSuffix("/chat/completions") }

    func question(_ root: JSONNode) -> RecordedQuestion? {
        OpenAIFields.question(root, prompt: RecordedQuestion.messages(root["messages"]).map { .chat($0) })
    }

    func answer(_ root: JSONNode) throws(WireFormatsError) -> ProviderAnswer {
        let choice = try OpenAIFields.choice(root)
        guard let message = choice["message"] else { throw WireFormatsError(.shape, "the choice has no message") }
        guard message.isObject else { throw WireFormatsError(.shape, "the message is no object") }
        var answer = ProviderAnswer()
        answer.finishReason = choice["finish_reason"]?.text.map(OpenAIFields.finishReason)
        // A null content stands beside tool calls and beside an empty answer.
        if let content = message["content"] { try add(content: content, to: &answer) }
        answer.add(reasoning: (message["reasoning_content"] ?? message["reasoning"])?.string)
        if let refusal = message["refusal"]?.string, !refusal.isEmpty {
            answer.text = refusal
            answer.finishReason = .refusal
        }
        for call in message["tool_calls"]?.elements ?? [] {
            answer.toolCalls.append(
                ToolCall(
                    name: call["function"]?["name"]?.text ?? "",
                    arguments: call["function"]?["arguments"]?.string ?? []))
        }
        answer.usage = OpenAIFields.usage(root["usage"])
        answer.positions = try OpenAIFields.positions(choice["logprobs"])
        answer.claimedModel = root["model"]?.text
        answer.systemFingerprint = root["system_fingerprint"]?.text
        return answer
    }

    /// Adds a content: a text, or a list of parts of which those of type `thinking` are reasoning (Mistral).
    private func add(content: JSONNode, to answer: inout ProviderAnswer) throws(WireFormatsError) {
        if let text = content.string {
            answer.text += text
            return
        }
        guard let parts = content.elements else { throw WireFormatsError(.shape, "the content is no string") }
        for part in parts {
            if let text = part["text"]?.string {
                answer.text += text
            } else if let thinking = part["thinking"] {
                let texts = thinking.elements?.compactMap { $0["text"]?.string } ?? [thinking.string ?? []]
                answer.add(reasoning: texts.flatMap { $0 })
            } else {
                throw WireFormatsError(.shape, "a part of the content is neither a text nor reasoning")
            }
        }
    }

    func answer(_ events: [StreamEvent]) throws(WireFormatsError) -> ProviderAnswer {
        var answer = ProviderAnswer()
        var calls = PartialToolCalls()
        var refusal: [UInt8] = []
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
            // Chunks without a choice bring usage, or a filter's opinion of the prompt.
            guard let choice = choices.first else { continue }
            guard choices.count == 1, choice["index"]?.integer ?? 0 == 0 else {
                throw WireFormatsError(.shape, "the stream has more than one choice")
            }
            if let delta = choice["delta"] {
                if let content = delta["content"] { try add(content: content, to: &answer) }
                answer.add(reasoning: (delta["reasoning_content"] ?? delta["reasoning"])?.string)
                refusal += delta["refusal"]?.string ?? []
                for call in delta["tool_calls"]?.elements ?? [] {
                    calls.add(
                        index: call["index"]?.integer ?? 0, name: call["function"]?["name"]?.text,
                        arguments: call["function"]?["arguments"]?.string)
                }
            }
            answer.positions += try OpenAIFields.positions(choice["logprobs"])
            if let reason = choice["finish_reason"]?.text {
                answer.finishReason = OpenAIFields.finishReason(reason)
                isComplete = true
            }
        }
        guard isComplete else { throw unfinished }
        answer.toolCalls = calls.calls
        if !refusal.isEmpty {
            answer.text = refusal
            answer.finishReason = .refusal
        }
        return answer
    }
}
