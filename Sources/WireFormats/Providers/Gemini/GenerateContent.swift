internal import ForensicTypes

/// Google Gemini, `POST /models/MODEL:generateContent` and `:streamGenerateContent` (Gemini API reference, "Generating
/// content"). Parts with `thought` are reasoning. A prompt that a filter blocks brings no candidate: that is a refusal.
struct GenerateContent: ProviderInterface {
    func request(_ probe: Probe, _ settings: ProviderSettings) throws(WireFormatsError) -> ProviderRequest {
        guard case .chat(let messages) = probe.prompt else {
            throw WireFormatsError(.unsupportedPrompt, "raw text cannot be sent as a conversation")
        }
        func parts(_ text: String) -> [JSONObjectWriter] { [.single("text", text: text)] }
        var body = JSONObjectWriter()
        let system = messages.filter { $0.role == .system }.map(\.content)
        if !system.isEmpty {
            var instruction = JSONObjectWriter()
            instruction.add("parts", objects: system.map { .single("text", text: $0) })
            body.add("systemInstruction", object: instruction)
        }
        body.add(
            "contents",
            objects: messages.filter { $0.role != .system }.map { message in
                var content = JSONObjectWriter()
                content.add("role", text: message.role == .assistant ? "model" : "user")
                content.add("parts", objects: parts(message.content))
                return content
            })
        body.add("generationConfig", object: generation(probe.sampling, settings))
        let verb = settings.isStreaming ? ":streamGenerateContent?alt=sse" : ":generateContent"
        return ProviderRequest(
            path: "/models/" + PercentEncoding.segment(settings.model) + verb, accept: OpenAIFields.accept(settings),
            body: body.finished())
    }

    private func generation(_ sampling: SamplingParameters, _ settings: ProviderSettings) -> JSONObjectWriter {
        var object = JSONObjectWriter()
        object.add("maxOutputTokens", integer: sampling.maximumTokens)
        if settings.sends(.temperature) { object.add("temperature", number: sampling.temperature) }
        if settings.sends(.topP) { object.add("topP", number: sampling.topP) }
        if let seed = sampling.seed, settings.sends(.seed) { object.add("seed", integer: seed) }
        if sampling.topLogprobs > 0 {
            object.add("responseLogprobs", flag: true)
            object.add("logprobs", integer: sampling.topLogprobs)
        }
        return object
    }

    func isAsked(at path: Substring) -> Bool {
        path.hasSuffix(":generateContent") || path.hasSuffix(":streamGenerateContent")
    }

    func question(_ root: JSONNode) -> RecordedQuestion? {
        guard let contents = root["contents"]?.elements else { return nil }
        var messages: [Message] = []
        if let parts = root["systemInstruction"]?["parts"] ?? root["system_instruction"]?["parts"] {
            guard let text = RecordedQuestion.text(parts) else { return nil }
            messages.append(Message(role: .system, content: text))
        }
        for content in contents {
            guard let text = RecordedQuestion.text(content["parts"]) else { return nil }
            messages.append(Message(role: content["role"]?.text == "model" ? .assistant : .user, content: text))
        }
        let generation = root["generationConfig"] ?? root["generation_config"]
        return RecordedQuestion(
            prompt: .chat(messages), model: nil, temperature: generation?["temperature"]?.number,
            maximumTokens: generation?["maxOutputTokens"]?.integer)
    }

    func answer(_ root: JSONNode) throws(WireFormatsError) -> ProviderAnswer {
        var answer = ProviderAnswer()
        guard try add(root, to: &answer) else {
            throw WireFormatsError(.shape, "the answer has no list of exactly one candidate")
        }
        return answer
    }

    func answer(_ events: [StreamEvent]) throws(WireFormatsError) -> ProviderAnswer {
        var answer = ProviderAnswer()
        for event in events { _ = try add(try value(of: event), to: &answer) }
        guard answer.finishReason != nil else { throw unfinished }
        return answer
    }

    /// Adds an answer or a part of one; false where it brings neither a candidate nor a filter's block.
    private func add(_ root: JSONNode, to answer: inout ProviderAnswer) throws(WireFormatsError) -> Bool {
        answer.claimedModel = root["modelVersion"]?.text ?? answer.claimedModel
        if let counts = root["usageMetadata"] {
            // An answer without text, such as a blocked one, has no count of its tokens.
            let thoughts = counts["thoughtsTokenCount"]?.integer
            let answered = counts["candidatesTokenCount"]?.integer ?? 0
            let (sum, overflow) = answered.addingReportingOverflow(max(0, thoughts ?? 0))
            answer.usage = TokenUsage(
                prompt: counts["promptTokenCount"]?.integer, completion: overflow ? nil : sum, reasoning: thoughts,
                cached: counts["cachedContentTokenCount"]?.integer)
        }
        if root["promptFeedback"]?["blockReason"] != nil {
            answer.finishReason = .refusal
            return true
        }
        guard let candidates = root["candidates"]?.elements, candidates.count == 1 else { return false }
        let candidate = candidates[0]
        for part in candidate["content"]?["parts"]?.elements ?? [] {
            if let text = part["text"]?.string {
                if part["thought"]?.boolean == true {
                    answer.add(reasoning: text)
                } else {
                    answer.text += text
                }
            } else if let call = part["functionCall"] {
                answer.toolCalls.append(
                    ToolCall(name: call["name"]?.text ?? "", arguments: call["args"]?.source ?? []))
            }
        }
        answer.positions += try positions(candidate["logprobsResult"])
        if let reason = candidate["finishReason"]?.text {
            answer.finishReason = answer.toolCalls.isEmpty ? Self.finishReason(reason) : .other("tool_calls")
        }
        return true
    }

    private static func finishReason(_ name: String) -> FinishReason {
        switch name {
        case "STOP": .stop
        case "MAX_TOKENS": .length
        case "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY": .refusal
        default: .other(name)
        }
    }

    private func positions(_ result: JSONNode?) throws(WireFormatsError) -> [TokenPosition] {
        guard let chosen = result?["chosenCandidates"]?.elements else { return [] }
        let tops = result?["topCandidates"]?.elements ?? []
        guard tops.isEmpty || tops.count == chosen.count else {
            throw WireFormatsError(.shape, "\(chosen.count) tokens beside \(tops.count) lists of alternatives")
        }
        var positions: [TokenPosition] = []
        for (index, entry) in chosen.enumerated() {
            var top: [TokenLogprob] = []
            for candidate in tops.isEmpty ? [] : tops[index]["candidates"]?.elements ?? [] {
                top.append(try token(candidate))
            }
            positions.append(TokenPosition(chosen: try token(entry), top: TokenLists.sorted(top)))
        }
        return positions
    }

    private func token(_ entry: JSONNode) throws(WireFormatsError) -> TokenLogprob {
        guard let text = entry["token"]?.string else { throw WireFormatsError(.shape, "a token has no text") }
        // A log-probability of exactly zero is left out, as the encoding of protocol buffers does.
        guard let value = entry["logProbability"] else { return TokenLogprob(bytes: text, logprob: 0) }
        return TokenLogprob(bytes: text, logprob: try TokenLists.logprob(value))
    }
}
