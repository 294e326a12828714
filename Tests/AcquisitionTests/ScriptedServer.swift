import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// An HTTP server on loopback that answers by script: it reads whole requests and writes the bytes that it is told.
final class ScriptedServer: Sendable {
    /// A request as it came.
    struct Request: Sendable {
        let head: String
        let body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
        /// The bytes as they came.
        var wire: [UInt8] { Array(head.utf8) + body }
    }

    /// What the server does with a request.
    enum Step: Sendable {
        /// Writes bytes.
        case write([UInt8])
        /// Waits, in milliseconds.
        case wait(Int64)
        /// Closes the connection; under TLS after a close_notify.
        case close
        /// Closes the connection below TLS, without a close_notify.
        case cut
        /// Writes the same bytes again and again until the client closes.
        case flood([UInt8])
    }

    private let channel: any Channel
    private let log: RequestLog

    /// The port that the server listens on.
    let port: Int
    /// The requests so far, in order of their arrival.
    var received: [Request] { log.all }

    private init(channel: any Channel, log: RequestLog) {
        self.channel = channel
        port = channel.localAddress?.port ?? 0
        self.log = log
    }

    final class RequestLog: Sendable {
        private let requests = Mutex<[Request]>([])
        var all: [Request] { requests.withLock { $0 } }
        func add(_ request: Request) -> Int {
            requests.withLock {
                $0.append(request)
                return $0.count - 1
            }
        }
    }

    /// Starts a server; `script` is given each request and its number from 0.
    static func start(
        tls: NIOSSLContext? = nil, script: @escaping @Sendable (Request, Int) -> [Step]
    ) async throws -> ScriptedServer {
        let log = RequestLog()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    let socket = Socket()
                    try pipeline.addHandler(socket)
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    try pipeline.addHandler(Connection(log: log, script: script, socket: socket))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return ScriptedServer(channel: channel, log: log)
    }

    /// Stops listening.
    func stop() async { try? await channel.close() }

    /// The end of the pipeline that is next to the socket.
    private final class Socket: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private var context: ChannelHandlerContext?

        func handlerAdded(context: ChannelHandlerContext) { self.context = context }
        func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }
        func close() { context?.close(promise: nil) }
    }

    private final class Connection: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let log: RequestLog
        private let script: @Sendable (Request, Int) -> [Step]
        private let socket: Socket
        private var bytes: [UInt8] = []

        init(log: RequestLog, script: @escaping @Sendable (Request, Int) -> [Step], socket: Socket) {
            self.log = log
            self.socket = socket
            self.script = script
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            bytes += Array(unwrapInboundIn(data).readableBytesView)
            guard let request = take() else { return }
            perform(script(request, log.add(request))[...], context: context)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

        private func take() -> Request? {
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
            let head = String(text[..<end.upperBound])
            let field = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
            let length = field.flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
            let body = bytes.dropFirst(head.utf8.count)
            guard body.count >= length else { return nil }
            bytes = []
            return Request(head: head, body: Array(body.prefix(length)))
        }

        private func perform(_ steps: ArraySlice<Step>, context: ChannelHandlerContext) {
            guard let step = steps.first, context.channel.isActive else { return }
            let rest = steps.dropFirst()
            switch step {
            case .write(let bytes):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
                perform(rest, context: context)
            case .wait(let milliseconds):
                context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(milliseconds)) {
                    self.perform(rest, context: context)
                }
            case .close: context.close(promise: nil)
            case .cut: socket.close()
            case .flood(let bytes):
                let written = context.channel.writeAndFlush(ByteBuffer(bytes: bytes)).assumeIsolated()
                let loop = context.eventLoop.assumeIsolated()
                // A turn of the loop between two writes: a write that ends at once would otherwise deepen the stack.
                written.whenSuccess { loop.execute { self.perform(steps, context: context) } }
            }
        }
    }
}
