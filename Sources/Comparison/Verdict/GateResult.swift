/// What one gate found.
public struct GateResult: Sendable, Equatable {
    /// How a gate came out.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// The collection is good enough, or the p-value is above the level: nothing is excluded.
        case passed
        /// The collection is not good enough, or the p-value is at or below the level: the gate excludes.
        case rejected
        /// Inside the margin of honest redeployments, which is below the panel.
        case equivalent
        /// The margins overlap, or the references are too few: the gate cannot tell.
        case cannotTell = "cannot_tell"
        /// What the gate needs was not collected.
        case notTested = "not_tested"
    }

    /// The gate.
    public let gate: Gate
    /// How it came out.
    public let outcome: Outcome
    /// The p-value, corrected for the number of channels; nil where there is none.
    public let pValue: Double?
    /// The smallest p-value that the references could have given; nil where there is no p-value.
    public let floor: Double?
    /// The level of the plan; nil for the validity gate.
    public let level: Double?
    /// How many references the p-value is a rank among: lineages, or redeployments for the sameness gate.
    public let references: Int
    /// Why, each with its numbers.
    public let reasons: [Score.Reason]

    /// Makes a result.
    public init(
        gate: Gate, outcome: Outcome, pValue: Double? = nil, floor: Double? = nil, level: Double? = nil,
        references: Int = 0, reasons: [Score.Reason]
    ) {
        self.gate = gate
        self.outcome = outcome
        self.pValue = pValue?.roundedToSixDigits
        self.floor = floor?.roundedToSixDigits
        self.level = level?.roundedToSixDigits
        self.references = references
        self.reasons = reasons
    }
}

extension GateResult: Codable {
    private enum CodingKeys: String, CodingKey {
        case gate, outcome, floor, level, references, reasons
        case pValue = "p_value"
    }

    /// Decodes a result.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            gate: try container.decode(Gate.self, forKey: .gate),
            outcome: try container.decode(Outcome.self, forKey: .outcome),
            pValue: try container.decodeDecimalIfPresent(forKey: .pValue),
            floor: try container.decodeDecimalIfPresent(forKey: .floor),
            level: try container.decodeDecimalIfPresent(forKey: .level),
            references: try container.decode(Int.self, forKey: .references),
            reasons: try container.decode([Score.Reason].self, forKey: .reasons))
    }

    /// Encodes a result; decimals are strings.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(gate, forKey: .gate)
        try container.encode(outcome, forKey: .outcome)
        try container.encodeDecimalIfPresent(pValue, forKey: .pValue)
        try container.encodeDecimalIfPresent(floor, forKey: .floor)
        try container.encodeDecimalIfPresent(level, forKey: .level)
        try container.encode(references, forKey: .references)
        try container.encode(reasons, forKey: .reasons)
    }
}
