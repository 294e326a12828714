internal import CaseStore
public import ForensicTypes

/// One exchange as the client saw it, secrets already masked.
public struct WireExchange: Sendable, Hashable {
    /// When it began: nanoseconds since 1970 by the wall clock.
    public let startedAt: Int64
    /// When it ended: nanoseconds since 1970 by the wall clock.
    public let endedAt: Int64
    /// How long it took: nanoseconds by the monotonic clock.
    public let elapsed: Int64
    /// The connection.
    public let connection: ConnectionFacts
    /// The certificates that the server presented, in DER and in its order; the record has their digests.
    public let certificates: [[UInt8]]
    /// How it ended.
    public let outcome: AttemptOutcome
    /// The bound that it ran into; nil for every other end.
    public let limit: ExchangeLimit?
    /// The request's bytes.
    public let request: [UInt8]
    /// The response's bytes, or as many as came.
    public let response: [UInt8]
    /// What was masked.
    public let redactions: [Redaction]
}

extension WireExchange {
    /// The exchange as the record of an attempt.
    func transcript(run: String, model: ModelIdentity, key: DrawKey, attempt: Int) -> Transcript {
        Transcript(
            run: run, model: model, probe: key.probe, draw: key.draw, attempt: attempt, startedAt: startedAt,
            endedAt: endedAt, elapsed: elapsed, connection: connection, outcome: outcome, request: request,
            response: response, redactions: redactions, limit: limit)
    }
}
