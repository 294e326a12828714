/// Why evidence could not be sealed or read.
///
/// Two errors are equal when their codes are; the message is for people and may change. What a verifier finds wrong with
/// a bundle is not an error but a failed ``Check``.
public struct EvidenceError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable, Equatable, Codable {
        /// The operating system refused an operation on a file.
        case inputOutput = "input_output"
        /// The disk, or the quota, is full.
        case diskFull = "disk_full"
        /// The file exists already and is never overwritten.
        case exists
        /// A key is not an Ed25519 or P-256 key in PEM, or is one that must not be trusted.
        case key
        /// A certificate is not valid for what it is used for.
        case certificate
        /// A token of a time-stamp authority is not acceptable, or the authority gave none.
        case timestamp
        /// The tape archive or its compression is damaged, cut or not canonical.
        case container
        /// A limit of the format is exceeded.
        case limit
        /// A text is not in canonical form.
        case canonical
        /// An envelope or its signature is not valid.
        case signature
        /// A digest does not agree.
        case digest
        /// The custody log does not follow from itself.
        case custody
        /// The plan is not sealed, or not the one meant.
        case plan
        /// The format's version, or something that must be understood, is unknown.
        case version
        /// What is to be sealed is incomplete or contradicts itself.
        case contents
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, with numbers, names and the remedy. Never a secret and never text of a response.
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
