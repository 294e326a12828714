public import ForensicTypes

/// The log-probabilities of the most likely next tokens, left-censored.
///
/// A token that is not listed is not impossible: its log-probability lies somewhere below the least listed one.
public struct CensoredLogprobs: Sendable, Hashable {
    /// The listed log-probabilities by the bytes of the token, finite and 0 or less.
    public let values: [[UInt8]: Double]
    /// The bound below which every token that is not listed lies: the least listed value.
    public let censoringBound: Double

    /// Reads a position; nil if it lists fewer than two usable tokens.
    ///
    /// Values that are not finite or above 0 are dropped (above 0 by no more than rounding, 1e-6, they count as 0). Where a
    /// server lists the same bytes twice, the larger value stands.
    public init?(_ position: TokenPosition) {
        var values: [[UInt8]: Double] = [:]
        for token in position.top where token.logprob.isFinite && token.logprob <= 1e-6 {
            let value = min(token.logprob, 0)
            values[token.bytes] = max(values[token.bytes] ?? value, value)
        }
        guard values.count >= 2, let least = values.values.min() else { return nil }
        self.values = values
        self.censoringBound = least
    }

    /// The tokens that both positions list, in the order of their bytes.
    public func sharedTokens(with other: CensoredLogprobs) -> [[UInt8]] {
        values.keys.filter { other.values[$0] != nil }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The values of some listed tokens minus their mean: free of the softmax's constant and of any bias on all tokens alike.
    ///
    /// A softmax temperature only multiplies the result by a constant. Tokens that are not listed are left out.
    public func centred(over tokens: [[UInt8]]) -> [Double] {
        let listed = tokens.compactMap { values[$0] }
        guard !listed.isEmpty else { return [] }
        let mean = listed.reduce(0, +) / Double(listed.count)
        return listed.map { $0 - mean }
    }
}
