/// Why something could not be collected or imported.
public struct AcquisitionError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Equatable {
        /// An endpoint file is not right.
        case configuration
        /// A key could not be read.
        case secret
        /// Nobody listens at the endpoint, or its name does not resolve.
        case endpointDown = "endpoint_down"
        /// TLS with the endpoint failed: most often a certificate that is not trusted.
        case tls
        /// The endpoint does not accept the key.
        case wrongKey = "wrong_key"
        /// The account behind the key has nothing left.
        case quotaExhausted = "quota_exhausted"
        /// The endpoint kept saying that it is loading or overloaded.
        case notReady = "not_ready"
        /// The endpoint redirects, which is never followed.
        case redirected
        /// The endpoint does not know the route or the model.
        case notFound = "not_found"
        /// A file of recorded answers is not right.
        case unreadableImport = "unreadable_import"
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, with names, numbers and the remedy. Never a secret and never text of a response.
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
