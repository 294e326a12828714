internal import ContentAddressing
internal import ForensicTypes
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import NIOTLS

/// One connection with an endpoint: carries exchanges one after the other, never two at once.
///
/// It lives on one event loop.
final class WireConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Where connections go and how.
    struct Target: Sendable {
        let address: EndpointAddress
        let security: TransportSecurity?
    }

    /// The number of the connection among those of its client, from 0.
    let number: Int
    private let target: Target
    private let loop: any EventLoop
    private var channel: (any Channel)?
    private var secured: NIOSSLClientHandler?
    private let handshake = HandshakeTap()
    private var presented: [[UInt8]] = []
    private var verification: ForensicTypes.CertificateVerification?
    private var applicationProtocol: String?
    private var isEstablished = false
    private var exchanges = 0
    private var current: WireTap?
    private var idleTimer: Scheduled<Void>?
    // Where the connection goes between two exchanges; nil where each has a connection of its own.
    private let pool: ConnectionPool?

    init(number: Int, target: Target, on loop: any EventLoop, pool: ConnectionPool?) {
        self.number = number
        self.target = target
        self.loop = loop
        self.pool = pool
    }

    /// Connects, and starts an exchange; called on the loop.
    func open(with tap: WireTap) {
        attach(tap)
        ClientBootstrap(group: loop)
            .connectTimeout(.nanoseconds(Int64(tap.job.timeouts.connect * 1e9)))
            .connect(host: target.address.host, port: target.address.port)
            .assumeIsolated()
            .whenComplete { result in
                switch result {
                case .success(let channel): self.begin(on: channel)
                case .failure(let error):
                    let isLate = if case .connectTimeout? = error as? ChannelError { true } else { false }
                    tap.finish(isLate ? .timeout : .unreachable, limit: isLate ? .connect : nil)
                }
            }
    }

    /// Starts a further exchange; false where the connection is gone, and then nothing was sent. Called on the loop.
    func reuse(for tap: WireTap) -> Bool {
        idleTimer?.cancel()
        guard current == nil, isEstablished, let channel, channel.isActive else { return false }
        exchanges += 1
        attach(tap)
        send(tap, on: channel)
        return true
    }

    /// Closes the connection, and ends the exchange on it.
    func close() {
        isEstablished = false
        idleTimer?.cancel()
        channel?.close(promise: nil)
    }

    private func attach(_ tap: WireTap) {
        current = tap
        tap.facts = { [self] in (facts(), presented) }
        tap.onEnd = { [self] isReusable in
            current = nil
            guard isReusable, isEstablished, let pool, channel?.isActive == true else { return close() }
            idleTimer = loop.assumeIsolated().scheduleTask(in: ConnectionPool.idleTime) { [self] in
                pool.forget(number)
                close()
            }
            pool.put(self, on: loop)
        }
    }

    private func begin(on channel: any Channel) {
        self.channel = channel
        guard let tap = current, tap.isOpen else { return close() }
        do {
            let pipeline = channel.pipeline.syncOperations
            if let security = target.security {
                let handler = try client(security)
                secured = handler
                try pipeline.addHandlers([handshake, handler])
                tap.allow(tap.job.timeouts.connect, .handshake)
            }
            try pipeline.addHandler(self)
        } catch {
            tap.finish(target.security == nil ? .brokenResponse : .tlsFailure)
            return
        }
        if target.security == nil { establish(on: channel) }
    }

    private func client(_ security: TransportSecurity) throws -> NIOSSLClientHandler {
        let connection = NIOLoopBound(self, eventLoop: loop)
        return try NIOSSLClientHandler(
            context: security.context, serverHostname: target.address.serverName
        ) { certificates, promise in
            let chain = certificates.map { (try? $0.toDERBytes()) ?? [] }
            connection.value.presented = chain
            Task {
                let result = await security.certificates.verify(chain)
                promise.futureResult.eventLoop.execute {
                    connection.value.verification = result
                    promise.succeed(result == .verified ? .certificateVerified : .failed)
                }
            }
        }
    }

    private func establish(on channel: any Channel) {
        isEstablished = true
        guard let tap = current else { return close() }
        send(tap, on: channel)
    }

    private func send(_ tap: WireTap, on channel: any Channel) {
        tap.allow(tap.job.timeouts.firstByte, .firstByte)
        channel.writeAndFlush(ByteBuffer(bytes: tap.job.request), promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let agreed)? = event as? TLSUserEvent {
            applicationProtocol = agreed
            establish(on: context.channel)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let current else {
            // Nobody asked: what follows on this connection could not be told from it.
            pool?.forget(number)
            return close()
        }
        current.receive(Array(unwrapInboundIn(data).readableBytesView))
    }

    func channelInactive(context: ChannelHandlerContext) {
        pool?.forget(number)
        guard let tap = current else { return close() }
        if target.security != nil && !isEstablished { return tap.finish(.tlsFailure) }
        tap.endOfInput()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        pool?.forget(number)
        guard let tap = current else { return close() }
        tap.finish(target.security != nil && !isEstablished ? .tlsFailure : .brokenResponse)
    }

    private func facts() -> ConnectionFacts {
        let peer = channel?.remoteAddress.flatMap { address in
            address.ipAddress.map { host in
                (host.contains(":") ? "[\(host)]" : host) + ":" + String(address.port ?? target.address.port)
            }
        }
        return ConnectionFacts(
            peerAddress: peer, serverName: target.address.host,
            tlsVersion: isEstablished || verification != nil ? Self.name(of: secured?.tlsVersion) : nil,
            tlsCipher: handshake.hello?.cipherName, applicationProtocol: applicationProtocol,
            verification: verification, certificates: presented.map { SHA256Digest.of($0) },
            connection: channel == nil ? nil : number, exchange: channel == nil ? nil : exchanges)
    }

    private static func name(of version: TLSVersion?) -> String? {
        switch version {
        case .tlsv12: "TLSv1.2"
        case .tlsv13: "TLSv1.3"
        default: nil
        }
    }
}
