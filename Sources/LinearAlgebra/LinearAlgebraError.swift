/// Why a product or a decomposition was refused.
///
/// Two errors are equal if their codes are, so that a caller can match the code and print the message.
public struct LinearAlgebraError: Error, Equatable, CustomStringConvertible {
    /// The kind of refusal.
    public enum Code: String, Sendable, Hashable {
        /// An operand has no rows or no columns.
        case empty
        /// The sizes of the operands do not fit each other.
        case shapeMismatch
        /// An operand holds an infinity or a NaN.
        case nonFinite
        /// A size does not fit the 32-bit integers of the BLAS interface.
        case tooLarge
        /// An iterative LAPACK routine did not converge.
        case notConverged
        /// A setting is outside its range.
        case invalidSetting
    }

    /// The kind of refusal.
    public let code: Code
    /// What was wrong, with the sizes involved, and what to do.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }

    /// Compares codes only.
    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }
}
