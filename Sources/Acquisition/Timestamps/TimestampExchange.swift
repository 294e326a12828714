internal import NIOCore
internal import NIOSSL
internal import WireFormats

/// The handler of one connection to a time-stamp authority: sends the request, gathers the response, and closes.
final class TimestampExchange: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let request: [UInt8]
    private let promise: EventLoopPromise<[UInt8]>
    private var parser: HTTPResponseParser
    private var isDone = false

    init(request: [UInt8], limit: Int, promise: EventLoopPromise<[UInt8]>) {
        self.request = request
        self.promise = promise
        parser = HTTPResponseParser(limits: HTTPLimits(header: 16 << 10, body: limit))
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: request)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDone else { return }
        do {
            try parser.consume(Array(unwrapInboundIn(data).readableBytesView)[...])
        } catch {
            return fail(context, "the answer is not one HTTP response within the limits")
        }
        if parser.isComplete { conclude(context) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard !isDone else { return }
        do {
            try parser.finish()
            conclude(context)
        } catch {
            fail(context, "the connection ended inside the answer")
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A peer that ends TLS without saying so has not sent the whole answer, unless its length said so before.
        guard !isDone else { return }
        isDone = true
        promise.fail(error)
        context.close(promise: nil)
    }

    private func conclude(_ context: ChannelHandlerContext) {
        guard let response = parser.response else { return fail(context, "there is no answer") }
        guard response.status == 200 else {
            return fail(context, "the authority answers with HTTP status \(response.status)")
        }
        isDone = true
        promise.succeed(response.body)
        context.close(promise: nil)
    }

    private func fail(_ context: ChannelHandlerContext, _ reason: String) {
        isDone = true
        promise.fail(AcquisitionError(.notReady, reason))
        context.close(promise: nil)
    }
}
