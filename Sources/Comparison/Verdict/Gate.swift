/// A question that a verdict answers in order.
public enum Gate: String, Sendable, Hashable, Codable, CaseIterable {
    /// Is the collection good enough to say anything?
    case validity
    /// Is the suspect's sampler the protected model's?
    case sameness
    /// Does the suspect resemble the protected model more than independent models do?
    case lineage
    /// Was the suspect trained on the protected model's outputs?
    case student
}

/// How a gate is used, fixed in the plan.
public struct GateDefinition: Sendable, Hashable {
    /// What the gate may do.
    public enum Effect: String, Sendable, Hashable, Codable {
        /// A p-value at or below the level excludes a hypothesis.
        case excludes
        /// The panel is declared too small for the level: the gate reports a likelihood ratio and excludes nothing.
        case ratioOnly = "ratio_only"
    }

    /// The rate of false exclusions that is accepted, in (0, 1).
    public let level: Double
    /// What the gate may do.
    public let effect: Effect

    /// Defines a gate.
    public init(level: Double, effect: Effect) {
        self.level = level
        self.effect = effect
    }
}

extension GateDefinition: Codable {
    private enum CodingKeys: String, CodingKey { case level, effect }

    /// Decodes a definition; the level is a decimal in a string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            level: try container.decodeDecimal(forKey: .level),
            effect: try container.decode(Effect.self, forKey: .effect))
    }

    /// Encodes a definition; the level is a decimal in a string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeDecimal(level, forKey: .level)
        try container.encode(effect, forKey: .effect)
    }
}
