internal import ForensicTypes

/// The log-probabilities of tokens in the shapes that several interfaces share.
enum TokenLists {
    /// The greatest value above zero that rounding in servers explains.
    private static let rounding = 1e-3

    /// Objects with `token` or `bytes`, `logprob` and `top_logprobs`: OpenAI, llama.cpp, Ollama. Empty where there is none.
    static func positions(_ list: JSONNode?) throws(WireFormatsError) -> [TokenPosition] {
        var positions: [TokenPosition] = []
        for entry in list?.elements ?? [] {
            var top: [TokenLogprob] = []
            for alternative in entry["top_logprobs"]?.elements ?? [] { top.append(try token(alternative)) }
            positions.append(TokenPosition(chosen: try token(entry), top: sorted(top)))
        }
        return positions
    }

    static func token(_ entry: JSONNode) throws(WireFormatsError) -> TokenLogprob {
        guard let value = entry["logprob"] else { throw WireFormatsError(.shape, "a token has no log-probability") }
        if let listed = entry["bytes"] {
            guard let bytes = listed.byteList else { throw WireFormatsError(.shape, "a token's bytes are no bytes") }
            return TokenLogprob(bytes: bytes, logprob: try logprob(value))
        }
        guard let text = entry["token"]?.string else {
            throw WireFormatsError(.shape, "a token has neither bytes nor text")
        }
        return TokenLogprob(bytes: text, logprob: try logprob(value))
    }

    static func logprob(_ node: JSONNode) throws(WireFormatsError) -> Double {
        guard let value = node.number else { throw WireFormatsError(.shape, "a log-probability is no number") }
        guard value <= rounding else { throw WireFormatsError(.shape, "a log-probability is above zero") }
        return min(value, 0)
    }

    /// The most likely first, equals by their bytes.
    static func sorted(_ top: [TokenLogprob]) -> [TokenLogprob] {
        top.sorted {
            $0.logprob != $1.logprob ? $0.logprob > $1.logprob : $0.bytes.lexicographicallyPrecedes($1.bytes)
        }
    }
}

extension TokenUsage {
    /// Counts under the names of an interface; nil where one of the two is absent or negative.
    init?(prompt: Int?, completion: Int?, reasoning: Int? = nil, cached: Int? = nil) {
        guard let prompt, prompt >= 0, let completion, completion >= 0 else { return nil }
        func count(_ value: Int?) -> Int? { value.flatMap { $0 >= 0 ? $0 : nil } }
        self.init(prompt: prompt, completion: completion, reasoning: count(reasoning), cached: count(cached))
    }
}
