internal import ContentAddressing
internal import ForensicTypes
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import WireFormats

/// The one handler of a connection: sends the request, keeps every byte of the response, and knows when it ends.
///
/// It lives on one event loop. Whatever happens first, an end, an error, a limit, a time-out or a cancellation, finishes
/// the exchange; everything after that is ignored.
final class WireTap: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let job: WireJob
    private let loop: any EventLoop
    private var promise: EventLoopPromise<WireResult>?
    private var parser: HTTPResponseParser
    private var response: [UInt8] = []
    private var channel: (any Channel)?
    private var security: NIOSSLClientHandler?
    private let start = ExchangeStart()
    private var hasSent = false
    private var totalTimer: Scheduled<Void>?
    private var timer: Scheduled<Void>?

    private init(_ job: WireJob, loop: any EventLoop, promise: EventLoopPromise<WireResult>) {
        self.job = job
        self.loop = loop
        self.promise = promise
        parser = HTTPResponseParser(limits: job.limits)
    }

    /// Connects and starts the exchange; called on the loop.
    static func start(
        _ job: WireJob, on loop: any EventLoop, promise: EventLoopPromise<WireResult>,
        registration: NIOLoopBoundBox<WireTap?>
    ) {
        let tap = WireTap(job, loop: loop, promise: promise)
        registration.value = tap
        tap.totalTimer = tap.after(job.timeouts.total) { $0.finish(.timeout) }
        ClientBootstrap(group: loop)
            .connectTimeout(.nanoseconds(Int64(job.timeouts.connect * 1e9)))
            .connect(host: job.address.host, port: job.address.port)
            .assumeIsolated()
            .whenComplete { result in
                switch result {
                case .success(let channel): tap.begin(on: channel)
                case .failure(let error): tap.finish(Self.outcome(ofConnecting: error))
                }
            }
    }

    private func begin(on channel: any Channel) {
        guard promise != nil else {
            channel.close(promise: nil)
            return
        }
        self.channel = channel
        do {
            let pipeline = channel.pipeline.syncOperations
            if let tls = job.tls {
                let handler = try NIOSSLClientHandler(context: tls, serverHostname: job.address.serverName)
                security = handler
                try pipeline.addHandler(handler)
            }
            try pipeline.addHandler(self)
        } catch {
            finish(.tlsFailure)
            return
        }
        // TLS holds the request back until the certificate is verified, so a sent request means a finished handshake.
        let sent = channel.writeAndFlush(ByteBuffer(bytes: job.request)).assumeIsolated()
        sent.whenSuccess { self.hasSent = true }
        timer = after(job.tls == nil ? job.timeouts.firstByte : job.timeouts.connect) { $0.firstTimeout() }
    }

    private func firstTimeout() {
        // The connection's time covers the handshake; then the server has its time for the first byte.
        guard job.tls != nil, hasSent else { return finish(.timeout) }
        timer = after(job.timeouts.firstByte) { $0.finish(.timeout) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard promise != nil else { return }
        let bytes = Array(unwrapInboundIn(data).readableBytesView)
        response += bytes
        timer?.cancel()
        do {
            try parser.consume(bytes[...])
        } catch {
            finish(error.code == .size ? .limitExceeded : .brokenResponse)
            return
        }
        if parser.isComplete {
            finish(.http(status: parser.status ?? 0))
        } else {
            timer = after(job.timeouts.idle) { $0.finish(.timeout) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) { end() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        finish(job.tls != nil && !hasSent ? .tlsFailure : .brokenResponse)
    }

    private func end() {
        guard promise != nil else { return }
        if job.tls != nil && !hasSent { return finish(.tlsFailure) }
        do {
            try parser.finish()
            finish(.http(status: parser.status ?? 0))
        } catch {
            finish(.brokenResponse)
        }
    }

    /// Ends the exchange, once.
    func finish(_ outcome: AttemptOutcome) {
        guard let promise else { return }
        self.promise = nil
        timer?.cancel()
        totalTimer?.cancel()
        promise.succeed(WireResult(job, start: start, outcome: outcome, connection: facts(), response: response))
        channel?.close(promise: nil)
    }

    private func facts() -> ConnectionFacts {
        let peer = channel?.remoteAddress.flatMap { address in
            address.ipAddress.map { host in
                (host.contains(":") ? "[\(host)]" : host) + ":" + String(address.port ?? job.address.port)
            }
        }
        guard hasSent, let security else {
            return ConnectionFacts(peerAddress: peer, serverName: job.address.host)
        }
        let certificate = security.peerCertificate.flatMap { try? $0.toDERBytes() }
        return ConnectionFacts(
            peerAddress: peer, serverName: job.address.host, tlsVersion: Self.name(of: security.tlsVersion),
            certificates: certificate.map { [SHA256Digest.of($0)] } ?? [])
    }

    private func after(_ seconds: Double, _ action: @escaping (WireTap) -> Void) -> Scheduled<Void> {
        loop.assumeIsolated().scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) { [self] in action(self) }
    }

    private static func outcome(ofConnecting error: any Error) -> AttemptOutcome {
        if case .connectTimeout? = error as? ChannelError { return .timeout }
        return .unreachable
    }

    private static func name(of version: TLSVersion?) -> String? {
        switch version {
        case .tlsv12: "TLSv1.2"
        case .tlsv13: "TLSv1.3"
        default: nil
        }
    }
}
