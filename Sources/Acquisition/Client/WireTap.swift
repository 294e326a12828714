internal import ForensicTypes
internal import NIOCore
internal import WireFormats

/// One exchange under way: keeps every byte of the response, and knows when it ends.
///
/// It lives on one event loop. Whatever happens first, an end, an error, a limit, a time-out or a cancellation, finishes
/// the exchange; everything after that is ignored.
final class WireTap {
    /// What the exchange is to do.
    let job: WireJob
    private let loop: any EventLoop
    private var promise: EventLoopPromise<WireResult>?
    private var parser: HTTPResponseParser
    private var response = ReceivedBytes()
    private let start = ExchangeStart()
    private var totalTimer: Scheduled<Void>?
    private var timer: Scheduled<Void>?
    private var rateTimer: Scheduled<Void>?
    private var bytesAtLastCheck = 0

    /// Says what is known of the connection.
    var facts: (() -> (ConnectionFacts, certificates: [[UInt8]]))?
    /// Is told once that the exchange has ended, and whether the connection can carry another one.
    var onEnd: ((_ isReusable: Bool) -> Void)?

    init(_ job: WireJob, on loop: any EventLoop, promise: EventLoopPromise<WireResult>) {
        self.job = job
        self.loop = loop
        self.promise = promise
        parser = HTTPResponseParser(limits: job.limits, keepsBody: false)
        totalTimer = after(job.timeouts.total) { $0.finish(.timeout, limit: .total) }
    }

    /// Whether the exchange is still under way.
    var isOpen: Bool { promise != nil }

    /// Whether any byte of a response has come.
    var hasResponse: Bool { !response.isEmpty }

    /// Limits the time of the step that begins now.
    func allow(_ seconds: Double, _ limit: ExchangeLimit) {
        timer?.cancel()
        timer = after(seconds) { $0.finish(.timeout, limit: limit) }
    }

    /// Takes bytes of the response.
    func receive(_ bytes: [UInt8]) {
        guard promise != nil else { return }
        if response.isEmpty { watchRate() }
        response.append(bytes)
        // The framing of a chunked body is bounded as well: tiny chunks would make the wire many times the body.
        guard response.count <= job.limits.header + job.limits.body + job.limits.body / 4 else {
            return finish(.limitExceeded, limit: .body)
        }
        do {
            try parser.consume(bytes[...])
        } catch {
            if error.code == .size {
                finish(.limitExceeded, limit: parser.status == nil ? .header : .body)
            } else {
                finish(.brokenResponse)
            }
            return
        }
        if parser.isComplete {
            finish(.http(status: parser.status ?? 0))
        } else {
            allow(job.timeouts.idle, .idle)
        }
    }

    /// The peer has closed the connection.
    func endOfInput() {
        guard promise != nil else { return }
        do {
            try parser.finish()
            finish(.http(status: parser.status ?? 0))
        } catch {
            finish(.brokenResponse)
        }
    }

    /// Ends the exchange, once.
    func finish(_ outcome: AttemptOutcome, limit: ExchangeLimit? = nil) {
        guard let promise else { return }
        self.promise = nil
        for timer in [timer, totalTimer, rateTimer] { timer?.cancel() }
        let known = facts?()
        let result = WireResult(
            start: start, outcome: outcome, limit: limit,
            connection: known?.0 ?? ConnectionFacts(peerAddress: nil, serverName: ""),
            certificates: known?.certificates ?? [], response: response.joined)
        response = ReceivedBytes()
        facts = nil
        let end = onEnd
        onEnd = nil
        // The connection is free before its exchange is told of: who asks next finds it waiting, however threads are scheduled.
        end?(Self.keepsConnection(outcome, parser.response))
        promise.succeed(result)
    }

    // A response that ended by its own account, of a server that does not say that it closes (RFC 9112, section 9.3).
    private static func keepsConnection(_ outcome: AttemptOutcome, _ response: HTTPResponse?) -> Bool {
        guard case .http = outcome, let response else { return false }
        let connection = response.fields.filter { $0.name == "connection" }.map { $0.value.lowercased() }
        let hasLength = response.fields.contains { $0.name == "content-length" || $0.name == "transfer-encoding" }
        return hasLength && !connection.contains { $0.contains("close") }
    }

    // Whoever drips bytes just below the idle limit is stopped by the rate.
    private func watchRate() {
        let window = job.timeouts.rateWindow
        rateTimer = after(window) { tap in
            let count = tap.response.count - tap.bytesAtLastCheck
            guard Double(count) >= tap.job.timeouts.minimumRate * window else {
                return tap.finish(.timeout, limit: .rate)
            }
            tap.bytesAtLastCheck = tap.response.count
            tap.watchRate()
        }
    }

    private func after(_ seconds: Double, _ action: @escaping (WireTap) -> Void) -> Scheduled<Void> {
        loop.assumeIsolated().scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) { [self] in action(self) }
    }
}
