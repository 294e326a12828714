/// A correct answer that follows from two numeric slots: their sum, difference or product.
public struct GoldTerm: Sendable, Hashable, Codable {
    /// The slot of the first number.
    public let left: String
    /// The operation: `+`, `-` or `*`.
    public let operation: String
    /// The slot of the second number.
    public let right: String

    /// Decodes a term such as `a*b`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let place = text.firstIndex(where: { "+-*".contains($0) }) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected two slots with +, - or * between them")
        }
        left = String(text[..<place])
        operation = String(text[place])
        right = String(text[text.index(after: place)...])
    }

    /// Encodes what `init(from:)` decodes.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(left + operation + right)
    }

    /// The value for some fillings; nil where a slot holds no number.
    func value(for fillings: [String: String]) -> Int? {
        guard let left = fillings[left].flatMap(Int.init), let right = fillings[right].flatMap(Int.init) else {
            return nil
        }
        return switch operation {
        case "+": left + right
        case "-": left - right
        default: left * right
        }
    }
}
