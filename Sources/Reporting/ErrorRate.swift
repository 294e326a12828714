public import Statistics

/// How often something went one way among some number of trials, with the exact interval of its rate.
///
/// The interval is that of Clopper and Pearson. It holds if the trials are independent; pairs of models that share a lineage
/// are not, so a rate over pairs is given with the number of lineages beside it.
public struct ErrorRate: Sendable, Hashable, Codable {
    /// How many.
    public let count: Int
    /// Out of how many, at least 1.
    public let trials: Int
    /// The exact 95 % interval of the rate.
    public let interval: ClopperPearson

    /// Counts.
    ///
    /// - Throws: `invalidNumber` unless 0 ≤ `count` ≤ `trials` and 1 ≤ `trials`.
    public init(_ count: Int, of trials: Int) throws(StatisticsError) {
        self.count = count
        self.trials = trials
        interval = try ClopperPearson(successes: count, trials: trials)
    }

    /// As reports write it: `2 of 180 (1.11 %, exact 95 % interval 0.135 to 3.96 %)`.
    public var text: String {
        guard count < trials else {
            return "\(count) of \(trials) (all; exact 95 % interval: at least \(Self.percent(interval.lower)) %)"
        }
        return "\(count) of \(trials) (\(Self.percent(Double(count) / Double(trials))) %, exact 95 % interval "
            + "\(Self.percent(interval.lower)) to \(Self.percent(interval.upper)) %)"
    }

    /// A share below 1 in percent, never rounded up to the whole.
    private static func percent(_ share: Double) -> String { VerdictText.short(min(share * 100, 99.9)) }
}
