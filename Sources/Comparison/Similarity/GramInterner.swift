/// Numbers the distinct n-grams of the answers to one probe, in the order in which they are first seen.
///
/// An open-addressing table over 64-bit keys: exact up to collisions of the keys themselves, and free of any per-process seed.
struct GramInterner {
    private struct Slot {
        var key: UInt64
        var number: Int32
    }

    private var slots: [Slot]
    private var mask: Int
    private(set) var keys: [UInt64] = []

    /// Makes a table that expects about `expected` distinct keys and grows where there are more.
    init(expected: Int) {
        var size = 64
        while size < 2 * expected { size *= 2 }
        self.slots = [Slot](repeating: Slot(key: 0, number: -1), count: size)
        self.mask = size - 1
        self.keys.reserveCapacity(expected)
    }

    /// The number of a key; a new one if the key has not been seen.
    mutating func number(of key: UInt64) -> Int {
        var slot = Self.place(key) & mask
        while slots[slot].number >= 0 {
            if slots[slot].key == key { return Int(slots[slot].number) }
            slot = (slot + 1) & mask
        }
        slots[slot] = Slot(key: key, number: Int32(keys.count))
        keys.append(key)
        if 10 * keys.count > 7 * slots.count { grow() }
        return keys.count - 1
    }

    private mutating func grow() {
        let size = 2 * slots.count
        slots = [Slot](repeating: Slot(key: 0, number: -1), count: size)
        mask = size - 1
        for (number, key) in keys.enumerated() {
            var slot = Self.place(key) & mask
            while slots[slot].number >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Slot(key: key, number: Int32(number))
        }
    }

    private static func place(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key ^ key >> 29) &* 0x9E37_79B9_7F4A_7C15 >> 32)
    }
}
