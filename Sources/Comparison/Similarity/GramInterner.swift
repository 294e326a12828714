/// Numbers the distinct n-grams of the answers to one probe, in the order in which they are first seen.
///
/// An open-addressing table over 64-bit keys: exact up to collisions of the keys themselves, and free of any per-process seed.
struct GramInterner {
    private struct Slot {
        var key: UInt64
        var number: Int32
        /// The entry of the answer that held the key last, beside the key so that one cache line answers both questions.
        var lastEntry: Int32
    }

    private var slots: [Slot]
    private var mask: Int
    private(set) var keys: [UInt64] = []

    /// Makes a table that expects about `expected` distinct keys and grows where there are more.
    init(expected: Int) {
        var size = 64
        while size < 2 * expected { size *= 2 }
        self.slots = [Slot](repeating: Slot(key: 0, number: -1, lastEntry: -1), count: size)
        self.mask = size - 1
        self.keys.reserveCapacity(expected)
    }

    /// Finds a key, or gives it a new number, and notes `entry` as its last unless the last one is `start` or later.
    ///
    /// - Returns: The key's number, and the entry that held it already if that is `start` or later.
    mutating func find(_ key: UInt64, entry: Int, start: Int) -> (number: Int, held: Int?) {
        var slot = Self.place(key) & mask
        while slots[slot].number >= 0 {
            if slots[slot].key == key {
                let last = Int(slots[slot].lastEntry)
                if last >= start { return (Int(slots[slot].number), last) }
                slots[slot].lastEntry = Int32(entry)
                return (Int(slots[slot].number), nil)
            }
            slot = (slot + 1) & mask
        }
        slots[slot] = Slot(key: key, number: Int32(keys.count), lastEntry: Int32(entry))
        keys.append(key)
        if 10 * keys.count > 7 * slots.count { grow() }
        return (keys.count - 1, nil)
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(key: 0, number: -1, lastEntry: -1), count: 2 * old.count)
        mask = slots.count - 1
        for entry in old where entry.number >= 0 {
            var slot = Self.place(entry.key) & mask
            while slots[slot].number >= 0 { slot = (slot + 1) & mask }
            slots[slot] = entry
        }
    }

    private static func place(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key ^ key >> 29) &* 0x9E37_79B9_7F4A_7C15 >> 32)
    }
}
