/// How an answer is drawn.
public struct SamplingParameters: Sendable, Hashable {
    /// The softmax temperature, 0 or more; 0 asks for greedy decoding.
    public let temperature: Double
    /// The nucleus mass, in (0, 1].
    public let topP: Double
    /// The most tokens to generate, 1 or more.
    public let maximumTokens: Int
    /// How many alternatives per token to ask log-probabilities for; 0 asks for none.
    public let topLogprobs: Int
    /// The seed to ask for, 0 or more; nil asks for none. Each draw of a probe is sent the same seed.
    public let seed: Int?

    /// Sets the parameters. The defaults ask for a greedy answer of 64 tokens without log-probabilities.
    public init(
        temperature: Double = 0, topP: Double = 1, maximumTokens: Int = 64, topLogprobs: Int = 0, seed: Int? = nil
    ) {
        self.temperature = temperature
        self.topP = topP
        self.maximumTokens = maximumTokens
        self.topLogprobs = topLogprobs
        self.seed = seed
    }
}

extension SamplingParameters: Codable {
    private enum CodingKeys: String, CodingKey {
        case temperature
        case topP = "top_p"
        case maximumTokens = "maximum_tokens"
        case topLogprobs = "top_logprobs"
        case seed
    }

    /// Decodes decimals from strings, because canonical JSON holds whole numbers only.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func decimal(_ key: CodingKeys) throws -> Double {
            guard let value = Double(try container.decode(String.self, forKey: key)), value.isFinite else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "expected a decimal number in a string")
            }
            return value
        }
        self.init(
            temperature: try decimal(.temperature), topP: try decimal(.topP),
            maximumTokens: try container.decode(Int.self, forKey: .maximumTokens),
            topLogprobs: try container.decode(Int.self, forKey: .topLogprobs),
            seed: try container.decodeIfPresent(Int.self, forKey: .seed))
    }

    /// Encodes decimals as the shortest strings that read back as the same numbers.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(temperature.description, forKey: .temperature)
        try container.encode(topP.description, forKey: .topP)
        try container.encode(maximumTokens, forKey: .maximumTokens)
        try container.encode(topLogprobs, forKey: .topLogprobs)
        // Absent where there is none, so that the digests of probes without a seed stay what they were.
        try container.encodeIfPresent(seed, forKey: .seed)
    }
}
