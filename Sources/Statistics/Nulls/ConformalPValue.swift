/// The conformal p-value of a score against a panel, `(1 + #{s_i ≥ s}) / (n + 1)` (Vovk, Gammerman and Shafer, 2005).
///
/// Null hypothesis: the suspect is exchangeable with the panel's lineages, each represented by **one** score. It is valid
/// for the population that the panel represents and for no other. Probes are not replicates: more of them do not lower the
/// floor `1/(n+1)`, another lineage does.
public struct ConformalPValue: Sendable, Hashable {
    /// How many lineages scored at least as high.
    public let exceedances: Int
    /// How many lineages the panel has, n.
    public let lineages: Int

    /// Compares a score with one score per lineage; high scores speak against the null hypothesis.
    /// - Throws: `invalidNumber` for a NaN.
    public init(score: Double, panel: [Double]) throws(StatisticsError) {
        guard !score.isNaN, !panel.contains(where: \.isNaN) else {
            throw StatisticsError(.invalidNumber, "a conformal p-value needs scores that are numbers, and one is NaN")
        }
        exceedances = panel.count { $0 >= score }
        lineages = panel.count
    }

    /// The p-value, in `[floor, 1]`. With an empty panel it is 1.
    public var value: Double { Double(1 + exceedances) / Double(1 + lineages) }

    /// The least p-value that the panel can give, `1/(n+1)`.
    public var floor: Double { Self.floor(lineages: lineages) }

    /// The least p-value that a panel of `lineages` lineages can give, `1/(n+1)`.
    public static func floor(lineages: Int) -> Double { 1 / Double(1 + lineages) }

    /// One p-value per stratum of the panel (Mondrian conformal prediction): each is valid against its own stratum.
    /// - Parameter panel: one score per lineage, by stratum.
    /// - Throws: `invalidNumber` for a NaN.
    public static func mondrian<Stratum: Hashable>(
        score: Double, panel: [Stratum: [Double]]
    ) throws(StatisticsError) -> [Stratum: ConformalPValue] {
        var result: [Stratum: ConformalPValue] = [:]
        for (stratum, scores) in panel { result[stratum] = try ConformalPValue(score: score, panel: scores) }
        return result
    }
}
