/// Why a case could not be read or written.
public struct CaseStoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, Equatable {
        /// The folder holds no case.
        case notACase = "not_a_case"
        /// The folder already holds a case, or something else.
        case alreadyExists = "already_exists"
        /// The case was written in a format that this build does not read.
        case unsupportedVersion = "unsupported_version"
        /// Another process is writing to the case.
        case locked
        /// The case was opened for reading only.
        case readOnly = "read_only"
        /// The disk, or the quota, is full.
        case diskFull = "disk_full"
        /// The operating system refused an operation.
        case inputOutput = "input_output"
        /// The spool does not follow from itself: it was changed, or acknowledged records are missing.
        case damagedSpool = "damaged_spool"
        /// The custody log does not follow from itself.
        case damagedCustodyLog = "damaged_custody_log"
        /// A record exceeds a limit of the format, or cannot be written in canonical form.
        case unencodableRecord = "unencodable_record"
        /// An earlier write failed; the case has to be opened again before it can be written.
        case stopped
        /// The index could not be used. It can be rebuilt from the spool.
        case index
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

    /// Errors are equal when their codes are.
    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }

    /// The code and the message.
    public var description: String { "\(code.rawValue): \(message)" }
}
