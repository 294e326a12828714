/// A token with its log-probability.
public struct TokenLogprob: Sendable, Hashable {
    /// The token's bytes: the server's byte list where it gives one, else the UTF-8 of the token's text.
    public let bytes: [UInt8]
    /// The natural logarithm of the probability, 0 or less.
    public let logprob: Double

    /// Makes a token.
    public init(bytes: [UInt8], logprob: Double) {
        self.bytes = bytes
        self.logprob = logprob
    }
}

/// One generated position: the token that was chosen and the alternatives that the server reports.
public struct TokenPosition: Sendable, Hashable {
    /// The token that was chosen.
    public let chosen: TokenLogprob
    /// The most likely tokens, most likely first. Tokens that are absent are left-censored at the least of these.
    public let top: [TokenLogprob]

    /// Makes a position.
    public init(chosen: TokenLogprob, top: [TokenLogprob]) {
        self.chosen = chosen
        self.top = top
    }
}

/// Token counts as the server reports them.
public struct TokenUsage: Sendable, Hashable, Codable {
    /// Tokens of the prompt, the server's template included.
    public let prompt: Int
    /// Tokens of the answer, those of its reasoning included where the server counts them.
    public let completion: Int
    /// Tokens of the reasoning alone; nil where the server does not tell them apart.
    public let reasoning: Int?
    /// Tokens of the prompt that the server took from a cache; nil where it does not say.
    public let cached: Int?

    /// Makes a count.
    public init(prompt: Int, completion: Int, reasoning: Int? = nil, cached: Int? = nil) {
        self.prompt = prompt
        self.completion = completion
        self.reasoning = reasoning
        self.cached = cached
    }
}

/// A call of a tool that a model asked for instead of, or beside, text.
public struct ToolCall: Sendable, Hashable {
    /// The name of the tool that the model chose.
    public let name: String
    /// The arguments as the server gave them: JSON text, as bytes. They are hostile input.
    public let arguments: [UInt8]

    /// Makes a call.
    public init(name: String, arguments: [UInt8]) {
        self.name = name
        self.arguments = arguments
    }
}

/// Why a model stopped.
public enum FinishReason: Sendable, Hashable {
    /// An end-of-text token or a stop string.
    case stop
    /// The token limit.
    case length
    /// The server withheld or refused the answer.
    case refusal
    /// A reason of the server's own.
    case other(String)
}

/// One answer of a model to one draw of a probe.
public struct Completion: Sendable, Hashable {
    /// The probe.
    public let probe: Digest
    /// Which draw of the probe, from 0.
    public let draw: Int
    /// The answer's text, as UTF-8 bytes. They are hostile input and may be invalid UTF-8.
    public let text: [UInt8]
    /// Why the model stopped; nil where the server does not say.
    public let finishReason: FinishReason?
    /// Token counts; nil where the server gives none.
    public let usage: TokenUsage?
    /// What the server showed of the model's reasoning, apart from the text; nil where it showed none.
    public let reasoning: [UInt8]?
    /// The tools that the model called, in order.
    public let toolCalls: [ToolCall]
    /// The generated positions with log-probabilities; empty where the server gives none.
    public let positions: [TokenPosition]
    /// The model name that the server claims.
    public let claimedModel: String?
    /// The server's fingerprint of its configuration.
    public let systemFingerprint: String?
    /// When the exchange ran; nil where no exchange of ours stands behind the answer.
    public let times: ExchangeTimes?

    /// Makes an answer.
    public init(
        probe: Digest, draw: Int, text: [UInt8], finishReason: FinishReason? = nil, usage: TokenUsage? = nil,
        positions: [TokenPosition] = [], claimedModel: String? = nil, systemFingerprint: String? = nil,
        reasoning: [UInt8]? = nil, toolCalls: [ToolCall] = [], times: ExchangeTimes? = nil
    ) {
        self.probe = probe
        self.draw = draw
        self.text = text
        self.finishReason = finishReason
        self.usage = usage
        self.reasoning = reasoning
        self.toolCalls = toolCalls
        self.positions = positions
        self.claimedModel = claimedModel
        self.systemFingerprint = systemFingerprint
        self.times = times
    }

    /// The same answer with the times of its exchange.
    public func timed(_ times: ExchangeTimes?) -> Completion {
        Completion(
            probe: probe, draw: draw, text: text, finishReason: finishReason, usage: usage, positions: positions,
            claimedModel: claimedModel, systemFingerprint: systemFingerprint, reasoning: reasoning,
            toolCalls: toolCalls, times: times)
    }
}

/// Everything that one model answered.
///
/// A probe without an entry, or with an empty one, is missing. Missing is never a mismatch.
public struct ResponseSet: Sendable {
    /// Whose answers these are.
    public let model: ModelIdentity
    /// The answers by probe, in order of the draw.
    public let completions: [Digest: [Completion]]

    /// Makes a set from answers in any order.
    public init(model: ModelIdentity, completions: [Completion]) {
        self.model = model
        self.completions = Dictionary(grouping: completions, by: \.probe)
            .mapValues { $0.sorted { $0.draw < $1.draw } }
    }
}
