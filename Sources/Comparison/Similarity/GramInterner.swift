/// Numbers the distinct n-grams of the answers to one probe, in the order in which they are first seen.
///
/// An open-addressing table over 64-bit keys: exact up to collisions of the keys themselves, and free of any per-process seed.
struct GramInterner {
    private var slotKeys: [UInt64]
    private var slotNumbers: [Int32]
    private let mask: Int
    private(set) var keys: [UInt64] = []

    /// Makes a table for at most `capacity` distinct keys.
    init(capacity: Int) {
        var size = 16
        while size < 2 * capacity { size *= 2 }
        self.slotKeys = [UInt64](repeating: 0, count: size)
        self.slotNumbers = [Int32](repeating: -1, count: size)
        self.mask = size - 1
        self.keys.reserveCapacity(capacity / 2)
    }

    /// The number of a key; a new one if the key has not been seen.
    mutating func number(of key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: (key ^ key >> 29) &* 0x9E37_79B9_7F4A_7C15 >> 20) & mask
        while true {
            let number = slotNumbers[slot]
            if number < 0 {
                slotKeys[slot] = key
                slotNumbers[slot] = Int32(keys.count)
                keys.append(key)
                return keys.count - 1
            }
            if slotKeys[slot] == key { return Int(number) }
            slot = (slot + 1) & mask
        }
    }
}
