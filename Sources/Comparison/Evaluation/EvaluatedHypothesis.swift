/// A hypothesis that an evaluation reports on, and the pairs that are for it, against it, or harder than those.
public enum EvaluatedHypothesis: String, Sendable, Hashable, CaseIterable {
    /// The same model under other decoding, prompts or servers.
    case sameModel = "same_model"
    /// A derivative.
    case derivative
    /// The same model or a derivative.
    case lineage
    /// A model trained on the other's outputs.
    case student

    /// Whether a pair is for the hypothesis, against it, or neither (nil).
    func isTarget(_ kind: PairKind) -> Bool? {
        switch (self, kind) {
        case (.sameModel, .sameModel), (.derivative, .derivative), (.lineage, .sameModel), (.lineage, .derivative),
            (.student, .student):
            true
        case (.student, .independent): false
        case (.sameModel, _), (.derivative, _), (.lineage, _): kind.isUnrelated ? false : nil
        default: nil
        }
    }

    /// The kinds of pairs that it is confronted with beside the unrelated ones.
    var strata: [PairKind] {
        switch self {
        case .sameModel: [.independent, .undocumented, .sameData, .sameBase, .sibling, .student, .derivative]
        case .derivative, .lineage: [.independent, .undocumented, .sameData, .sameBase, .sibling, .student]
        case .student: [.undocumented, .sameData, .sameBase, .sibling]
        }
    }

    /// The contrast whose likelihood ratio it uses.
    var contrast: Contrast {
        switch self {
        case .sameModel: .copyIndependent
        case .derivative, .lineage: .derivedIndependent
        case .student: .studentIndependent
        }
    }
}
