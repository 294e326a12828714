/// Why a comparison could not be planned or carried out.
///
/// Two errors are equal if their codes are. Messages hold names and counts, never the text of an answer.
public struct ComparisonError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable, Hashable {
        /// A gate whose panel is too small to ever open it.
        case unattainableGate
        /// A lineage that has two of the tasks select, calibrate and report.
        case lineageReused
        /// A threshold outside its range.
        case invalidThreshold
        /// A file of a population that is not in the layout it is said to be in.
        case malformedPopulation
        /// A model that is named but not there, or there but not named.
        case unknownModel
        /// A probe that is answered twice by one model.
        case duplicatedProbe
        /// Answers to other probes than those of the rest of the population.
        case foreignProbes
        /// An ancestry that returns to where it began.
        case cyclicAncestry
        /// Fewer lineages than an analysis needs.
        case panelBelowFloor
        /// A calibration that was fitted with another version of the features, or on another population.
        case calibrationMismatch
        /// A calibration file that cannot be read.
        case malformedCalibration
        /// Too few pairs or lineages of a kind to fit or to evaluate anything.
        case tooFewPairs
        /// A file of samples that is not JSON lines of the two-sample layout.
        case malformedSamples
        /// Too few samples of one side to compute the two-sample statistic.
        case tooFewSamples
        /// A setting of the two-sample test, or a size, outside its range.
        case outOfRange
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, with numbers and names, and what to do about it.
    public let message: String

    /// States a failure.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

extension ComparisonError: Equatable {
    /// Compares the codes.
    public static func == (left: ComparisonError, right: ComparisonError) -> Bool { left.code == right.code }
}
