/// When the exchanges of a kind began. A certificate is valid at all of them if it is at the first and at the last.
struct ExchangeTimes {
    private(set) var count = 1
    /// Nanoseconds since 1970.
    private(set) var first: Int64
    /// Nanoseconds since 1970.
    private(set) var last: Int64

    init(_ time: Int64) {
        first = time
        last = time
    }

    mutating func add(_ time: Int64) {
        count += 1
        first = min(first, time)
        last = max(last, time)
    }
}
