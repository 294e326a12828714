/// How far a collection is.
public struct CollectionProgress: Sendable, Hashable {
    /// Draws with an answer or given up, those of earlier runs included.
    public let done: Int
    /// Draws that the probe set asks of all endpoints together.
    public let total: Int
    /// Attempts of this run that have ended.
    public let attempts: Int
    /// Attempts per second in this run.
    public let rate: Double
    /// Failed attempts of this run by kind.
    public let errors: [String: Int]
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
    /// Whether the run was stopped before its end.
    public let wasStopped: Bool
    /// How long it took, in seconds.
    public let seconds: Double

    private enum CodingKeys: String, CodingKey {
        case run, wanted, answered, missing, unsupported, attempts, errors, seconds
        case alreadyThere = "already_there"
        case wasStopped = "was_stopped"
    }
}
