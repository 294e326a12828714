public import ForensicTypes

/// What tokens of an endpoint cost.
public struct TokenPrice: Sendable, Hashable, Codable {
    /// The price of a million tokens of prompts.
    public var inputPerMillion: Double
    /// The price of a million tokens of answers.
    public var outputPerMillion: Double
    /// The currency: three capital letters, such as `USD`.
    public var currency: String

    /// Sets a price.
    public init(inputPerMillion: Double, outputPerMillion: Double, currency: String) {
        self.inputPerMillion = inputPerMillion
        self.outputPerMillion = outputPerMillion
        self.currency = currency
    }

    /// What some tokens cost, in the currency.
    public func cost(of usage: TokenUsage) -> Double {
        (Double(usage.prompt) * inputPerMillion + Double(usage.completion) * outputPerMillion) / 1e6
    }
}

/// What an endpoint may cost in the whole case, earlier runs included.
public struct EndpointBudget: Sendable, Hashable {
    /// The most tokens per minute, prompts and answers together; nil for no limit.
    public var tokensPerMinute: Double?
    /// The most tokens, prompts and answers together; nil for no limit.
    public var maximumTokens: Int?
    /// The most money, in the price's currency; nil for no limit.
    public var maximumCost: Double?
    /// What tokens cost; nil where that is not known.
    public var price: TokenPrice?

    /// Sets a budget; without arguments there is no limit.
    public init(
        tokensPerMinute: Double? = nil, maximumTokens: Int? = nil, maximumCost: Double? = nil, price: TokenPrice? = nil
    ) {
        self.tokensPerMinute = tokensPerMinute
        self.maximumTokens = maximumTokens
        self.maximumCost = maximumCost
        self.price = price
    }

    /// Whether anything depends on how many tokens were used.
    var countsTokens: Bool { tokensPerMinute != nil || maximumTokens != nil || price != nil }
    /// Whether what earlier runs used counts.
    var countsEarlierRuns: Bool { maximumTokens != nil || maximumCost != nil }
}
