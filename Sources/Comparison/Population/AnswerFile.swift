internal import FoundationEssentials

/// The answers of one model as an archive stores them.
public struct AnswerFile: Sendable, Equatable {
    /// A layout of answer files.
    public enum Format: String, Sendable, Hashable, Codable, CaseIterable {
        /// `results/MODEL/model_outputs.json`: a list of objects with `instruction` and `output`.
        case alpacaEval = "alpaca-eval"
        /// One object per line with `model`, `prompt` and `output`.
        case jsonLines = "jsonl"
    }

    /// One answer.
    public struct Answer: Sendable, Equatable {
        /// The prompt's text. Two models answered the same probe if and only if the bytes of their prompts are equal.
        public let prompt: String
        /// The answer's text.
        public let output: String

        /// Makes an answer.
        public init(prompt: String, output: String) {
            self.prompt = prompt
            self.output = output
        }
    }

    /// The model's name.
    public let model: String
    /// The answers, in the order of the file; no prompt twice.
    public let answers: [Answer]

    /// Collects the answers of a model.
    ///
    /// - Throws: `ComparisonError` with the code `duplicatedProbe` or `malformedPopulation`.
    public init(model: String, answers: [Answer], file: String) throws(ComparisonError) {
        var seen: [String: Int] = [:]
        for (index, answer) in answers.enumerated() {
            if let first = seen.updateValue(index, forKey: answer.prompt) {
                throw ComparisonError(
                    .duplicatedProbe, "\(file): entries \(first) and \(index) of '\(model)' answer the same prompt")
            }
        }
        guard !answers.isEmpty else {
            throw ComparisonError(.malformedPopulation, "\(file): '\(model)' has no answers")
        }
        self.model = model
        self.answers = answers
    }

    /// Reads one model's file in the layout of the public AlpacaEval archive.
    ///
    /// - Parameters:
    ///   - bytes: The file: a JSON list.
    ///   - model: The model's name, that of the folder. The key `generator` is not trusted: files are renamed there.
    ///   - file: The file's name, for messages.
    /// - Throws: `ComparisonError` that names the file and the entry.
    public init(alpacaEval bytes: [UInt8], model: String, file: String) throws(ComparisonError) {
        let entries: [AlpacaEntry]
        do {
            entries = try JSONDecoder().decode([AlpacaEntry].self, from: Data(bytes))
        } catch {
            throw ComparisonError(
                .malformedPopulation, "\(file): not a list of answers (\(Self.location(of: error)))")
        }
        try self.init(
            model: model, answers: entries.map { Answer(prompt: $0.instruction, output: $0.output) }, file: file)
    }

    /// Reads JSON lines, each an object with `model`, `prompt` and `output`; blank lines are skipped.
    ///
    /// - Returns: One value per model, in the order of their names.
    /// - Throws: `ComparisonError` that names the file and the line.
    public static func jsonLines(_ bytes: [UInt8], file: String) throws(ComparisonError) -> [AnswerFile] {
        var answers: [String: [Answer]] = [:]
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { $0 > UInt8(ascii: " ") }) else { continue }
            do {
                let entry = try JSONDecoder().decode(LineEntry.self, from: Data(line))
                answers[entry.model, default: []].append(Answer(prompt: entry.prompt, output: entry.output))
            } catch {
                throw ComparisonError(
                    .malformedPopulation, "\(file): line \(index + 1) is not an answer (\(location(of: error)))")
            }
        }
        guard !answers.isEmpty else { throw ComparisonError(.malformedPopulation, "\(file): no answers") }
        var files: [AnswerFile] = []
        for model in answers.keys.sorted() {
            files.append(try AnswerFile(model: model, answers: answers[model] ?? [], file: file))
        }
        return files
    }

    private struct AlpacaEntry: Decodable {
        let instruction: String
        let output: String
    }

    private struct LineEntry: Decodable {
        let model: String
        let prompt: String
        let output: String
    }

    private static func location(of error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            "entry \(context.codingPath.compactMap(\.intValue).first.map(String.init) ?? "") has no '\(key.stringValue)'"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "wrong type at "
                + context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
        default: "no JSON"
        }
    }
}
