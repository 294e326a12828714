/// Splits an HTTP/1.1 response as its bytes arrive. The client that records and the reader of the record run the same code.
///
/// Strict where leniency makes two readers differ: lines end in CR LF, folded lines and bare line feeds are refused, one
/// length or one chunked coding, no other coding, and nothing after the end.
public struct HTTPResponseParser: Sendable {
    private enum State: Sendable {
        case head
        case fixed(left: Int)
        case untilClose
        case chunkSize
        case chunk(left: Int)
        case chunkEnd
        case trailer
        case complete
    }

    private let limits: HTTPLimits
    private var state = State.head
    // The bytes of an unfinished line block: the head, or a chunk's size line.
    private var line: [UInt8] = []
    private var headerBytes = 0
    private var head: HTTPHead?
    private var body: [UInt8] = []
    private var bodyCount = 0
    private let keepsBody: Bool

    /// Starts before the first byte.
    ///
    /// - Parameters:
    ///   - limits: Bounds of the response.
    ///   - keepsBody: Whether the response is to have its body; otherwise it is only measured, and the response has none.
    public init(limits: HTTPLimits = HTTPLimits(), keepsBody: Bool = true) {
        self.limits = limits
        self.keepsBody = keepsBody
    }

    /// Whether the response has ended by its own account.
    public var isComplete: Bool { if case .complete = state { true } else { false } }

    /// The status, as soon as the head is there.
    public var status: Int? { head?.status }

    /// The response, once it is complete.
    public var response: HTTPResponse? {
        guard isComplete, let head else { return nil }
        return HTTPResponse(status: head.status, fields: head.fields, body: body)
    }

    /// Takes bytes.
    ///
    /// - Throws: `http`, `size`, `encoding`; then the parser is not used again.
    public mutating func consume(_ bytes: ArraySlice<UInt8>) throws(WireFormatsError) {
        var rest = bytes
        while let byte = rest.first {
            switch state {
            case .complete:
                throw WireFormatsError(.http, "\(rest.count) bytes follow the end of the response")
            case .fixed(let left):
                let part = rest.prefix(left)
                rest = rest.dropFirst(left)
                try add(part)
                state = left == part.count ? .complete : .fixed(left: left - part.count)
            case .untilClose:
                try add(rest)
                rest = []
            case .chunk(let left):
                let part = rest.prefix(left)
                rest = rest.dropFirst(left)
                try add(part)
                state = left == part.count ? .chunkEnd : .chunk(left: left - part.count)
            case .head, .chunkSize, .chunkEnd, .trailer:
                rest = rest.dropFirst()
                try take(byte)
            }
        }
    }

    /// Says that the peer has closed the connection.
    ///
    /// - Throws: `truncated` where the response was to go on.
    public mutating func finish() throws(WireFormatsError) {
        switch state {
        case .complete: return
        case .untilClose: state = .complete
        case .head:
            throw WireFormatsError(.truncated, "the connection closed after \(headerBytes) bytes of header")
        case .fixed(let left):
            throw WireFormatsError(
                .truncated, "the connection closed \(left) bytes before the end of a body of \(bodyCount + left)")
        case .chunk, .chunkEnd, .chunkSize, .trailer:
            throw WireFormatsError(.truncated, "the connection closed after \(bodyCount) bytes of a chunked body")
        }
    }

    private mutating func add(_ part: ArraySlice<UInt8>) throws(WireFormatsError) {
        guard bodyCount + part.count <= limits.body else {
            throw WireFormatsError(.size, "the body exceeds \(limits.body) bytes")
        }
        bodyCount += part.count
        if keepsBody { body += part }
    }

    private mutating func take(_ byte: UInt8) throws(WireFormatsError) {
        headerBytes += 1
        line.append(byte)
        // Chunk framing is as bounded as the body that it frames.
        let limit = head == nil ? limits.header : limits.header + limits.body
        guard headerBytes <= limit, line.count <= limits.header else {
            throw WireFormatsError(.size, "the header exceeds \(limits.header) bytes")
        }
        guard byte == UInt8(ascii: "\n") else { return }
        guard line.count >= 2, line[line.count - 2] == UInt8(ascii: "\r") else {
            throw WireFormatsError(.http, "a line ends without a carriage return")
        }
        switch state {
        case .head:
            if line.suffix(4) == [0x0D, 0x0A, 0x0D, 0x0A] { try endHead() }
        case .chunkSize:
            let size = try HTTPHead.chunkSize(line.dropLast(2))
            line = []
            state = size == 0 ? .trailer : .chunk(left: size)
        case .chunkEnd:
            guard line.count == 2 else { throw WireFormatsError(.http, "a chunk is longer than its size") }
            line = []
            state = .chunkSize
        case .trailer:
            if line.count == 2 { state = .complete }
            line = []
        default: break
        }
    }

    private mutating func endHead() throws(WireFormatsError) {
        let parsed = try HTTPHead(lines: line.dropLast(4))
        line = []
        if (100..<200).contains(parsed.status) {
            guard parsed.status != 101 else { throw WireFormatsError(.http, "the server switched protocols") }
            return
        }
        head = parsed
        switch try parsed.framing() {
        case .none, .fixed(0): state = .complete
        case .fixed(let length):
            guard length <= limits.body else {
                throw WireFormatsError(.size, "a body of \(length) bytes is announced; the limit is \(limits.body)")
            }
            state = .fixed(left: length)
        case .chunked: state = .chunkSize
        case .untilClose: state = .untilClose
        }
    }
}
