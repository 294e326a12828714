public import ForensicTypes

/// Reads decisions from the free text of answers to one probe.
///
/// The text is read in this order: the value of a JSON member `"answer"` if there is one; what follows a phrase that announces
/// an answer ("the answer is", "####", …) if it can be read; else the whole text. Whatever holds two different values, and does
/// not say which one is meant, is missing.
public struct DecisionParser: Sendable {
    /// The longest answer that is read, in bytes. A longer one is missing.
    public static let longestAnswer = 1 << 20
    /// The longest open answer that counts as a label, in bytes after folding.
    public static let longestLabel = 160

    private let reading: Reading
    private let choices: ChoiceReader?

    /// Makes the parser of a probe.
    public init(probe: Probe) {
        self.reading = probe.reading
        if case .choice(let options) = probe.reading {
            self.choices = ChoiceReader(options: options, prompt: probe.prompt)
        } else {
            self.choices = nil
        }
    }

    /// Reads an answer.
    public func parse(_ text: [UInt8]) -> ParsedDecision {
        switch reading {
        case .nextToken, .promptTokens: return .missing(.notAsked)
        case .text, .choice, .number, .integerList: break
        }
        guard text.count <= Self.longestAnswer else { return .missing(.tooLong) }
        guard text.contains(where: { !AnswerText.isSpace($0) }) else { return .missing(.empty) }
        switch AnswerField.find(in: text) {
        case .truncated: return .missing(.truncated)
        case .value(let value): return read(value, isField: true)
        case .absent: return read(text, isField: false)
        }
    }

    /// The place, from 0, at which the probe shows the option that was chosen; nil where it shows its options behind no letters.
    public func place(of decision: Decision) -> Int? { choices?.place(of: decision) }

    private func read(_ text: [UInt8], isField: Bool) -> ParsedDecision {
        let answer = AnswerText(text)
        guard !answer.bytes.isEmpty else { return .missing(.empty) }
        if let announced = answer.announced, case .decision(let decision) = readFolded(announced, isFinal: true) {
            return .decision(decision)
        }
        return readFolded(answer, isFinal: isField)
    }

    private func readFolded(_ answer: AnswerText, isFinal: Bool) -> ParsedDecision {
        switch reading {
        case .choice: choices?.read(answer) ?? .missing(.notAsked)
        case .number: NumberReader.read(answer, takesFirst: isFinal)
        case .integerList: IntegerListReader.read(answer)
        case .text: label(answer)
        case .nextToken, .promptTokens: .missing(.notAsked)
        }
    }

    /// A short answer is its own label; a long one is prose and holds none.
    private func label(_ answer: AnswerText) -> ParsedDecision {
        guard answer.bytes.count <= Self.longestLabel else { return .missing(.nothingFound) }
        return .decision(.label(answer.string))
    }

    /// The decision that a probe's correct answer stands for; nil if the probe has none or it cannot be read.
    public func gold(of probe: Probe) -> Decision? {
        probe.gold.flatMap { parse(Array($0.utf8)).decision }
    }
}
