/// The p-value of a permutation test, `(1 + #{T_b ≥ T_0}) / (B + 1)` (Phipson and Smyth, 2010).
///
/// Null hypothesis: the labels are exchangeable within the strata they were permuted in. The observed labelling counts as
/// one of the permutations, so the value is at least `1 / (B + 1)` and never 0. A large value is not evidence for the null
/// hypothesis, and this number says nothing about models other than the two compared.
public struct PermutationPValue: Sendable, Hashable {
    /// How many permuted statistics were at least the observed one.
    public let exceedances: Int
    /// How many permutations were drawn, B.
    public let permutations: Int

    /// Takes counts: 0 ≤ `exceedances` ≤ `permutations`.
    public init(exceedances: Int, permutations: Int) {
        precondition(exceedances >= 0 && exceedances <= permutations, "more exceedances than permutations")
        self.exceedances = exceedances
        self.permutations = permutations
    }

    /// Counts the permuted statistics that are at least the observed one. Ties count, so compare whole numbers or round
    /// first: the last bits of a sum must not break a tie.
    public init<Statistic: Comparable>(observed: Statistic, permuted: some Collection<Statistic>) {
        self.init(
            exceedances: permuted.count { $0 >= observed }, permutations: permuted.count)
    }

    /// The p-value, in `[1/(B+1), 1]`.
    public var value: Double { Double(1 + exceedances) / Double(1 + permutations) }

    /// The least value that this many permutations can give.
    public var floor: Double { 1 / Double(1 + permutations) }
}
