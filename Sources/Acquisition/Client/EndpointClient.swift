internal import CaseStore
internal import ForensicTypes
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
public import WireFormats

/// Speaks HTTP/1.1 with one endpoint and keeps the wire byte for byte.
///
/// Each exchange has a connection of its own. There is no redirect, no retry, no decompression and no cookie: what the
/// caller asks for is what goes over the wire, once.
public struct EndpointClient: Sendable {
    private let configuration: EndpointConfiguration
    private let key: EndpointKey?
    private let mask: SecretMask
    private let tls: NIOSSLContext?
    private let group: MultiThreadedEventLoopGroup

    /// Prepares a client; reads the key and the trust roots.
    ///
    /// - Throws: `secret`, `configuration`.
    public init(_ configuration: EndpointConfiguration) throws(AcquisitionError) {
        let name = configuration.identity.name
        let key: EndpointKey? =
            if let source = configuration.key {
                try EndpointKey(source, style: configuration.keyStyle, endpoint: name)
            } else {
                nil
            }
        try self.init(configuration, key: key)
    }

    init(_ configuration: EndpointConfiguration, key: EndpointKey?) throws(AcquisitionError) {
        self.configuration = configuration
        self.key = key
        mask = SecretMask(secrets: key?.secrets ?? [])
        group = MultiThreadedEventLoopGroup.singleton
        tls = configuration.address.isSecure ? try Self.context(configuration) : nil
    }

    private static func context(_ configuration: EndpointConfiguration) throws(AcquisitionError) -> NIOSSLContext {
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.minimumTLSVersion = .tlsv12
        settings.applicationProtocols = ["http/1.1"]
        if let roots = configuration.trustRoots { settings.trustRoots = .file(roots) }
        do {
            return try NIOSSLContext(configuration: settings)
        } catch {
            throw AcquisitionError(
                .configuration,
                "\(configuration.identity.name): TLS cannot be set up; is `ca_file` a PEM file of certificates?")
        }
    }

    /// Sends a request and waits for the end of the exchange, whatever it is. Cancelling the task ends it as `aborted`.
    public func perform(_ request: ProviderRequest) async -> WireExchange {
        let wire = HTTPRequestWriter.bytes(of: request, configuration: configuration, key: key, at: HostClock.wall())
        let result = await run(wire)
        let sent = mask.mask(wire, part: .request)
        let received = mask.mask(result.response, part: .response)
        return WireExchange(
            startedAt: result.startedAt, endedAt: result.endedAt, elapsed: result.elapsed,
            connection: result.connection, outcome: Self.outcome(result, of: request), request: sent.bytes,
            response: received.bytes,
            redactions: sent.redactions + received.redactions)
    }

    /// The outcome, after a look into a stream: one that is cut, or ends in an error, is broken although its transfer is whole.
    private static func outcome(_ result: WireResult, of request: ProviderRequest) -> AttemptOutcome {
        guard case .http = result.outcome, request.accept != "application/json",
            let response = try? HTTPResponse(wire: result.response),
            ProviderResponse.isBrokenStream(response, target: request.path)
        else { return result.outcome }
        return .brokenResponse
    }

    private func run(_ wire: [UInt8]) async -> WireResult {
        let loop = group.next()
        let promise = loop.makePromise(of: WireResult.self)
        let address = configuration.address
        let job = WireJob(
            request: wire, address: address, timeouts: configuration.timeouts, limits: configuration.limits, tls: tls)
        let cancellation = NIOLoopBoundBox<WireTap?>.makeEmptyBox(eventLoop: loop)
        return await withTaskCancellationHandler {
            loop.execute { WireTap.start(job, on: loop, promise: promise, registration: cancellation) }
            // A task that was cancelled before has called the handler below already, in vain.
            if Task.isCancelled { loop.execute { cancellation.value?.finish(.aborted) } }
            do {
                return try await promise.futureResult.get()
            } catch {
                return WireResult(job, start: ExchangeStart(), outcome: .brokenResponse)
            }
        } onCancel: {
            loop.execute { cancellation.value?.finish(.aborted) }
        }
    }
}

/// When an exchange began, by both clocks.
struct ExchangeStart: Sendable {
    let wall = HostClock.wall()
    let monotonic = HostClock.monotonic()
}

/// What the wire of one exchange yields. The times are taken on the event loop, where nothing waits for a free thread.
struct WireResult: Sendable {
    let outcome: AttemptOutcome
    let connection: ConnectionFacts
    let response: [UInt8]
    let startedAt: Int64
    let endedAt: Int64
    let elapsed: Int64

    /// The result of an exchange that ends now.
    init(
        _ job: WireJob, start: ExchangeStart, outcome: AttemptOutcome, connection: ConnectionFacts? = nil,
        response: [UInt8] = []
    ) {
        self.outcome = outcome
        self.connection = connection ?? job.plainFacts
        self.response = response
        startedAt = start.wall
        endedAt = HostClock.wall()
        elapsed = HostClock.monotonic() - start.monotonic
    }
}

/// What one exchange is to do.
struct WireJob: Sendable {
    let request: [UInt8]
    let address: EndpointAddress
    let timeouts: EndpointConfiguration.Timeouts
    let limits: HTTPLimits
    let tls: NIOSSLContext?

    /// The facts of a connection that never came about.
    var plainFacts: ConnectionFacts { ConnectionFacts(peerAddress: nil, serverName: address.host) }
}
