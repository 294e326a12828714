#if canImport(Glibc)
    internal import Glibc
#endif

/// Fisher's exact test of a 2 × 2 table, one-sided.
///
/// Null hypothesis: the two rows succeed with the same probability. The margins are taken as fixed. As with every test of
/// counts, the units must be independent; probes of one pair of models are not (rule 1 of inference).
public struct FisherExact: Sendable, Hashable {
    /// The probability of a first cell at least as large as the observed one.
    public let pValue: Double

    /// Tests whether row 1 (`a` successes, `b` failures) succeeds more often than row 2 (`c` successes, `d` failures).
    /// - Throws: `invalidNumber` for a negative count.
    public init(a: Int, b: Int, c: Int, d: Int) throws(StatisticsError) {
        guard min(a, b, c, d) >= 0 else {
            throw StatisticsError(.invalidNumber, "a table of counts cannot hold \([a, b, c, d])")
        }
        let (row, successes, total) = (a + b, a + c, a + b + c + d)
        let least = max(0, row + successes - total)
        let most = min(row, successes)
        guard a > least else {
            pValue = 1
            return
        }
        let whole = SpecialFunctions.logChoose(total, successes)
        let tail = (a...most).reduce(into: 0.0) { sum, count in
            sum += exp(
                SpecialFunctions.logChoose(row, count) + SpecialFunctions.logChoose(total - row, successes - count)
                    - whole)
        }
        pValue = min(1, tail)
    }
}
