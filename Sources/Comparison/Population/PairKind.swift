/// What a pair of models of a population counts as when a method is evaluated.
public enum PairKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// One model under other decoding, prompts or servers.
    case sameModel = "same_model"
    /// One derived from the other, or both from a third.
    case derivative
    /// One trained on the other's outputs.
    case student
    /// Models of one owner or series.
    case sibling
    /// Models of one pretrained checkpoint by different hands.
    case sameBase = "same_base"
    /// Models that share documented training data or a teacher, or one of which may have learnt from the other's owner.
    case sameData = "same_data"
    /// Models without a documented relation, one of which does not document its data.
    case undocumented
    /// Models that share neither base, owner, teacher nor training data, by documentation of both.
    case independent
    /// A documented relation below the confidence that is asked for, or two models of one lineage without a relation.
    case unclear

    /// Whether the pair has no documented relation of weights, owner or teaching: the negatives of the lineage hypotheses.
    public var isUnrelated: Bool {
        switch self {
        case .sameData, .undocumented, .independent: true
        case .sameModel, .derivative, .student, .sibling, .sameBase, .unclear: false
        }
    }
}

extension LineageRecord {
    /// What a pair counts as.
    ///
    /// - Parameters:
    ///   - first: A model with an entry.
    ///   - second: Another.
    ///   - confidence: The least confidence of a documented relation.
    public func kind(_ first: String, _ second: String, confidence: Double = 0.8) -> PairKind {
        guard let left = entries[first], let right = entries[second] else { return .unclear }
        if let documented = relation(first, second) {
            guard documented.confidence >= confidence else { return .unclear }
            switch documented.relation {
            case .sameModel: return .sameModel
            case .derivative: return .derivative
            case .distilled: return .student
            case .sameVendorFamily: return .sibling
            case .sameBase: return .sameBase
            }
        }
        if left.lineage == right.lineage { return .unclear }
        if let vendor = left.vendor, vendor == right.vendor { return .sibling }
        if let base = left.base, base == right.base { return .sameBase }
        if !left.teachers.isDisjoint(with: right.teachers) || !left.data.isDisjoint(with: right.data) {
            return .sameData
        }
        if learnt(left, from: right) || learnt(right, from: left) { return .sameData }
        if left.hasUnknownData || right.hasUnknownData { return .undocumented }
        return .independent
    }

    private func learnt(_ student: Entry, from teacher: Entry) -> Bool {
        teacher.vendor.map { student.data.contains(Self.vendorData($0)) } ?? false
    }
}
