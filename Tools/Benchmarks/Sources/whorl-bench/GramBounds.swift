/// What no counting of hashed scalar n-grams of the lengths 3, 4 and 5 can do without, each by itself: the keys with their places, and the counting.
///
/// The keys and their finaliser are those of `NGramKeys`, written out here so that they are compiled into one loop.
struct GramBounds {
    private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// The places of all n-grams of a text's scalars in a table of 2^`bits`, added up and not counted.
    static func placesOnly(_ scalars: [UInt32], bits: Int) -> UInt64 {
        var sum: UInt64 = 0
        forEachPlace(scalars, bits: bits) { sum &+= $0 }
        return sum
    }

    /// The places of all n-grams of a text's scalars, in order.
    static func places(_ scalars: [UInt32], bits: Int) -> [UInt32] {
        var places: [UInt32] = []
        forEachPlace(scalars, bits: bits) { places.append(UInt32(truncatingIfNeeded: $0)) }
        return places
    }

    /// Counts places that are known.
    static func countOnly(_ places: [UInt32], in counts: inout [UInt32]) {
        let places = places.span
        var table = counts.mutableSpan
        for index in places.indices { table[Int(places[index])] &+= 1 }
    }

    @inline(__always)
    private static func forEachPlace(_ scalars: [UInt32], bits: Int, _ body: (UInt64) -> Void) {
        let units = scalars.span
        let shift = UInt64(64 - bits)
        var (one, two, three, four, five): (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
        for index in units.indices {
            let last = UInt64(units[index]) &+ 1
            five = four &* base &+ last
            four = three &* base &+ last
            three = two &* base &+ last
            two = one &* base &+ last
            one = last
            if index >= 2 { body(place(three &+ 3, shift)) }
            if index >= 3 { body(place(four &+ 4, shift)) }
            if index >= 4 { body(place(five &+ 5, shift)) }
        }
    }

    @inline(__always)
    private static func place(_ key: UInt64, _ shift: UInt64) -> UInt64 {
        var value = (key ^ (key &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value &>> 27)) &* 0x94D0_49BB_1331_11EB
        return value &>> shift
    }
}
