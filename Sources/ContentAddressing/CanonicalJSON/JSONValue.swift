/// A JSON value of the canonical profile: whole numbers only, keys from a fixed alphabet.
public indirect enum JSONValue: Sendable {
    /// The literal `null`.
    case null
    /// A truth value.
    case bool(Bool)
    /// A whole number of magnitude 2^53 - 1 or less.
    case integer(Int64)
    /// A text.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Members by key. The keys are ASCII, so their equality is that of their bytes.
    case object([String: JSONValue])
}

extension JSONValue {
    /// The member of an object; nil for an absent one and for other values.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// The text of a string; nil for other values.
    public var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The number of an integer; nil for other values.
    public var number: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }

    /// The elements of an array; nil for other values.
    public var elements: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }
}

extension JSONValue: Equatable {
    /// Compares texts by their bytes: Swift would call two spellings of one accented letter equal.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }
}
