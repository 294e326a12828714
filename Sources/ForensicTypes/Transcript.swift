/// How an attempt ended.
public enum AttemptOutcome: Sendable, Hashable {
    /// A complete HTTP response with this status.
    case http(status: Int)
    /// A complete HTTP response with this status of success, whose body is an error object and no answer.
    case errorAnswer(status: Int)
    /// The name did not resolve, or nobody listened.
    case unreachable
    /// TLS failed.
    case tlsFailure
    /// A time limit passed.
    case timeout
    /// A size limit was exceeded.
    case limitExceeded
    /// The peer closed the connection before the response was complete, or broke the protocol.
    case brokenResponse
    /// The collector was stopped.
    case aborted
    /// The answer was recorded by someone else and imported: no exchange of ours stands behind it.
    case imported
}

/// The bound that ended an exchange.
public enum ExchangeLimit: String, Sendable, Hashable, Codable, CaseIterable {
    /// The time for the connection.
    case connect
    /// The time for the TLS handshake.
    case handshake
    /// The time to the first byte of the response.
    case firstByte = "first_byte"
    /// The time between two bytes of the response.
    case idle
    /// The smallest rate at which a response may come.
    case rate
    /// The time for everything.
    case total
    /// The size of status line and header.
    case header
    /// The size of the body.
    case body
}

/// One exchange as recorded. Every attempt is one, failed ones too.
public struct Transcript: Sendable, Hashable {
    /// The collection run that made it.
    public let run: String
    /// The model that was asked.
    public let model: ModelIdentity
    /// The probe.
    public let probe: Digest
    /// Which draw of the probe, from 0.
    public let draw: Int
    /// Which attempt at this draw, from 0.
    public let attempt: Int
    /// When the request began: nanoseconds since 1970 by the wall clock.
    public let startedAt: Int64
    /// When the exchange ended: nanoseconds since 1970 by the wall clock.
    public let endedAt: Int64
    /// How long it took, in nanoseconds by the monotonic clock.
    public let elapsed: Int64
    /// The connection.
    public let connection: ConnectionFacts
    /// How the attempt ended.
    public let outcome: AttemptOutcome
    /// The request as it went over the wire, secrets masked.
    public let request: [UInt8]
    /// The response as it came over the wire, or as much of it as came.
    public let response: [UInt8]
    /// What was masked.
    public let redactions: [Redaction]
    /// The bound that the exchange ran into; nil for every other end.
    public let limit: ExchangeLimit?

    /// When the exchange ran.
    public var times: ExchangeTimes {
        ExchangeTimes(
            startedAt: startedAt, endedAt: endedAt, elapsed: elapsed, connection: connection.connection)
    }

    /// Makes a transcript.
    public init(
        run: String, model: ModelIdentity, probe: Digest, draw: Int, attempt: Int, startedAt: Int64, endedAt: Int64,
        elapsed: Int64, connection: ConnectionFacts, outcome: AttemptOutcome, request: [UInt8], response: [UInt8],
        redactions: [Redaction] = [], limit: ExchangeLimit? = nil
    ) {
        self.run = run
        self.model = model
        self.probe = probe
        self.draw = draw
        self.attempt = attempt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.elapsed = elapsed
        self.connection = connection
        self.outcome = outcome
        self.request = request
        self.response = response
        self.redactions = redactions
        self.limit = limit
    }
}
