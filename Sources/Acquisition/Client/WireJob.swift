internal import CaseStore
internal import ForensicTypes
internal import WireFormats

/// What one exchange is to do.
struct WireJob: Sendable {
    let request: [UInt8]
    let timeouts: EndpointConfiguration.Timeouts
    let limits: HTTPLimits
}

/// When an exchange began, by both clocks.
struct ExchangeStart: Sendable {
    let wall = HostClock.wall()
    let monotonic = HostClock.monotonic()
}

/// What the wire of one exchange yields. The times are taken on the event loop, where nothing waits for a free thread.
struct WireResult: Sendable {
    let outcome: AttemptOutcome
    let limit: ExchangeLimit?
    let connection: ConnectionFacts
    /// The presented certificates in DER, in the server's order.
    let certificates: [[UInt8]]
    let response: [UInt8]
    let startedAt: Int64
    let endedAt: Int64
    let elapsed: Int64

    /// The result of an exchange that ends now.
    init(
        start: ExchangeStart, outcome: AttemptOutcome, limit: ExchangeLimit? = nil, connection: ConnectionFacts,
        certificates: [[UInt8]] = [], response: [UInt8] = []
    ) {
        self.outcome = outcome
        self.limit = limit
        self.connection = connection
        self.certificates = certificates
        self.response = response
        startedAt = start.wall
        endedAt = HostClock.wall()
        elapsed = HostClock.monotonic() - start.monotonic
    }
}
