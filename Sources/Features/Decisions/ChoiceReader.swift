internal import ForensicTypes

/// Reads which of a few options an answer names.
struct ChoiceReader: Sendable {
    private let options: [AnswerText]
    /// The option behind each letter; nil where the probe shows no letters.
    private let letters: [Int]?

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - options: The options in any order.
    ///   - prompt: The prompt; only where it shows every option behind a letter does a letter stand for an option.
    init(options: [String], prompt: Prompt) {
        self.options = options.map { AnswerText($0.utf8) }
        self.letters = Self.letters(prompt, self.options)
    }

    /// The option that a prompt shows behind each of the letters A, B, C …, as "A) …", "A. …", "A: …" or "(A) …"; nil unless every
    /// option stands behind one letter.
    private static func letters(_ prompt: Prompt, _ options: [AnswerText]) -> [Int]? {
        let text =
            switch prompt {
            case .raw(let raw): raw
            case .chat(let messages): messages.map(\.content).joined(separator: "\n")
            }
        let folded = AnswerText(text.utf8)
        guard (1...26).contains(options.count) else { return nil }
        // A longer option first: "gold ring" is no "gold".
        let longestFirst = options.indices.sorted { (options[$1].bytes.count, $0) < (options[$0].bytes.count, $1) }
        var letters: [Int] = []
        for letter in options.indices {
            let mark = UInt8(ascii: "a") + UInt8(letter)
            let shown = longestFirst.first { option in
                [") ", ". ", ": "].contains { sign in
                    !folded.occurrences(of: [mark] + Array(sign.utf8) + options[option].bytes).isEmpty
                }
            }
            guard let shown, !letters.contains(shown) else { return nil }
            letters.append(shown)
        }
        return letters
    }

    /// The place, from 0, at which the probe shows an option; nil where it shows no letters.
    func place(of decision: Decision) -> Int? {
        guard case .choice(let content) = decision else { return nil }
        return letters?.firstIndex { options[$0].string == content }
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
        guard let letters else { return .missing(.nothingFound) }
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
        return decision(letters[Int(first) - 0x61])
    }
}
