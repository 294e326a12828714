public import CaseStore
internal import ForensicTypes

/// One attempt that the campaign wants made.
public struct CampaignAttempt: Sendable, Hashable {
    /// The index of the endpoint.
    public let endpoint: Int
    /// The draw.
    public let key: DrawKey
    /// The number of the attempt at this draw in the whole case, from 0.
    public let number: Int
    // How many attempts of this campaign failed in a way that counts.
    var failures = 0
    // What was set aside for it.
    var reserved = TokenUsage(prompt: 0, completion: 0)
}

/// What an attempt means for the campaign.
public enum AttemptResult: Sendable, Hashable {
    /// It brought an answer.
    case answered
    /// It failed in a way that may pass; the draw is tried again.
    case failed
    /// The server had closed the connection that was to be used again; the draw is tried again at once.
    case stale
    /// The server is not ready or limits the rate; it may say for how many seconds.
    case busy(retryAfter: Double?)
    /// Nobody listened.
    case unreachable
    /// TLS did not come about, for a reason that may pass.
    case handshakeFailed
    /// The server will never answer this draw.
    case refused
    /// No request to the endpoint will succeed.
    case endpointFault(EndpointFault)
    /// The collector was stopped.
    case aborted
}

/// Why a campaign gives up on an endpoint. The other endpoints go on.
public enum EndpointFault: String, Sendable, Hashable, Codable {
    /// Nobody listens, or the name does not resolve.
    case down
    /// TLS failed.
    case tls
    /// The key is not accepted.
    case wrongKey = "wrong_key"
    /// Nothing is left in the account.
    case quotaExhausted = "quota_exhausted"
    /// The server is not ready and has used up the campaign's patience.
    case notReady = "not_ready"
    /// The server redirects.
    case redirected
    /// The route or the model does not exist.
    case notFound = "not_found"
}
