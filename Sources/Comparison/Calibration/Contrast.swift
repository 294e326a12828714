internal import ForensicTypes

/// Two propositions that a likelihood ratio weighs, and the pairs of a population that stand for them.
public enum Contrast: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// The same model against an unrelated one.
    case copyIndependent = "copy_independent"
    /// Shared weights against an unrelated model.
    case derivedIndependent = "derived_independent"
    /// Shared weights against a sibling.
    case derivedSibling = "derived_sibling"
    /// A student against an independent model.
    case studentIndependent = "student_independent"

    /// The order of the names.
    public static func < (left: Contrast, right: Contrast) -> Bool { left.rawValue < right.rawValue }

    /// The proposition that a ratio above 1 supports.
    public var numerator: Proposition {
        switch self {
        case .copyIndependent: Proposition([.copy])
        case .derivedIndependent, .derivedSibling: .derived
        case .studentIndependent: .student
        }
    }

    /// The proposition that a ratio below 1 supports.
    public var denominator: Proposition { self == .derivedSibling ? .sibling : .independent }

    /// Whether a pair stands for the numerator, for the denominator, or for neither (nil).
    func isTarget(_ kind: PairKind) -> Bool? {
        switch (self, kind) {
        case (.copyIndependent, .sameModel): true
        case (.derivedIndependent, .sameModel), (.derivedIndependent, .derivative): true
        case (.derivedSibling, .sameModel), (.derivedSibling, .derivative): true
        case (.studentIndependent, .student): true
        case (.copyIndependent, let kind), (.derivedIndependent, let kind): kind.isUnrelated ? false : nil
        case (.derivedSibling, .sibling): false
        case (.studentIndependent, .independent): false
        default: nil
        }
    }

    /// The numbers that the regression fuses, by name.
    ///
    /// Both scores enter where that lowered the cost of the ratios with both lineages left out. Weighing shared weights against
    /// independence it raised it (Cllr 0.131 instead of 0.086), and for students it changed nothing (0.345 and 0.342).
    var features: [String] {
        switch self {
        case .copyIndependent, .derivedSibling: ["lineage", "student"]
        case .derivedIndependent: ["lineage"]
        case .studentIndependent: ["student"]
        }
    }

    /// The values of ``features``: scores on a scale where a large one counts by its logarithm.
    func values(lineage: Double, student: Double) -> [Double] {
        switch self {
        case .copyIndependent, .derivedSibling:
            // Two models without formats to compare have no student score; 0 is that of the median competitor.
            [lineage.inverseHyperbolicSine, student.isNaN ? 0 : student.inverseHyperbolicSine]
        case .derivedIndependent: [lineage.inverseHyperbolicSine]
        case .studentIndependent: [student.inverseHyperbolicSine]
        }
    }

    /// The score that pairs are ranked by.
    func score(_ pair: PopulationMeasurement.Pair) -> Double {
        switch self {
        case .copyIndependent, .derivedIndependent, .derivedSibling: pair.lineage
        case .studentIndependent: pair.student
        }
    }
}
