/// When an exchange ran.
public struct ExchangeTimes: Sendable, Hashable {
    /// When the request began: nanoseconds since 1970 by the wall clock of the collector.
    public let startedAt: Int64
    /// When the exchange ended: nanoseconds since 1970 by the wall clock of the collector.
    public let endedAt: Int64
    /// How long it took, in nanoseconds by the monotonic clock.
    public let elapsed: Int64
    /// The number of the connection among those of its run to its endpoint; nil where that is not known.
    public let connection: Int?

    /// Makes the times of an exchange.
    public init(startedAt: Int64, endedAt: Int64, elapsed: Int64, connection: Int? = nil) {
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.elapsed = elapsed
        self.connection = connection
    }
}
