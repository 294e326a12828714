/// Why bytes from a server could not be read as a value.
public struct WireFormatsError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Equatable {
        /// The bytes are not JSON.
        case syntax
        /// A string is not valid UTF-8, or holds a control character.
        case text
        /// An object has the same key twice.
        case duplicateKey = "duplicate_key"
        /// Arrays and objects are nested too deeply.
        case depth
        /// A size limit was exceeded.
        case size
        /// The bytes are not one HTTP/1.1 response, or its lengths contradict each other.
        case http
        /// The body is compressed although the request barred that.
        case encoding
        /// The frames of a stream are wrong: lengths, headers or check sums.
        case framing
        /// The response, or the stream in it, ends early.
        case truncated
        /// The JSON is not what this kind of endpoint answers.
        case shape
        /// The server answered with an error.
        case serverError = "server_error"
        /// The endpoint's protocol cannot carry the prompt.
        case unsupportedPrompt = "unsupported_prompt"
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, with places and numbers. Never text of a response.
    public let message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Errors are equal when their codes are.
    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }

    /// The code and the message.
    public var description: String { "\(code.rawValue): \(message)" }
}
