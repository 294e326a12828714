public import ForensicTypes

/// What one side says the endpoint serves, as a set of hypotheses.
public struct Proposition: Sendable, Hashable, Codable {
    /// The hypotheses, in their order.
    public let hypotheses: [Hypothesis]

    /// Makes a proposition.
    public init(_ hypotheses: Set<Hypothesis>) { self.hypotheses = hypotheses.sorted() }

    /// Decodes the bare list.
    public init(from decoder: any Decoder) throws {
        self.init(Set(try decoder.singleValueContainer().decode([Hypothesis].self)))
    }

    /// Encodes the bare list.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hypotheses)
    }

    /// The protected model or a model with weights derived from it.
    public static let derived = Proposition([.copy, .derivative])
    /// A model trained on the protected model's outputs.
    public static let student = Proposition([.student])
    /// None of these.
    public static let independent = Proposition([.independent])

    /// The proposition as the end of "if the endpoint serves …".
    public var phrase: String {
        let parts = hypotheses.map { hypothesis in
            switch hypothesis {
            case .copy: "the protected model"
            case .derivative: "a model derived from its weights"
            case .student: "a model trained on the protected model's outputs"
            case .independent: "a model developed independently of the protected model"
            }
        }
        return hypotheses == [.derivative]
            ? "a model derived from the protected model's weights" : parts.joined(separator: " or ")
    }
}
