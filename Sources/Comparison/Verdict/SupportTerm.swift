/// A word for a likelihood ratio, from the scale of the European Network of Forensic Science Institutes.
///
/// The number comes first and the word is optional. The bands are those of the ENFSI guideline for evaluative reporting
/// (2015); a value on a boundary takes the lower term.
public enum SupportTerm: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// A ratio of 1.
    case none
    /// Above 1, up to 10.
    case weak
    /// Above 10, up to 100.
    case moderate
    /// Above 100, up to 1,000.
    case moderatelyStrong = "moderately_strong"
    /// Above 1,000, up to 10,000.
    case strong
    /// Above 10,000, up to 1,000,000.
    case veryStrong = "very_strong"
    /// Above 1,000,000.
    case extremelyStrong = "extremely_strong"

    /// The term for the magnitude of a logarithm to base 10; its sign says which proposition is supported.
    public init(log10Ratio: Double) {
        // Compared at the precision that is printed, so that the word always fits the number beside it.
        let magnitude = log10Ratio.magnitude.roundedToSixDigits
        self =
            switch magnitude {
            case ...0: .none
            case ...1: .weak
            case ...2: .moderate
            case ...3: .moderatelyStrong
            case ...4: .strong
            case ...6: .veryStrong
            default: .extremelyStrong
            }
    }

    /// The term as a sentence uses it.
    public var phrase: String {
        switch self {
        case .none: "no support either way"
        case .weak: "weak support"
        case .moderate: "moderate support"
        case .moderatelyStrong: "moderately strong support"
        case .strong: "strong support"
        case .veryStrong: "very strong support"
        case .extremelyStrong: "extremely strong support"
        }
    }

    /// The order of the bands.
    public static func < (left: SupportTerm, right: SupportTerm) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
