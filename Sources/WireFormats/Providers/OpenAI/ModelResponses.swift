internal import ForensicTypes

/// OpenAI Responses, `POST /responses` (OpenAI API reference, "Responses"). It has no seeds.
struct ModelResponses: ProviderInterface {
    func request(_ probe: Probe, _ settings: ProviderSettings) throws(WireFormatsError) -> ProviderRequest {
        guard case .chat(let messages) = probe.prompt else {
            throw WireFormatsError(.unsupportedPrompt, "raw text cannot be sent as a conversation")
        }
        var body = JSONObjectWriter()
        body.add("model", text: settings.model)
        body.add("input", messages: messages)
        if probe.sampling.topLogprobs > 0 {
            body.add("include", literal: #"["message.output_text.logprobs"]"#)
            body.add("top_logprobs", integer: probe.sampling.topLogprobs)
        }
        body.add("max_output_tokens", integer: probe.sampling.maximumTokens)
        if settings.sends(.temperature) { body.add("temperature", number: probe.sampling.temperature) }
        if settings.sends(.topP) { body.add("top_p", number: probe.sampling.topP) }
        body.add("store", flag: false)
        body.add("stream", flag: settings.isStreaming)
        return ProviderRequest(
            path: "/responses", accept: OpenAIFields.accept(settings), body: body.finished())
    }

    func isAsked(at path: Substring) -> Bool { path.hasSuffix("/responses") }

    func question(_ root: JSONNode) -> RecordedQuestion? {
        let messages =
            root["input"]?.text.map { [Message(role: .user, content: $0)] }
            ?? RecordedQuestion.messages(root["input"])
        guard var messages else { return nil }
        if let instructions = root["instructions"]?.text {
            messages.insert(Message(role: .system, content: instructions), at: 0)
        }
        return RecordedQuestion(
            prompt: .chat(messages), model: root["model"]?.text, temperature: root["temperature"]?.number,
            maximumTokens: root["max_output_tokens"]?.integer)
    }

    func answer(_ root: JSONNode) throws(WireFormatsError) -> ProviderAnswer {
        guard let output = root["output"]?.elements else {
            throw WireFormatsError(.shape, "the answer has no list of output items")
        }
        var answer = ProviderAnswer()
        var isRefusal = false
        for item in output {
            switch item["type"]?.text {
            case "message": isRefusal = try add(message: item, to: &answer) || isRefusal
            case "reasoning":
                for list in [item["content"], item["summary"]] {
                    for part in list?.elements ?? [] { answer.add(reasoning: part["text"]?.string) }
                }
                answer.reasoning = answer.reasoning ?? []
            case "function_call":
                answer.toolCalls.append(
                    ToolCall(name: item["name"]?.text ?? "", arguments: item["arguments"]?.string ?? []))
            default: break
            }
        }
        answer.finishReason = try finishReason(root, isRefusal: isRefusal, calls: !answer.toolCalls.isEmpty)
        answer.usage = TokenUsage(
            prompt: root["usage"]?["input_tokens"]?.integer, completion: root["usage"]?["output_tokens"]?.integer,
            reasoning: root["usage"]?["output_tokens_details"]?["reasoning_tokens"]?.integer,
            cached: root["usage"]?["input_tokens_details"]?["cached_tokens"]?.integer)
        answer.claimedModel = root["model"]?.text
        return answer
    }

    /// Adds the parts of a message; true where one is a refusal.
    private func add(message: JSONNode, to answer: inout ProviderAnswer) throws(WireFormatsError) -> Bool {
        var isRefusal = false
        for part in message["content"]?.elements ?? [] {
            switch part["type"]?.text {
            case "output_text":
                answer.text += part["text"]?.string ?? []
                answer.positions += try TokenLists.positions(part["logprobs"])
            case "refusal":
                answer.text += part["refusal"]?.string ?? []
                isRefusal = true
            default: break
            }
        }
        return isRefusal
    }

    private func finishReason(
        _ root: JSONNode, isRefusal: Bool, calls: Bool
    ) throws(WireFormatsError) -> FinishReason? {
        switch root["status"]?.text {
        case _ where isRefusal: .refusal
        case "completed": calls ? .other("tool_calls") : .stop
        case "incomplete":
            switch root["incomplete_details"]?["reason"]?.text {
            case "max_output_tokens": .length
            case "content_filter": .refusal
            case let reason: .other(reason ?? "incomplete")
            }
        case "failed", "cancelled": throw WireFormatsError(.serverError, "the response failed or was cancelled")
        case "in_progress", "queued": throw WireFormatsError(.truncated, "the response is not finished")
        case nil: nil
        case let status?: .other(status)
        }
    }

    func answer(_ events: [StreamEvent]) throws(WireFormatsError) -> ProviderAnswer {
        var text: [UInt8] = []
        for event in events where !OpenAIFields.isEnd(event) {
            let root = try value(of: event)
            switch root["type"]?.text ?? event.name {
            case "response.output_text.delta": text += root["delta"]?.string ?? []
            case "response.completed", "response.incomplete", "response.failed", "response.cancelled":
                guard let response = root["response"] else {
                    throw WireFormatsError(.shape, "the last event holds no response")
                }
                var answer = try self.answer(response)
                // Some servers leave the output out of the last event.
                if answer.text.isEmpty && answer.finishReason != .refusal { answer.text = text }
                return answer
            case "error": throw WireFormatsError(.serverError, "an error inside the stream")
            default: break
            }
        }
        throw unfinished
    }
}
