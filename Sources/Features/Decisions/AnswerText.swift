/// An answer prepared for reading: the bytes that hold the decision, folded.
///
/// Folding lowers ASCII letters, turns every run of white space into one space, and cuts blanks, quotation marks, emphasis
/// marks and closing punctuation from both ends. Other bytes are untouched.
struct AnswerText: Sendable, Hashable {
    /// The folded bytes.
    let bytes: [UInt8]

    /// Folds bytes.
    init(_ raw: some Sequence<UInt8>) {
        var folded: [UInt8] = []
        var pendingSpace = false
        for byte in raw {
            if Self.isSpace(byte) {
                pendingSpace = !folded.isEmpty
                continue
            }
            if pendingSpace {
                folded.append(UInt8(ascii: " "))
                pendingSpace = false
            }
            folded.append((0x41...0x5A).contains(byte) ? byte + 0x20 : byte)
        }
        self.bytes = Self.trimmed(folded)
    }

    /// The folded text. Bytes that are not UTF-8 appear as hexadecimal escapes, so that different ones stay different.
    var string: String {
        if let valid = String(validating: bytes, as: UTF8.self) { return valid }
        return bytes.map { byte in
            byte < 0x80
                ? String(UnicodeScalar(byte)) : "\\x" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }

    /// Whether a byte belongs to a word: an ASCII letter or digit, or any byte outside ASCII.
    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: true
        default: false
        }
    }

    /// Whether a byte is ASCII white space.
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// Where a word or phrase begins in the text, as whole words.
    func occurrences(of phrase: [UInt8]) -> [Int] {
        guard let first = phrase.first, phrase.count <= bytes.count else { return [] }
        var starts: [Int] = []
        for start in 0...(bytes.count - phrase.count) where bytes[start] == first {
            let end = start + phrase.count
            guard bytes[start..<end].elementsEqual(phrase) else { continue }
            if Self.isWord(first), start > 0, Self.isWord(bytes[start - 1]) { continue }
            if let last = phrase.last, Self.isWord(last), end < bytes.count, Self.isWord(bytes[end]) { continue }
            starts.append(start)
        }
        return starts
    }

    /// The text after the last phrase that announces a final answer; nil if there is none, or nothing follows it.
    var announced: AnswerText? {
        var best: Int?
        for marker in Self.markers {
            guard let start = occurrences(of: marker).last else { continue }
            best = max(best ?? 0, start + marker.count)
        }
        guard let best else { return nil }
        let rest = AnswerText(bytes[best...].drop { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ") })
        return rest.bytes.isEmpty ? nil : rest
    }

    private static let markers: [[UInt8]] = [
        "answer is", "answer:", "answer =", "####", "\\boxed", "i choose", "i would choose", "i pick", "my choice is",
    ].map { Array($0.utf8) }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        let ends: Set<UInt8> = Set("\"'`*_.,;:! ".utf8)
        guard let first = bytes.firstIndex(where: { !ends.contains($0) }),
            let last = bytes.lastIndex(where: { !ends.contains($0) })
        else { return [] }
        return Array(bytes[first...last])
    }
}
