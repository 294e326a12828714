/// Models that descend from one pretrained ancestor: the unit of replication.
///
/// Two models of one lineage are never two independent observations.
public struct Lineage: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// The name, unique within a case or a population.
    public let name: String

    /// Names a lineage.
    public init(_ name: String) { self.name = name }

    /// The name.
    public var description: String { name }

    /// Scalar order of the names.
    public static func < (left: Lineage, right: Lineage) -> Bool { left.name < right.name }

    /// Decodes the bare name.
    public init(from decoder: any Decoder) throws { name = try decoder.singleValueContainer().decode(String.self) }

    /// Encodes the bare name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}

/// What a model is to an investigation.
public enum ModelRole: String, Sendable, Hashable, Codable, CaseIterable {
    /// The owner's model.
    case protected
    /// The model in question.
    case suspect
    /// A model known not to come from the protected model.
    case panel
    /// Another model of the protected model's owner or lineage that is not accused.
    case sibling
    /// An honest redeployment of the protected model: another quantisation, prompt, sampler or stack.
    case redeployment
}

/// A model as an investigation knows it: a name, a role, and a lineage where that is known.
public struct ModelIdentity: Sendable, Hashable, Codable {
    /// The name, unique within a case: that of the endpoint file or of the imported answers.
    public let name: String
    /// What the model is to the investigation.
    public let role: ModelRole
    /// The lineage; nil for a suspect, whose lineage is the question.
    public let lineage: Lineage?

    /// Names a model.
    public init(name: String, role: ModelRole, lineage: Lineage? = nil) {
        self.name = name
        self.role = role
        self.lineage = lineage
    }

    /// Whether a text can name a model: printable ASCII, U+0020 to U+007E, with a blank neither first nor last.
    ///
    /// So two names are equal only if their bytes are, whoever compares them and in whatever language: outside of ASCII one word has
    /// several spellings, and letters of several alphabets look alike.
    public static func isName(_ text: String) -> Bool {
        let blank = UInt8(ascii: " ")
        return !text.isEmpty && text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && text.utf8.first != blank
            && text.utf8.last != blank
    }
}
