internal import ForensicTypes

/// The parts of an answer over the OpenAI interfaces.
///
/// Log-probabilities come in two shapes: the chat shape, which llama.cpp also uses for completions, and the shape of
/// OpenAI's older Completions interface with parallel lists.
enum OpenAIAnswer {
    /// The text of a choice, and whether it is a refusal.
    static func text(of choice: JSONNode) throws(WireFormatsError) -> (text: [UInt8], isRefusal: Bool) {
        if let message = choice["message"] {
            if let refusal = message["refusal"]?.string, !refusal.isEmpty { return (refusal, true) }
            if let content = message["content"] {
                guard let text = content.string else { throw WireFormatsError(.shape, "the content is no string") }
                return (text, false)
            }
            // A null content stands beside tool calls and beside an empty answer.
            guard message.isObject else { throw WireFormatsError(.shape, "the message is no object") }
            return ([], false)
        }
        guard let text = choice["text"]?.string else {
            throw WireFormatsError(.shape, "the choice has neither a message nor a text")
        }
        return (text, false)
    }

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
        guard let prompt = usage?["prompt_tokens"]?.integer, prompt >= 0,
            let completion = usage?["completion_tokens"]?.integer, completion >= 0
        else { return nil }
        return TokenUsage(prompt: prompt, completion: completion)
    }

    /// The positions of either shape; empty where the server gives none.
    static func positions(_ logprobs: JSONNode?) throws(WireFormatsError) -> [TokenPosition] {
        guard let logprobs else { return [] }
        if let content = logprobs["content"]?.elements {
            return try content.map { entry throws(WireFormatsError) in
                let top = try (entry["top_logprobs"]?.elements ?? []).map(token)
                return TokenPosition(chosen: try token(entry), top: sorted(top))
            }
        }
        guard let tokens = logprobs["tokens"]?.elements else { return [] }
        return try parallel(tokens: tokens, logprobs: logprobs)
    }

    private static func parallel(
        tokens: [JSONNode], logprobs: JSONNode
    ) throws(WireFormatsError) -> [TokenPosition] {
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
            let chosen = TokenLogprob(bytes: text, logprob: try logprob(values[index]))
            var top: [TokenLogprob] = []
            for member in tops.isEmpty ? [] : tops[index].members ?? [] {
                top.append(TokenLogprob(bytes: member.key, logprob: try logprob(member.value)))
            }
            positions.append(TokenPosition(chosen: chosen, top: sorted(top)))
        }
        return positions
    }

    private static func token(_ entry: JSONNode) throws(WireFormatsError) -> TokenLogprob {
        guard let value = entry["logprob"] else { throw WireFormatsError(.shape, "a token has no log-probability") }
        if let listed = entry["bytes"]?.elements {
            let bytes = listed.compactMap { $0.integer.flatMap(UInt8.init(exactly:)) }
            guard bytes.count == listed.count else { throw WireFormatsError(.shape, "a token's bytes are no bytes") }
            return TokenLogprob(bytes: bytes, logprob: try logprob(value))
        }
        guard let text = entry["token"]?.string else {
            throw WireFormatsError(.shape, "a token has neither bytes nor text")
        }
        return TokenLogprob(bytes: text, logprob: try logprob(value))
    }

    private static func logprob(_ node: JSONNode) throws(WireFormatsError) -> Double {
        guard let value = node.number else { throw WireFormatsError(.shape, "a log-probability is no number") }
        // Rounding in servers yields values just above zero.
        guard value <= 1e-3 else { throw WireFormatsError(.shape, "a log-probability is above zero") }
        return min(value, 0)
    }

    private static func sorted(_ top: [TokenLogprob]) -> [TokenLogprob] {
        top.sorted {
            $0.logprob != $1.logprob ? $0.logprob > $1.logprob : $0.bytes.lexicographicallyPrecedes($1.bytes)
        }
    }
}
