/// The facts of the connection that an exchange ran over.
public struct ConnectionFacts: Sendable, Hashable, Codable {
    /// The peer's address and port, for example `127.0.0.1:8080`.
    public let peerAddress: String?
    /// The host name asked for.
    public let serverName: String
    /// The TLS version, for example `TLSv1.3`; nil for plain text.
    public let tlsVersion: String?
    /// Digests of the certificates that the server presented, leaf first.
    public let certificates: [Digest]

    /// Makes the facts of a connection.
    public init(peerAddress: String?, serverName: String, tlsVersion: String? = nil, certificates: [Digest] = []) {
        self.peerAddress = peerAddress
        self.serverName = serverName
        self.tlsVersion = tlsVersion
        self.certificates = certificates
    }

    private enum CodingKeys: String, CodingKey {
        case peerAddress = "peer_address"
        case serverName = "server_name"
        case tlsVersion = "tls_version"
        case certificates
    }
}

/// How an attempt ended.
public enum AttemptOutcome: Sendable, Hashable {
    /// A complete HTTP response with this status.
    case http(status: Int)
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

/// A span of bytes that was masked, at the same length, before anything was written.
public struct Redaction: Sendable, Hashable, Codable {
    /// Where bytes were masked.
    public enum Part: String, Sendable, Hashable, Codable {
        /// The request.
        case request
        /// The response, where the server echoed a secret.
        case response
    }

    /// Where bytes were masked.
    public let part: Part
    /// The first masked byte, from 0.
    public let offset: Int
    /// How many bytes were masked.
    public let length: Int

    /// Makes a redaction.
    public init(part: Part, offset: Int, length: Int) {
        self.part = part
        self.offset = offset
        self.length = length
    }
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

    /// When the exchange ran.
    public var times: ExchangeTimes { ExchangeTimes(startedAt: startedAt, endedAt: endedAt, elapsed: elapsed) }

    /// Makes a transcript.
    public init(
        run: String, model: ModelIdentity, probe: Digest, draw: Int, attempt: Int, startedAt: Int64, endedAt: Int64,
        elapsed: Int64, connection: ConnectionFacts, outcome: AttemptOutcome, request: [UInt8], response: [UInt8],
        redactions: [Redaction] = []
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
    }
}
