/// A decision threshold on conformal p-values that its panel is able to reach.
///
/// The only way to a gate is the check, so that an unattainable one is refused when the plan is written and not failed
/// after the evidence is in.
public struct ConformalGate: Sendable, Hashable {
    /// The error rate: p-values of at most this open the gate.
    public let alpha: Double
    /// How many lineages the panel has.
    public let lineages: Int

    /// Checks that `1/(lineages + 1) ≤ alpha`.
    /// - Parameter alpha: above 0 and below 1.
    /// - Throws: `belowFloor` for a gate that the panel cannot attain, `invalidNumber` for an `alpha` outside its range.
    public init(alpha: Double, lineages: Int) throws(StatisticsError) {
        guard alpha > 0, alpha < 1, lineages >= 0 else {
            throw StatisticsError(.invalidNumber, "a gate needs 0 < alpha < 1 and a panel; got \(alpha), \(lineages)")
        }
        let needed = Self.lineagesNeeded(alpha: alpha)
        guard lineages >= needed else {
            throw StatisticsError(
                .belowFloor,
                "with n = \(lineages) lineages no p-value is below 1/\(lineages + 1), so a gate at \(alpha) can never open; "
                    + "that needs n = \(needed), or a larger error rate")
        }
        self.alpha = alpha
        self.lineages = lineages
    }

    /// The fewest lineages with a floor of at most `alpha`, which must be above 0.
    public static func lineagesNeeded(alpha: Double) -> Int {
        precondition(alpha > 0, "no panel attains an error rate of 0")
        var needed = max(0, Int((1 / alpha).rounded(.up)) - 2)
        while ConformalPValue.floor(lineages: needed) > alpha { needed += 1 }
        return needed
    }

    /// Whether a p-value opens the gate.
    public func isOpen(to pValue: ConformalPValue) -> Bool { pValue.value <= alpha }
}
