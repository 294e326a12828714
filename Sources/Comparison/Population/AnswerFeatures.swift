internal import Features

/// What is kept of one answer: enough for every view, and not the text.
struct AnswerFeatures: Sendable {
    /// How many scalars of an answer the character views read.
    static let openingScalars = 600
    /// How many scalars are compared position by position.
    static let alignedScalars = 100
    /// How many scalars of an answer are read at all.
    static let longestScalars = 40_000
    /// The marks whose counts make the format profile.
    static let marks: [[UInt8]] = ["\n", "*", "- ", "#", "1.", ":", "!", "?", "\""].map { Array($0.utf8) }

    /// Keys of the character 4-grams of the first 600 scalars, letters lowered, in order.
    let characters: [UInt32]
    /// The words in order, as hashes.
    let words: [UInt32]
    /// The first scalars.
    let opening: [UInt32]
    /// `ln(1 + count)` of each mark.
    let format: [Float]

    init(_ text: [UInt8]) {
        let scalars = ScalarText(text, limit: Self.longestScalars).scalars
        let folded = scalars.prefix(Self.openingScalars).map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        characters = NGramKeys.keys(ofScalars: folded, length: 4).map(Self.narrowed)
        words = WordSequence(scalars: scalars).words.map(Self.narrowed)
        opening = Array(scalars.prefix(Self.alignedScalars))
        format = Self.marks.map { Float(LogTable.onePlus(Self.occurrences(of: $0, in: text))) }
    }

    /// Keys of word n-grams, in order.
    func wordKeys(_ length: Int) -> [UInt64] { NGramKeys.keys(of: words.map(UInt64.init), length: length) }

    private static func narrowed(_ key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: NGramKeys.mixed(key) >> 32) }

    private static func occurrences(of mark: [UInt8], in text: [UInt8]) -> Int {
        guard let first = mark.first, text.count >= mark.count else { return 0 }
        let second = mark.count > 1 ? mark[1] : nil
        return (0...(text.count - mark.count)).count { start in
            text[start] == first && (second == nil || text[start + 1] == second)
        }
    }
}
