/// Reads the words of a text one by one, by the rule of ``WordSequence``.
struct WordReader {
    private let bytes: [UInt8]
    private let end: Int
    private var index = 0
    /// A word of a single scalar that ended the one before it.
    private var pending: UInt64?

    /// Reads the first `end` bytes of a text.
    init(_ bytes: [UInt8], end: Int) {
        self.bytes = bytes
        self.end = min(end, bytes.count)
    }

    /// The hash of the next word; nil at the end.
    mutating func next() -> UInt64? {
        if let word = pending {
            pending = nil
            return word
        }
        var hash = WordSequence.basis
        var isOpen = false
        while index < end {
            let byte = bytes[index]
            if byte < 0x80 {
                index &+= 1
                // The same as below for a scalar of ASCII, without its cases.
                let lowered = byte | 0x20
                let isDigit = byte &- 0x30 < 10
                if isDigit || lowered &- 0x61 < 26 {
                    hash = (hash ^ UInt64(isDigit ? byte : lowered)) &* WordSequence.prime
                    isOpen = true
                } else if isOpen {
                    return hash
                }
                continue
            }
            let decoded = ScalarText.scalar(in: bytes, at: index)
            index += decoded.length
            let folded = WordSequence.folded(decoded.scalar)
            if folded == 0 {
                if isOpen { return hash }
            } else if WordSequence.standsAlone(folded) {
                let word = (WordSequence.basis ^ UInt64(folded)) &* WordSequence.prime
                guard isOpen else { return word }
                pending = word
                return hash
            } else {
                hash = (hash ^ UInt64(folded)) &* WordSequence.prime
                isOpen = true
            }
        }
        return isOpen ? hash : nil
    }
}
