/// Why probes could not be read, generated, selected or sealed.
///
/// Two errors are equal when their codes are; the message is for people and may change. It names families, corpora,
/// digests and counts, never a probe's text, an answer or a secret.
public struct ProbeGenerationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable, Equatable {
        /// A family file is not readable or contradicts itself.
        case invalidFamily
        /// A family or corpus that was asked for is not in the library.
        case unknownName
        /// Two families or corpora bear one name.
        case duplicateName
        /// A corpus holds no passage long enough, or differs from its digest.
        case unusableCorpus
        /// A family has fewer distinct instances than were asked for.
        case exhausted
        /// The same probe occurs twice.
        case duplicateProbe
        /// A count, quota or budget is out of range, or too small for one probe of every family.
        case budget
        /// A secret is too short to keep instances from being guessed.
        case weakSecret
        /// Answers cannot serve for selection: roles or lineages are mixed up, or the protected model answers nothing.
        case unusableAnswers
        /// A sealed set, commitment or disclosure is not readable.
        case invalidSealedSet
        /// A sealed set, commitment or disclosure was changed: a digest, an order or the root does not fit.
        case tampered
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, with names and numbers, and what to do.
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
