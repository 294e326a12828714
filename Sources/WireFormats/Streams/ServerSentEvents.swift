/// Reads server-sent events (the WHATWG HTML standard, section 9.2.6, "Interpreting an event stream").
///
/// An event that the end of the body cuts off before its empty line is dropped, as the standard asks. So a stream that is cut
/// anywhere yields no half event; what is missing shows in the answer that never ends.
enum ServerSentEvents {
    /// The most events in a body.
    static let maximumCount = 1 << 18

    static func events(_ body: [UInt8]) throws(WireFormatsError) -> [StreamEvent] {
        var events: [StreamEvent] = []
        var name: String?
        var data: [UInt8] = []
        var hasData = false
        var position = body.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while let end = body[position...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
            let line = body[position..<end]
            position = end + 1
            if body[end] == 0x0D, position < body.count, body[position] == 0x0A { position += 1 }
            if line.isEmpty {
                if hasData {
                    guard events.count < maximumCount else {
                        throw WireFormatsError(.size, "the stream has more than \(maximumCount) events")
                    }
                    events.append(StreamEvent(name: name, data: data))
                }
                name = nil
                data = []
                hasData = false
                continue
            }
            let field = line.prefix { $0 != UInt8(ascii: ":") }
            var value = line.dropFirst(field.count + 1)
            if value.first == 0x20 { value = value.dropFirst() }
            if field.elementsEqual("data".utf8) {
                if hasData { data.append(0x0A) }
                data += value
                hasData = true
            } else if field.elementsEqual("event".utf8) {
                name = String(decoding: value, as: UTF8.self)
            }
            // Comments, which have an empty field name, `id` and `retry` say nothing about an answer.
        }
        return events
    }
}
