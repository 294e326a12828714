/// What a probe set may cost for one endpoint.
public struct ProbeBudget: Sendable, Hashable {
    /// The most queries: every draw is one.
    public let queries: Int
    /// The most tokens, prompts and answers together, by the families' expected costs.
    public let tokens: Int

    /// Sets a budget.
    public init(queries: Int, tokens: Int) {
        self.queries = queries
        self.tokens = tokens
    }

    /// What the demonstration spends on each of its endpoints: about 20 seconds of a small model on one core.
    public static let demonstration = ProbeBudget(queries: 120, tokens: 6_000)

    /// The families of the demonstration, with the most probes of each.
    public static let demonstrationQuotas = [
        "continuation": 12, "forced-choice-completion": 6, "forced-small-choice": 4, "tokenizer-strings": 10,
    ]

    /// Reads `queries=200,tokens=20000`, in either order.
    ///
    /// - Throws: `budget` for anything else.
    public init(parsing text: String) throws(ProbeGenerationError) {
        var values: [String: Int] = [:]
        for part in text.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, let value = Int(sides[1]), value > 0, values[String(sides[0])] == nil else {
                throw ProbeGenerationError(.budget, "\"\(part)\" is not NAME=COUNT with a count of 1 or more")
            }
            values[String(sides[0])] = value
        }
        guard let queries = values["queries"], let tokens = values["tokens"], values.count == 2 else {
            throw ProbeGenerationError(.budget, "a budget has the form queries=200,tokens=20000")
        }
        self.init(queries: queries, tokens: tokens)
    }
}
