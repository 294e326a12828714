internal import Statistics

/// How much more probable the findings are under one proposition than under another.
///
/// It is about the findings and not about the propositions: odds that a proposition is true need odds from before the test,
/// which are not ours. It never leaves the range that its data supports: its logarithm is at most that of the number of
/// lineages behind the denominator and at least minus that of the number of lineages behind the numerator (rule 6 of
/// inference; compare the empirical bounds of Vergeer et al., *Science & Justice* 56, 2016).
public struct LikelihoodRatio: Sendable, Hashable {
    /// Where a ratio comes from.
    public enum Method: String, Sendable, Hashable, Codable {
        /// A logistic regression on pairs of known relation.
        case calibrated
        /// A bet on the suspect's rank among the panel, whose expectation under independence is at most 1 (an e-value).
        case rankBet = "rank_bet"
    }

    /// The proposition that a ratio above 1 supports.
    public let numerator: Proposition
    /// The proposition that a ratio below 1 supports.
    public let denominator: Proposition
    /// The logarithm to base 10, inside its bounds.
    public let log10: Double
    /// The logarithm before it was bounded.
    public let unboundedLog10: Double
    /// A 95 % interval of `log10` by resampling lineages, inside the same bounds; nil where none can be computed.
    public let interval: ClosedRange<Double>?
    /// Lineages behind the numerator: the ratio is at least one over this.
    public let numeratorLineages: Int
    /// Lineages behind the denominator: the ratio is at most this.
    public let denominatorLineages: Int
    /// Where the ratio comes from.
    public let method: Method

    /// Makes a ratio and bounds it.
    ///
    /// - Parameters:
    ///   - numerator: The proposition that a ratio above 1 supports.
    ///   - denominator: The proposition that a ratio below 1 supports.
    ///   - unboundedLog10: The logarithm to base 10 as computed. One that is not a number counts as 0.
    ///   - interval: A 95 % interval of the logarithm.
    ///   - numeratorLineages: Lineages behind the numerator; fewer than 1 counts as 1.
    ///   - denominatorLineages: Lineages behind the denominator; fewer than 1 counts as 1.
    ///   - method: Where the ratio comes from.
    public init(
        numerator: Proposition, denominator: Proposition, unboundedLog10: Double, interval: ClosedRange<Double>? = nil,
        numeratorLineages: Int, denominatorLineages: Int, method: Method
    ) {
        self.numerator = numerator
        self.denominator = denominator
        self.numeratorLineages = max(1, numeratorLineages)
        self.denominatorLineages = max(1, denominatorLineages)
        self.method = method
        let bound = LikelihoodRatioBound(
            numeratorLineages: self.numeratorLineages, denominatorLineages: self.denominatorLineages)
        self.log10 = bound.bound(log10LR: unboundedLog10).log10LR.roundedToSixDigits
        self.unboundedLog10 = unboundedLog10.isFinite ? unboundedLog10.roundedToSixDigits : log10
        self.interval = interval.map {
            bound.bound(log10LR: $0.lowerBound).log10LR
                .roundedToSixDigits...bound.bound(log10LR: $0.upperBound).log10LR
                .roundedToSixDigits
        }
    }

    /// The largest logarithm that the data supports: that of the number of lineages behind the denominator.
    public var ceilingLog10: Double {
        LikelihoodRatioBound(numeratorLineages: numeratorLineages, denominatorLineages: denominatorLineages).ceiling
    }

    /// The smallest logarithm that the data supports: minus that of the number of lineages behind the numerator.
    public var floorLog10: Double {
        LikelihoodRatioBound(numeratorLineages: numeratorLineages, denominatorLineages: denominatorLineages).floor
    }

    /// The word for the ratio.
    public var term: SupportTerm { SupportTerm(log10Ratio: log10) }

    /// The same finding with the propositions exchanged.
    public var swapped: LikelihoodRatio {
        LikelihoodRatio(
            numerator: denominator, denominator: numerator, unboundedLog10: -unboundedLog10,
            interval: interval.map { -$0.upperBound ... -$0.lowerBound }, numeratorLineages: denominatorLineages,
            denominatorLineages: numeratorLineages, method: method)
    }
}
