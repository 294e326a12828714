public import Statistics

/// What a two-sample test found.
public struct TwoSampleResult: Sendable, Hashable {
    /// The unbiased squared maximum mean discrepancy. It can be negative; its expectation is 0 under the null hypothesis.
    public let statistic: Double
    /// The permutation p-value.
    public let pValue: PermutationPValue
    /// How many samples of side a took part.
    public let countA: Int
    /// How many samples of side b took part.
    public let countB: Int
    /// How many prompts took part.
    public let promptCount: Int
    /// The prompts that only one model answered. They took no part.
    public let excludedPrompts: [String]
}
