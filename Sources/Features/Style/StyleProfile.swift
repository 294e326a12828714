/// How a text is written, whatever it is about.
///
/// Every number is a rate or a logarithm, so that texts of different length can be compared; none depends on which content words
/// are used. Models of one maker, and students of one teacher, share style without sharing weights: style is context for a
/// resemblance and never evidence of a copy by itself.
public struct StyleProfile: Sendable, Hashable {
    /// The names of the features, in the order of ``values``.
    public static let names: [String] =
        [
            "log_bytes", "log_words", "log_lines", "mean_word_length", "distinct_word_share", "mean_sentence_words",
            "upper_case_share", "digit_share", "non_ascii_share", "blank_line_share", "bullet_line_share",
            "numbered_line_share", "heading_line_share", "bold_marks_per_100_words", "code_fences_per_100_words",
            "commas_per_100_words", "full_stops_per_100_words", "exclamations_per_100_words",
            "questions_per_100_words", "colons_per_100_words", "semicolons_per_100_words", "dashes_per_100_words",
            "brackets_per_100_words", "double_quotes_per_100_words", "apostrophes_per_100_words",
            "opens_with_digit", "opens_with_mark", "ends_with_full_stop", "ends_with_question",
        ] + functionWords.map { "word_\($0)_per_100_words" }

    /// English function words whose rates are counted.
    static let functionWords = [
        "the", "a", "an", "of", "to", "in", "and", "or", "but", "is", "are", "was", "be", "it", "this", "that", "these",
        "i", "you", "we", "they", "your", "as", "for", "with", "on", "at", "by", "from", "not", "can", "will", "would",
        "should", "may", "if", "so", "also", "however", "there", "here", "some", "such", "more", "very", "while",
    ]

    private static let functionWordHashes: [UInt64: Int] = Dictionary(
        uniqueKeysWithValues: functionWords.enumerated().compactMap { index, word in
            WordSequence(Array(word.utf8)).words.first.map { ($0, index) }
        })

    /// One number per name, finite.
    public let values: [Double]

    /// Measures a text. An empty text has a profile of zeros.
    public init(_ text: [UInt8]) {
        let words = WordSequence(text).words
        let lines = LineShape.count(text)
        let bytes = ByteClasses(text)
        let perWord = words.isEmpty ? 0 : 100 / Double(words.count)
        let perByte = text.isEmpty ? 0 : 1 / Double(text.count)
        let perLine = lines.all == 0 ? 0 : 1 / Double(lines.all)
        var values: [Double] = [
            LogTable.onePlus(text.count), LogTable.onePlus(words.count), LogTable.onePlus(lines.all),
            words.isEmpty ? 0 : Double(bytes.wordBytes) / Double(words.count),
            words.isEmpty ? 0 : Double(Set(words).count) / Double(words.count),
            Double(words.count) / Double(max(1, bytes.sentenceEnds)),
            Double(bytes.upper) * perByte, Double(bytes.digits) * perByte, Double(bytes.nonASCII) * perByte,
            Double(lines.blank) * perLine, Double(lines.bullets) * perLine, Double(lines.numbered) * perLine,
            Double(lines.headings) * perLine, Double(bytes.boldMarks) * perWord, Double(bytes.fences) * perWord,
        ]
        values += ByteClasses.marks.indices.map { Double(bytes.markCounts[$0]) * perWord }
        let opening = text.first { !AnswerText.isSpace($0) } ?? 0
        let closing = text.last { !AnswerText.isSpace($0) } ?? 0
        values.append((0x30...0x39).contains(opening) ? 1 : 0)
        values.append(Set("*#-`\"".utf8).contains(opening) ? 1 : 0)
        values.append(closing == UInt8(ascii: ".") ? 1 : 0)
        values.append(closing == UInt8(ascii: "?") ? 1 : 0)
        var rates = [Double](repeating: 0, count: Self.functionWords.count)
        for word in words {
            if let index = Self.functionWordHashes[word] { rates[index] += perWord }
        }
        self.values = values + rates
    }
}
