internal import CaseStore
internal import ForensicTypes
internal import NIOCore
internal import NIOPosix
public import WireFormats

/// Speaks HTTP/1.1 with one endpoint and keeps the wire byte for byte.
///
/// A connection carries one exchange after the other, and each says on which connection it ran and as which; where the
/// configuration asks for it, every exchange has a connection of its own. There is no redirect, no retry, no decompression
/// and no cookie: what the caller asks for is what goes over the wire, once.
public struct EndpointClient: Sendable {
    private let configuration: EndpointConfiguration
    private let key: EndpointKey?
    private let mask: SecretMask
    private let target: WireConnection.Target
    private let group: MultiThreadedEventLoopGroup
    private let connections: Connections

    // Closes what waits when the last copy of the client is gone.
    private final class Connections: Sendable {
        let pool = ConnectionPool()
        deinit { pool.closeAll() }
    }

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
        // These stand in records, in plans and in bundles, and the host in the open part of a handshake.
        for text in [
            configuration.address.host, configuration.address.path, configuration.model, configuration.identity.name,
        ] {
            guard mask.mask(Array(text.utf8), part: .request).redactions.isEmpty else {
                throw AcquisitionError(
                    .secret,
                    "the key stands in the address, model or name of an endpoint; it belongs into its key file alone")
            }
        }
        group = MultiThreadedEventLoopGroup.singleton
        connections = Connections()
        target = WireConnection.Target(
            address: configuration.address,
            security: configuration.address.isSecure ? try TransportSecurity(configuration) : nil)
    }

    /// Sends a request and waits for the end of the exchange, whatever it is. Cancelling the task ends it as `aborted`.
    public func perform(_ request: ProviderRequest) async -> WireExchange {
        let wire = HTTPRequestWriter.bytes(of: request, configuration: configuration, key: key, at: HostClock.wall())
        let result = await run(wire)
        let sent = mask.mask(wire, part: .request)
        let received = mask.mask(result.response, part: .response)
        return WireExchange(
            startedAt: result.startedAt, endedAt: result.endedAt, elapsed: result.elapsed,
            connection: result.connection, certificates: kept(result.certificates),
            outcome: Self.outcome(result, of: request), limit: result.limit, request: sent.bytes,
            response: received.bytes,
            redactions: sent.redactions + received.redactions)
    }

    /// Certificates to keep: one in which a server has put the key is known by its digest alone.
    private func kept(_ certificates: [[UInt8]]) -> [[UInt8]] {
        guard key != nil else { return certificates }
        return certificates.filter { mask.mask($0, part: .request).redactions.isEmpty }
    }

    /// The outcome, after a look into the body: a stream that is cut, or ends in an error, is broken though its transfer is
    /// whole, and an error object is no answer though its status is one of success.
    private static func outcome(_ result: WireResult, of request: ProviderRequest) -> AttemptOutcome {
        guard case .http(let status) = result.outcome, (200..<300).contains(status),
            let response = try? HTTPResponse(wire: result.response)
        else { return result.outcome }
        if ProviderResponse.isError(response) { return .errorAnswer(status: status) }
        let isStream = request.accept != "application/json"
        return isStream && ProviderResponse.isBrokenStream(response, target: request.path)
            ? .brokenResponse : result.outcome
    }

    private func run(_ wire: [UInt8]) async -> WireResult {
        let waiting = configuration.reusesConnections ? connections.pool.take() : nil
        let loop = waiting?.loop ?? group.next()
        let promise = loop.makePromise(of: WireResult.self)
        let job = WireJob(request: wire, timeouts: configuration.timeouts, limits: configuration.limits)
        let registration = NIOLoopBoundBox<WireTap?>.makeEmptyBox(eventLoop: loop)
        return await withTaskCancellationHandler {
            loop.execute {
                let tap = WireTap(job, on: loop, promise: promise)
                registration.value = tap
                if let waiting, waiting.connection.value.reuse(for: tap) { return }
                let pool = connections.pool
                WireConnection(
                    number: pool.nextNumber(), target: target, on: loop,
                    pool: configuration.reusesConnections ? pool : nil
                ).open(with: tap)
            }
            // A task that was cancelled before has called the handler below already, in vain.
            if Task.isCancelled { loop.execute { registration.value?.finish(.aborted) } }
            do {
                return try await promise.futureResult.get()
            } catch {
                return WireResult(
                    start: ExchangeStart(), outcome: .brokenResponse,
                    connection: ConnectionFacts(peerAddress: nil, serverName: target.address.host))
            }
        } onCancel: {
            loop.execute { registration.value?.finish(.aborted) }
        }
    }
}
