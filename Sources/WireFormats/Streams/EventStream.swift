/// Reads messages of the event stream encoding of AWS (`application/vnd.amazon.eventstream`).
///
/// A message is the total length and the length of the headers (4 bytes each, big endian), the CRC-32 of these eight bytes,
/// the headers, the payload, and the CRC-32 of everything before it. Both check sums are verified.
enum EventStream {
    /// The greatest length of a message, which the encoding fixes.
    static let maximumLength = 24 << 20
    /// The greatest length of the headers of a message, which the encoding fixes.
    static let maximumHeaderLength = 128 << 10
    private static let overhead = 16

    /// - Throws: `truncated` for a message that the end of the body cuts off, `framing` for lengths, headers or check sums
    ///   that are wrong.
    static func events(_ body: [UInt8]) throws(WireFormatsError) -> [StreamEvent] {
        var events: [StreamEvent] = []
        var position = 0
        while position < body.count {
            guard position + 12 <= body.count else {
                throw WireFormatsError(.truncated, "the stream ends inside a message, after \(body.count) bytes")
            }
            let length = Int(integer(body[position..<(position + 4)]))
            let headers = Int(integer(body[(position + 4)..<(position + 8)]))
            guard
                CyclicRedundancyCheck.crc32(body[position..<(position + 8)])
                    == integer(body[(position + 8)..<(position + 12)])
            else { throw WireFormatsError(.framing, "a message's lengths do not match their check sum") }
            guard length >= overhead, length <= maximumLength, headers <= maximumHeaderLength,
                headers <= length - overhead
            else { throw WireFormatsError(.framing, "a message of \(length) bytes with \(headers) bytes of headers") }
            guard position + length <= body.count else {
                throw WireFormatsError(.truncated, "the stream ends inside a message, after \(body.count) bytes")
            }
            let end = position + length - 4
            guard CyclicRedundancyCheck.crc32(body[position..<end]) == integer(body[end..<(end + 4)]) else {
                throw WireFormatsError(.framing, "a message does not match its check sum")
            }
            let payload = position + 12 + headers
            events.append(try event(headers: body[(position + 12)..<payload], payload: body[payload..<end]))
            position += length
        }
        return events
    }

    private static func event(
        headers: ArraySlice<UInt8>, payload: ArraySlice<UInt8>
    ) throws(WireFormatsError) -> StreamEvent {
        var event = StreamEvent(name: nil, data: Array(payload))
        for (name, value) in try strings(headers) {
            switch name {
            case ":event-type", ":exception-type", ":error-code": event.name = value
            case ":message-type": event.isFailure = value != "event"
            default: break
            }
        }
        return event
    }

    /// The headers whose values are strings; those of other types are passed over.
    private static func strings(_ headers: ArraySlice<UInt8>) throws(WireFormatsError) -> [(String, String)] {
        var found: [(String, String)] = []
        var rest = headers
        func take(_ count: Int) throws(WireFormatsError) -> ArraySlice<UInt8> {
            guard rest.count >= count else { throw WireFormatsError(.framing, "a message's headers end early") }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
        while !rest.isEmpty {
            let name = try take(Int(integer(try take(1))))
            switch integer(try take(1)) {
            case 0, 1: break
            case 2: _ = try take(1)
            case 3: _ = try take(2)
            case 4: _ = try take(4)
            case 5, 8: _ = try take(8)
            case 6: _ = try take(Int(integer(try take(2))))
            case 7:
                let value = try take(Int(integer(try take(2))))
                found.append((String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
            case 9: _ = try take(16)
            default: throw WireFormatsError(.framing, "a header of an unknown type")
            }
        }
        return found
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
}
