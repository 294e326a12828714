/// What a model decided, in a form in which two models' decisions can be compared.
public enum Decision: Sendable, Hashable, Comparable {
    /// The content of the option that was chosen, folded as ``AnswerText`` folds; never its letter.
    case choice(String)
    /// A number in canonical decimal form: no sign for plus, no leading or trailing zeros, no exponent.
    case number(String)
    /// A list of whole numbers.
    case integers([Int])
    /// A short open answer, folded as ``AnswerText`` folds.
    case label(String)

    /// Kinds in the order of the cases, then by content.
    public static func < (left: Decision, right: Decision) -> Bool {
        switch (left, right) {
        case (.choice(let first), .choice(let second)), (.number(let first), .number(let second)),
            (.label(let first), .label(let second)):
            first < second
        case (.integers(let first), .integers(let second)): first.lexicographicallyPrecedes(second)
        default: left.rank < right.rank
        }
    }

    private var rank: Int {
        switch self {
        case .choice: 0
        case .number: 1
        case .integers: 2
        case .label: 3
        }
    }
}

/// The outcome of reading a decision from an answer.
///
/// An answer that cannot be read is missing data. It is never a value of its own: parsers fail alike on alike answers, so that
/// a shared failure counted as agreement would be a false accusation.
public enum ParsedDecision: Sendable, Hashable {
    /// What was decided.
    case decision(Decision)
    /// Nothing could be read.
    case missing(Failure)

    /// Why nothing could be read.
    public enum Failure: String, Sendable, Hashable, Codable, CaseIterable {
        /// The answer is empty or blank.
        case empty
        /// The answer holds nothing of the kind that is asked for.
        case nothingFound = "nothing_found"
        /// The answer holds several different values and does not say which one is meant.
        case ambiguous
        /// A quoted or bracketed answer breaks off.
        case truncated
        /// The answer is longer than the parser reads.
        case tooLong = "too_long"
        /// The probe does not ask for a decision.
        case notAsked = "not_asked"
    }

    /// The decision, or nil if it is missing.
    public var decision: Decision? {
        if case .decision(let decision) = self { decision } else { nil }
    }
}
