internal import ForensicTypes

/// What an endpoint may still cost, in tokens and in money.
///
/// The most that an attempt can cost is set aside before it is sent, and settled when its usage is known. So a budget is
/// never exceeded, whatever is under way at the same time, as long as the server's own counts are right.
struct SpendingLimit: Sendable, Hashable {
    /// Tokens of prompts and answers that may still be used; nil for no limit.
    private var tokens: Int?
    /// Money that may still be spent; nil for no limit.
    private var money: Double?
    private let price: TokenPrice?
    /// What was spent in this campaign, in the price's currency.
    private(set) var spent = 0.0
    /// The tokens of this campaign, as reported, or as set aside where no count came.
    private(set) var used = TokenUsage(prompt: 0, completion: 0)

    init(tokens: Int? = nil, money: Double? = nil, price: TokenPrice? = nil) {
        self.tokens = tokens
        self.money = money
        self.price = price
    }

    /// Whether so much can be set aside.
    func covers(_ usage: TokenUsage) -> Bool {
        if let tokens, usage.prompt + usage.completion > tokens { return false }
        if let money, cost(usage) > money { return false }
        return true
    }

    /// Sets aside what an attempt may cost at most.
    mutating func reserve(_ usage: TokenUsage) {
        tokens = tokens.map { $0 - usage.prompt - usage.completion }
        money = money.map { $0 - cost(usage) }
    }

    /// Replaces what was set aside by what it really was.
    mutating func settle(reserved: TokenUsage, actual: TokenUsage) {
        tokens = tokens.map { $0 + reserved.prompt + reserved.completion - actual.prompt - actual.completion }
        money = money.map { $0 + cost(reserved) - cost(actual) }
        spent += cost(actual)
        used = TokenUsage(prompt: used.prompt + actual.prompt, completion: used.completion + actual.completion)
    }

    private func cost(_ usage: TokenUsage) -> Double { price?.cost(of: usage) ?? 0 }
}
