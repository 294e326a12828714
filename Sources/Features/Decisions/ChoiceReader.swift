internal import ForensicTypes

/// Reads which of a few options an answer names.
struct ChoiceReader: Sendable {
    private let options: [AnswerText]
    private let lettered: Bool

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - options: The options in the order in which the probe shows them.
    ///   - lettered: Whether the probe marks them A, B, C …; only then does a letter stand for an option.
    init(options: [String], lettered: Bool) {
        self.options = options.map { AnswerText($0.utf8) }
        self.lettered = lettered
    }

    /// Whether a prompt shows every option behind its letter, as "A) …", "A. …", "A: …" or "(A) …".
    static func isLettered(_ prompt: Prompt, _ options: [String]) -> Bool {
        let text =
            switch prompt {
            case .raw(let raw): raw
            case .chat(let messages): messages.map(\.content).joined(separator: "\n")
            }
        let folded = AnswerText(text.utf8)
        guard (1...26).contains(options.count) else { return false }
        return options.enumerated().allSatisfy { index, option in
            let letter = UInt8(ascii: "a") + UInt8(index)
            let content = AnswerText(option.utf8).bytes
            return [") ", ". ", ": "].contains { mark in
                !folded.occurrences(of: [letter] + Array(mark.utf8) + content).isEmpty
            }
        }
    }

    /// Reads an answer: by content where it names one option, else by letter.
    func read(_ answer: AnswerText) -> ParsedDecision {
        if let index = options.firstIndex(of: answer) { return decision(index) }
        let named = namedOptions(in: answer)
        if named.count == 1, let index = named.first { return decision(index) }
        if named.count > 1 { return .missing(.ambiguous) }
        return letter(in: answer)
    }

    private func decision(_ index: Int) -> ParsedDecision { .decision(.choice(options[index].string)) }

    /// The options that occur as whole words, not behind "not", and not only inside a longer option.
    private func namedOptions(in answer: AnswerText) -> [Int] {
        let spans = options.map { option in
            answer.occurrences(of: option.bytes).filter { !Self.isDenied(answer, at: $0) }
                .map { $0..<($0 + option.bytes.count) }
        }
        return options.indices.filter { index in
            spans[index].contains { span in
                !options.indices.contains { other in
                    options[other].bytes.count > options[index].bytes.count
                        && spans[other].contains {
                            $0.lowerBound <= span.lowerBound && span.upperBound <= $0.upperBound
                        }
                }
            }
        }
    }

    private static func isDenied(_ answer: AnswerText, at start: Int) -> Bool {
        let denial = Array("not ".utf8)
        guard start >= denial.count else { return false }
        return answer.bytes[(start - denial.count)..<start].elementsEqual(denial)
            && (start == denial.count || !AnswerText.isWord(answer.bytes[start - denial.count - 1]))
    }

    /// A letter alone, or one at the front that is marked as "b)", "b." or "(b)".
    private func letter(in answer: AnswerText) -> ParsedDecision {
        guard lettered else { return .missing(.nothingFound) }
        var bytes = answer.bytes[...]
        for word in ["option ", "choice "] where bytes.starts(with: Array(word.utf8)) {
            bytes = bytes.dropFirst(word.utf8.count)
        }
        if bytes.first == UInt8(ascii: "(") || bytes.first == UInt8(ascii: "[") { bytes = bytes.dropFirst() }
        guard let first = bytes.first, (0x61...0x7A).contains(first), Int(first) - 0x61 < options.count else {
            return .missing(.nothingFound)
        }
        let marks: Set<UInt8> = Set(").:]".utf8)
        guard bytes.count == 1 || marks.contains(bytes[bytes.startIndex + 1]) else { return .missing(.nothingFound) }
        return decision(Int(first) - 0x61)
    }
}
