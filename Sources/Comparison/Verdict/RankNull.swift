internal import Statistics

/// The rank of one value among references that are exchangeable with it under the null hypothesis.
///
/// The null hypothesis is that the suspect is another model of the population that the references represent. The references
/// are lineages, never probes: more probes make each value more precise and none of them more numerous.
struct RankNull: Sendable {
    /// The suspect's resemblance to the protected model.
    let value: Double
    /// One resemblance per reference.
    let references: [Double]

    /// `(1 + #{reference ≥ value}) / (n + 1)`: the conformal p-value, never below 1/(n+1).
    var pValue: Double {
        // Scores are finite by construction; one that is not says nothing.
        (try? ConformalPValue(score: value, panel: references))?.value ?? 1
    }

    /// The logarithm to base 10 of a bet against the null hypothesis.
    ///
    /// With r the rank from the top (tied values share the largest), the bet pays (n+1) (1/r) / Σ 1/rᵢ. The n+1 payments of
    /// one data set average 1 whatever the values are, so under exchangeability the expected payment is 1: it is an e-value,
    /// and the average of several is one too (Vovk and Wang, *Annals of Statistics* 49, 2021).
    var log10Bet: Double {
        let values = references + [value]
        let stakes = values.map { own in 1 / Double(values.count { $0 >= own }) }
        let mean = stakes.reduce(0, +) / Double(stakes.count)
        return ((stakes.last ?? mean) / mean).decimalLogarithm
    }
}
