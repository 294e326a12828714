/// What a suspect may be.
///
/// A verdict names a set of these. Behaviour alone does not split a derivative from a student of the same base.
public enum Hypothesis: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// The protected model itself, perhaps quantised, behind another prompt, sampler or serving stack.
    case copy
    /// Fine-tuned, preference-tuned, merged, adapted or pruned from the protected model's weights.
    case derivative
    /// Another model trained on the protected model's outputs.
    case student
    /// None of these.
    case independent

    /// The order of the cases.
    public static func < (left: Hypothesis, right: Hypothesis) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .copy: 0
        case .derivative: 1
        case .student: 2
        case .independent: 3
        }
    }
}
