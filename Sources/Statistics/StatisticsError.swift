/// Why a statistic was refused.
///
/// Two errors are equal if their codes are, so that a caller can match the code and print the message.
public struct StatisticsError: Error, Equatable, CustomStringConvertible {
    /// The kind of refusal.
    public enum Code: String, Sendable, Hashable {
        /// No observations, or none of a class that is needed.
        case empty
        /// Lists that belong together differ in length.
        case lengthMismatch
        /// A number is infinite, NaN, or outside its range.
        case invalidNumber
        /// A gate asks for a smaller p-value than its panel can attain.
        case belowFloor
        /// An optimum does not exist or was not found.
        case notConverged
    }

    /// The kind of refusal.
    public let code: Code
    /// What was wrong, with the numbers, and what to do.
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
