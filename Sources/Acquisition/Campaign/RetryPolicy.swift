/// When an attempt is made again. Times are in seconds.
public struct RetryPolicy: Sendable, Hashable {
    /// The most attempts at one draw, 1 or more. Attempts that met a server that was not ready do not count.
    public var maximumAttempts: Int
    /// The wait before the second attempt; it doubles with each further one.
    public var firstDelay: Double
    /// The longest wait that the client chooses.
    public var longestDelay: Double
    /// How long a server may say without a break that it is loading, overloaded or rate-limiting.
    public var patience: Double
    /// How many attempts in a row may find nobody listening.
    public var unreachableLimit: Int

    /// Sets the policy; the defaults suit a paid endpoint.
    public init(
        maximumAttempts: Int = 4, firstDelay: Double = 0.5, longestDelay: Double = 30, patience: Double = 300,
        unreachableLimit: Int = 3
    ) {
        self.maximumAttempts = maximumAttempts
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.patience = patience
        self.unreachableLimit = unreachableLimit
    }

    /// The wait after the n-th failure in a row, from 1, in nanoseconds: exponential, times a jitter in [0.5, 1].
    func delay(failures: Int, jitter: Double) -> Int64 {
        let doubled = firstDelay * Double(1 << min(max(failures - 1, 0), 20))
        return Int64(min(doubled, longestDelay) * (0.5 + 0.5 * jitter) * 1e9)
    }
}
