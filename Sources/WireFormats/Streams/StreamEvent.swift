/// One event of a streamed answer, whatever frames it.
struct StreamEvent: Sendable, Hashable {
    /// The event's name where the framing has one: `event` of server-sent events, `:event-type` of an event stream.
    var name: String?
    /// Whether the framing itself says that this is an error, as `:message-type` of an event stream can.
    var isFailure = false
    /// The payload, most often JSON.
    var data: [UInt8]
}

/// How a body is framed.
enum BodyFraming: Sendable, Hashable {
    /// One JSON value.
    case json
    /// Server-sent events (`text/event-stream`).
    case serverSentEvents
    /// One JSON value per line (`application/x-ndjson`).
    case lines
    /// Binary messages with check sums (`application/vnd.amazon.eventstream`).
    case eventStream

    /// The framing that a response declares. A body without a known streaming type is one JSON value.
    init(_ response: HTTPResponse) { self.init(mediaType: response.value(of: "content-type") ?? "") }

    /// The framing that a media type stands for.
    init(mediaType: String) {
        let type = mediaType.prefix { $0 != ";" && $0 != " " }.lowercased()
        switch type {
        case "text/event-stream": self = .serverSentEvents
        case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/json-lines": self = .lines
        case "application/vnd.amazon.eventstream": self = .eventStream
        default: self = .json
        }
    }

    /// The events of a body; nil for one JSON value.
    ///
    /// - Throws: `text`, `size`, `framing`, `truncated`.
    func events(_ body: [UInt8]) throws(WireFormatsError) -> [StreamEvent]? {
        switch self {
        case .json: nil
        case .serverSentEvents: try ServerSentEvents.events(body)
        case .lines: try JSONLines.events(body)
        case .eventStream: try EventStream.events(body)
        }
    }
}
