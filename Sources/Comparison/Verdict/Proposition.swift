public import ForensicTypes

/// What one side says the endpoint serves: a set of hypotheses, or a sibling of the protected model.
public struct Proposition: Sendable, Hashable {
    /// The hypotheses, in their order.
    public let hypotheses: [Hypothesis]
    /// Whether it is narrowed to siblings: other models of the protected model's owner or series, not derived from it.
    public let isSibling: Bool

    /// Makes a proposition.
    public init(_ hypotheses: Set<Hypothesis>) {
        self.hypotheses = hypotheses.sorted()
        self.isSibling = false
    }

    private init(sibling hypotheses: [Hypothesis]) {
        self.hypotheses = hypotheses
        self.isSibling = true
    }

    /// The protected model or a model with weights derived from it.
    public static let derived = Proposition([.copy, .derivative])
    /// A model trained on the protected model's outputs.
    public static let student = Proposition([.student])
    /// None of these.
    public static let independent = Proposition([.independent])
    /// Another model of the protected model's owner or series, not derived from it.
    public static let sibling = Proposition(sibling: [.independent])

    /// The proposition as the end of "if the endpoint serves …".
    public var phrase: String {
        if isSibling { return "a sibling of the protected model that is not derived from it" }
        if hypotheses == [.derivative] { return "a model derived from the protected model's weights" }
        return hypotheses.map { hypothesis in
            switch hypothesis {
            case .copy: "the protected model"
            case .derivative: "a model derived from its weights"
            case .student: "a model trained on the protected model's outputs"
            case .independent: "a model developed independently of the protected model"
            }
        }.joined(separator: " or ")
    }
}

extension Proposition: Codable {
    private static let siblingName = "sibling"

    /// Decodes a list of hypotheses, or the word for a sibling.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let names = try container.decode([String].self)
        if names == [Self.siblingName] {
            self = .sibling
            return
        }
        self.init(
            Set(
                try names.map { name in
                    guard let hypothesis = Hypothesis(rawValue: name) else {
                        throw DecodingError.dataCorruptedError(
                            in: container, debugDescription: "'\(name)' is no hypothesis")
                    }
                    return hypothesis
                }))
    }

    /// Encodes a list of hypotheses, or the word for a sibling.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(isSibling ? [Self.siblingName] : hypotheses.map(\.rawValue))
    }
}
