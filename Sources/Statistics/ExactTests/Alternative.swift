/// Which departures from the null hypothesis a test looks for.
public enum Alternative: String, Sendable, Hashable, Codable, CaseIterable {
    /// More than the null hypothesis says.
    case greater
    /// Less than the null hypothesis says.
    case less
    /// Either.
    case twoSided = "two_sided"
}
