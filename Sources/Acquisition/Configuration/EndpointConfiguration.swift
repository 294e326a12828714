public import ForensicTypes
public import WireFormats

/// Everything that is needed to ask one endpoint: the content of its TOML file.
public struct EndpointConfiguration: Sendable, Hashable {
    /// Where the key of an endpoint comes from. Never from the command line, never from the environment.
    public enum KeySource: Sendable, Hashable {
        /// A file whose first line is the key; for signatures of AWS, a file of its credentials.
        case file(String)
        /// An open file descriptor from which the same can be read.
        case descriptor(Int)
    }

    /// How long to wait, in seconds.
    public struct Timeouts: Sendable, Hashable {
        /// For the connection, TLS included.
        public var connect: Double
        /// From the request to the first byte of the answer.
        public var firstByte: Double
        /// Between two bytes of the answer.
        public var idle: Double
        /// For everything.
        public var total: Double
        /// The least average rate of an answer that has begun, in bytes per second.
        public var minimumRate: Double
        /// Over how long the rate is averaged, in seconds.
        public var rateWindow: Double

        /// Sets the limits; the defaults are 10, 120, 60 and 300 seconds, and 8 bytes per second over 30 seconds.
        public init(
            connect: Double = 10, firstByte: Double = 120, idle: Double = 60, total: Double = 300,
            minimumRate: Double = 8, rateWindow: Double = 30
        ) {
            self.connect = connect
            self.firstByte = firstByte
            self.idle = idle
            self.total = total
            self.minimumRate = minimumRate
            self.rateWindow = rateWindow
        }
    }

    /// The model behind the endpoint: name, role and lineage.
    public var identity: ModelIdentity
    /// Where it is.
    public var address: EndpointAddress
    /// The name by which the endpoint knows the model.
    public var model: String
    /// The interface that it speaks.
    public var provider: ProviderProtocol
    /// Whether answers are asked for as streams.
    public var isStreaming = false
    /// The version of the interface to name; nil names the protocol's usual one.
    public var apiVersion: String?
    /// Parameters that are not sent, because the endpoint refuses them.
    public var omittedParameters: Set<ProviderSettings.Parameter> = []
    /// Where its key comes from; nil for an endpoint without keys.
    public var key: KeySource?
    /// How the key is presented.
    public var keyStyle: KeyStyle
    /// The region for signatures of AWS; nil where none are made.
    public var region: String?
    /// A file of certificates (PEM) to trust instead of the system's; nil for the system's.
    public var trustRoots: String?
    /// The value of the `User-Agent` field; nil sends none.
    public var userAgent: String?
    /// How long to wait.
    public var timeouts: Timeouts
    /// The most requests at the same time.
    public var maximumConcurrency: Int
    /// The most requests per minute, evenly spaced; nil for no limit.
    public var requestsPerMinute: Double?
    /// The most requests in the whole case, failed ones included; nil for no limit.
    public var maximumRequests: Int?
    /// Bounds of an answer.
    public var limits: HTTPLimits
    /// Whether a connection carries one exchange after the other; otherwise each has a connection of its own.
    public var reusesConnections = true
    /// What it may cost.
    public var budget = EndpointBudget()

    /// Describes an endpoint in code.
    public init(
        identity: ModelIdentity, address: EndpointAddress, model: String, provider: ProviderProtocol = .openAI,
        key: KeySource? = nil, trustRoots: String? = nil, userAgent: String? = nil, timeouts: Timeouts = Timeouts(),
        maximumConcurrency: Int = 1, requestsPerMinute: Double? = nil, maximumRequests: Int? = nil,
        limits: HTTPLimits = HTTPLimits()
    ) {
        self.identity = identity
        self.address = address
        self.model = model
        self.provider = provider
        self.key = key
        keyStyle = provider.keyStyle
        self.trustRoots = trustRoots
        self.userAgent = userAgent
        self.timeouts = timeouts
        self.maximumConcurrency = maximumConcurrency
        self.requestsPerMinute = requestsPerMinute
        self.maximumRequests = maximumRequests
        self.limits = limits
    }

    /// What the requests to the provider depend on.
    public var providerSettings: ProviderSettings {
        ProviderSettings(
            provider: provider, model: model, isStreaming: isStreaming, apiVersion: apiVersion,
            omitted: omittedParameters)
    }
}
