/// The arithmetic of how small a rank-based p-value can become.
///
/// With n exchangeable references no p-value is below 1/(n+1) (Vovk, Gammerman and Shafer 2005, proposition 2.4). Where
/// the smallest of K p-values is taken, the bound is K/(n+1) (Bonferroni).
public enum ConformalFloor {
    /// The smallest p-value that `references` references and `channels` channels can give, at most 1.
    public static func pValue(references: Int, channels: Int = 1) -> Double {
        min(1, Double(channels) / Double(references + 1))
    }

    /// The number of references from which a p-value at `level` is possible.
    public static func referencesNeeded(level: Double, channels: Int = 1) -> Int {
        max(0, Int((Double(channels) / level - 1 - tolerance).rounded(.up)))
    }

    /// Whether `references` references can give a p-value at `level`.
    public static func attains(level: Double, references: Int, channels: Int = 1) -> Bool {
        references >= referencesNeeded(level: level, channels: channels)
    }

    // 1/0.05 is not exactly 20 in every spelling of 0.05.
    private static let tolerance = 1e-9
}
