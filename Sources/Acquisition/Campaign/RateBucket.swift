/// A token bucket in whole nanoseconds: so many units per minute, of which some may come at once.
///
/// It is kept as the time at which the bucket will be full again (the generic cell rate algorithm), so that no fraction is lost.
struct RateBucket: Sendable, Hashable {
    private let nanosecondsPerUnit: Double
    // How far ahead of the even pace may be drawn.
    private let burst: Int64
    private var full = Int64.min

    /// - Parameters:
    ///   - perMinute: Units per minute, above 0.
    ///   - burst: How much of the even pace may be drawn ahead, in seconds; 0 spaces the units evenly.
    init(perMinute: Double, burst seconds: Double = 0) {
        nanosecondsPerUnit = 60e9 / perMinute
        burst = Int64(seconds * 1e9)
    }

    /// The earliest time at which units may be taken.
    var opening: Int64 { full == .min ? .min : full - burst }

    /// Takes units. More than the bucket holds may be taken once it is open: the next then wait the longer.
    mutating func take(_ units: Int, at now: Int64) { full = max(now, full) + span(units) }

    /// Gives back units that were taken and not used.
    mutating func giveBack(_ units: Int) {
        if full != .min { full -= span(units) }
    }

    private func span(_ units: Int) -> Int64 { Int64((Double(units) * nanosecondsPerUnit).rounded()) }
}
