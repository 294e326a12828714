internal import NIOCore

/// Stands before TLS, sees the bytes of the server as they come, and notes what the server chose.
final class HandshakeTap: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private var reader = ServerHelloReader()
    /// What the server chose, once it has said so.
    private(set) var hello: ServerHello?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if hello == nil { hello = reader.consume(unwrapInboundIn(data).readableBytesView) }
        context.fireChannelRead(data)
    }
}
