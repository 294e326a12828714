public import ForensicTypes

/// What is documented about where the models of a population come from.
///
/// Two models without a documented relation that share neither base, owner, teacher nor training data count as independent.
/// That is absence of documentation: some of them are related in ways that nobody has published.
public struct LineageRecord: Sendable, Equatable {
    /// One model.
    public struct Entry: Sendable, Hashable {
        /// The lineage: models that descend from one instruction-tuned ancestor, or one series.
        public let lineage: Lineage
        /// The pretrained checkpoint; nil where it is not documented.
        public let base: String?
        /// The owner; nil where it is not documented.
        public let vendor: String?
        /// Models whose outputs it is documented to have been trained on.
        public let teachers: Set<String>
        /// The names of data sets that it is documented to have been trained on.
        public let data: Set<String>
        /// Whether the origin of its training data is not documented at all.
        public let hasUnknownData: Bool
        /// The model's parent, where it is derived from one; another entry.
        public let parent: String?

        /// Describes a model.
        public init(
            lineage: Lineage, base: String? = nil, vendor: String? = nil, teachers: Set<String> = [],
            data: Set<String> = [], hasUnknownData: Bool = false, parent: String? = nil
        ) {
            self.lineage = lineage
            self.base = base
            self.vendor = vendor
            self.teachers = teachers
            self.data = data
            self.hasUnknownData = hasUnknownData
            self.parent = parent
        }
    }

    /// How two models are documented to be related.
    public enum Relation: String, Sendable, Hashable, Codable, CaseIterable {
        /// One model, decoded, prompted or served differently.
        case sameModel = "same-model"
        /// One is derived from the other's weights, or both from a third's.
        case derivative
        /// One was trained on the other's outputs.
        case distilled
        /// Models of one owner's series.
        case sameVendorFamily = "same-vendor-family"
        /// Models of one pretrained checkpoint by different hands.
        case sameBase = "same-base"
    }

    /// A documented relation with its confidence.
    public struct Documented: Sendable, Hashable {
        /// The relation.
        public let relation: Relation
        /// How sure the documentation is, in [0, 1].
        public let confidence: Double

        /// States a relation.
        public init(relation: Relation, confidence: Double) {
            self.relation = relation
            self.confidence = confidence
        }
    }

    /// The models by name.
    public let entries: [String: Entry]
    private let documented: [ModelPair: Documented]

    /// The number of documented relations.
    public var relations: Int { documented.count }

    /// The documented relation of two models, in either order.
    public func relation(_ first: String, _ second: String) -> Documented? { documented[ModelPair(first, second)] }

    /// Makes a record.
    ///
    /// - Throws: `ComparisonError` with the code `unknownModel` if a relation or a parent names a model without an entry,
    ///   `malformedPopulation` if two relations of one pair contradict each other or a model is related to itself,
    ///   `cyclicAncestry` if a model is its own ancestor.
    public init(
        entries: [String: Entry], relations: [(first: String, second: String, documented: Documented)],
        file: String
    ) throws(ComparisonError) {
        var pairs: [ModelPair: Documented] = [:]
        for (index, relation) in relations.enumerated() {
            for name in [relation.first, relation.second] where entries[name] == nil {
                throw ComparisonError(
                    .unknownModel, "\(file): pair \(index) names the model '\(name)', which has no entry")
            }
            guard relation.first != relation.second else {
                throw ComparisonError(
                    .malformedPopulation, "\(file): pair \(index) relates the model '\(relation.first)' to itself")
            }
            let pair = ModelPair(relation.first, relation.second)
            if let other = pairs[pair], other.relation != relation.documented.relation {
                throw ComparisonError(
                    .malformedPopulation,
                    "\(file): pair \(index) calls '\(relation.first)' and '\(relation.second)' "
                        + "\(relation.documented.relation.rawValue), an earlier one \(other.relation.rawValue)")
            }
            pairs[pair] = relation.documented
        }
        self.entries = entries
        self.documented = pairs
        try Self.checkAncestry(entries, file: file)
    }

    private static func checkAncestry(_ entries: [String: Entry], file: String) throws(ComparisonError) {
        for name in entries.keys.sorted() {
            var path = [name]
            while let last = path.last, let parent = entries[last]?.parent {
                guard entries[parent] != nil else {
                    throw ComparisonError(
                        .unknownModel, "\(file): '\(last)' names the parent '\(parent)', which has no entry")
                }
                if path.contains(parent) {
                    throw ComparisonError(
                        .cyclicAncestry,
                        "\(file): the ancestry of '\(name)' returns to '\(parent)': "
                            + (path + [parent]).joined(separator: " < "))
                }
                path.append(parent)
            }
        }
    }
}

/// Two models in either order.
struct ModelPair: Sendable, Hashable {
    let first: String
    let second: String

    init(_ first: String, _ second: String) {
        self.first = min(first, second)
        self.second = max(first, second)
    }
}
