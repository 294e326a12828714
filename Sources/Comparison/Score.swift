/// What one comparator found for one pair of models.
///
/// A score is a number about two models. It is not a probability, not a likelihood ratio and not a verdict:
/// `Calibration` and `VerdictPolicy` turn scores into those. Whether a large value speaks for or against a common origin is
/// stated by each comparator.
public struct Score: Sendable, Equatable {
    /// How far a score may be relied on.
    public enum Validity: String, Sendable, Hashable, Codable {
        /// Computed as its comparator defines it.
        case valid
        /// Computed, but from less than the comparator asks for; the reasons say what is missing. Never decisive alone.
        case limited
        /// Not computed; `value` is nil and the reasons say what would be needed.
        case notComputable = "not_computable"
    }

    /// Why a score is limited or absent, or what qualifies it.
    public struct Reason: Sendable, Equatable {
        /// A stable code in lower case with hyphens, for example `too-few-lineages`.
        public let code: String
        /// One sentence for people. It holds counts and names, never the text of an answer.
        public let text: String
        /// The numbers behind the sentence, by snake-case name.
        public let numbers: [String: Double]

        /// States a reason.
        public init(code: String, text: String, numbers: [String: Double] = [:]) {
            self.code = code
            self.text = text
            self.numbers = numbers
        }
    }

    /// The comparator.
    public let comparator: ComparatorIdentifier
    /// The score, finite; nil if and only if it is not computable.
    public let value: Double?
    /// The standard error *within this pair*, over its probes; nil where it cannot be estimated.
    ///
    /// It is the precision of `value` for these two models and says nothing about other models. More probes shrink it
    /// without making two independent models less alike, so it never becomes a p-value (rule 1 of inference).
    public let standardError: Double?
    /// How many probes entered the score.
    public let usableProbes: Int
    /// How far the score may be relied on.
    public let validity: Validity
    /// Why, in the order of importance.
    public let reasons: [Reason]
    /// Secondary numbers, by snake-case name.
    public let details: [String: Double]

    /// Makes a computed score.
    ///
    /// A value that is not finite makes the score not computable, with the reason `not-finite`: no comparator can pass on
    /// a number that is none. Details that are not finite are dropped.
    public init(
        comparator: ComparatorIdentifier, value: Double, standardError: Double? = nil, usableProbes: Int,
        validity: Validity = .valid, reasons: [Reason] = [], details: [String: Double] = [:]
    ) {
        self.comparator = comparator
        self.usableProbes = usableProbes
        self.details = details.filter { $0.value.isFinite }
        if value.isFinite, validity != .notComputable {
            self.value = value
            self.standardError = standardError.flatMap { $0.isFinite ? $0 : nil }
            self.validity = validity
            self.reasons = reasons
        } else {
            self.value = nil
            self.standardError = nil
            self.validity = .notComputable
            let reason = Reason(code: "not-finite", text: "The computation gave no finite number.")
            self.reasons = validity == .notComputable ? reasons : reasons + [reason]
        }
    }

    private init(
        absent comparator: ComparatorIdentifier, usableProbes: Int, reasons: [Reason], details: [String: Double]
    ) {
        self.comparator = comparator
        self.value = nil
        self.standardError = nil
        self.usableProbes = usableProbes
        self.validity = .notComputable
        self.reasons = reasons
        self.details = details.filter { $0.value.isFinite }
    }

    /// Makes a score that could not be computed, with what it would need.
    public static func notComputable(
        _ comparator: ComparatorIdentifier, usableProbes: Int = 0, reasons: [Reason], details: [String: Double] = [:]
    ) -> Score {
        Score(absent: comparator, usableProbes: usableProbes, reasons: reasons, details: details)
    }
}
