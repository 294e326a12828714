/// Reads one JSON value per line. A last line without its line feed counts, because a cut one is no JSON value.
enum JSONLines {
    /// The most lines in a body.
    static let maximumCount = 1 << 18

    static func events(_ body: [UInt8]) throws(WireFormatsError) -> [StreamEvent] {
        var events: [StreamEvent] = []
        for line in body.split(separator: 0x0A) {
            let data = line.last == 0x0D ? line.dropLast() : line
            guard !data.isEmpty else { continue }
            guard events.count < maximumCount else {
                throw WireFormatsError(.size, "the stream has more than \(maximumCount) lines")
            }
            events.append(StreamEvent(name: nil, data: Array(data)))
        }
        return events
    }
}
