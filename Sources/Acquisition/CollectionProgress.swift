/// What a collection tells while it runs.
public enum CollectionEvent: Sendable, Hashable {
    /// An attempt has ended.
    case progress(CollectionProgress)
    /// An endpoint is given up; the others go on.
    case fault(EndpointFaultReport)
    /// The collection has ended.
    case summary(CollectionSummary)
}

/// How far a collection is.
public struct CollectionProgress: Sendable, Hashable, Codable {
    /// Draws with an answer or given up, those of earlier runs included.
    public let done: Int
    /// Draws that the probe set asks of all endpoints together.
    public let total: Int
    /// Attempts of this run that have ended.
    public let attempts: Int
    /// Draws finished per second in this run.
    public let rate: Double
    /// Seconds until the rest is done, at this rate; nil before anything is.
    public let secondsLeft: Double?
    /// Failed attempts of this run by kind.
    public let errors: [String: Int]
    /// Tokens that this run used, as the servers report them.
    public let tokens: Int
    /// What this run has cost, by currency; empty where no endpoint has a price.
    public let spent: [String: Double]

    private enum CodingKeys: String, CodingKey {
        case done, total, attempts, rate, errors, tokens, spent
        case secondsLeft = "seconds_left"
    }
}

/// An endpoint that was given up.
public struct EndpointFaultReport: Sendable, Hashable, Codable {
    /// The endpoint's name.
    public let endpoint: String
    /// Why.
    public let fault: EndpointFault
    /// What to do about it.
    public let message: String
}

/// What a collection did.
public struct CollectionSummary: Sendable, Hashable, Codable {
    /// The run.
    public let run: String
    /// Draws that the probe set asks of all endpoints together.
    public let wanted: Int
    /// Draws that were there from earlier runs.
    public let alreadyThere: Int
    /// Draws that this run brought.
    public let answered: Int
    /// Draws without an answer.
    public let missing: Int
    /// Draws that an endpoint's protocol cannot carry; part of the missing.
    public let unsupported: Int
    /// Attempts of this run.
    public let attempts: Int
    /// Failed attempts of this run by kind.
    public let errors: [String: Int]
    /// Tokens that this run used, as the servers report them, or at most where one does not.
    public let tokens: Int
    /// What this run has cost, by currency; empty where no endpoint has a price.
    public let spent: [String: Double]
    /// Endpoints that were given up.
    public let faults: [EndpointFaultReport]
    /// Endpoints whose budget did not suffice.
    public let exhausted: [String]
    /// Whether the deadline passed before all was asked.
    public let isPastDeadline: Bool
    /// Whether the run was stopped before its end.
    public let wasStopped: Bool
    /// How long it took, in seconds.
    public let seconds: Double

    private enum CodingKeys: String, CodingKey {
        case run, wanted, answered, missing, unsupported, attempts, errors, tokens, spent, faults, exhausted, seconds
        case alreadyThere = "already_there"
        case isPastDeadline = "past_deadline"
        case wasStopped = "was_stopped"
    }
}
