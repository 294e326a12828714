/// Why bytes could not be addressed, read or written.
///
/// Two errors are equal when their codes are; the message is for people and may change.
public struct ContentAddressingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable, Equatable {
        /// The bytes are not JSON.
        case syntax
        /// A string is not valid UTF-8, or holds U+007F, a lone surrogate or another code point that the profile bars.
        case string
        /// A number is not a whole number of magnitude 2^53 - 1 or less.
        case number
        /// A key is outside the profile, or occurs twice in one object.
        case key
        /// Arrays and objects are nested too deeply.
        case depth
        /// The text is longer than the limit of its kind.
        case size
        /// The bytes are valid, but not the one canonical spelling of their value.
        case notCanonical
        /// The value has no canonical form, or does not fit the type that was asked for.
        case value
        /// A leaf index or a count does not fit the tree.
        case range
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, with the place and the numbers. It never holds the bytes themselves.
    public let message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Compares the codes.
    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }

    /// The code and the message.
    public var description: String { "\(code.rawValue): \(message)" }
}
