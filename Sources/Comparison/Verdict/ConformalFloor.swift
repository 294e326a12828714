internal import Statistics

/// The arithmetic of how small a rank-based p-value can become.
///
/// With n exchangeable references no p-value is below 1/(n+1) (Vovk, Gammerman and Shafer 2005, proposition 2.4). Where
/// the smallest of K p-values is taken, the bound is K/(n+1) (Bonferroni).
public enum ConformalFloor {
    /// The smallest p-value that `references` references and `channels` channels can give, at most 1.
    public static func pValue(references: Int, channels: Int = 1) -> Double {
        min(1, Double(channels) * ConformalPValue.floor(lineages: references))
    }

    /// The number of references from which a p-value at `level` is possible; none suffices for a level of 0.
    public static func referencesNeeded(level: Double, channels: Int = 1) -> Int {
        guard level > 0, channels > 0 else { return .max }
        // At a level of 1 or more every panel, even an empty one, attains the gate.
        return level >= Double(channels) ? 0 : ConformalGate.lineagesNeeded(alpha: level / Double(channels))
    }

    /// Whether `references` references can give a p-value at `level`.
    public static func attains(level: Double, references: Int, channels: Int = 1) -> Bool {
        references >= referencesNeeded(level: level, channels: channels)
    }
}
