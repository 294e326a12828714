import Foundation

/// Answers of real models out of an archive in the layout `FOLDER/results/MODEL/model_outputs.json`.
struct RecordedTexts {
    private struct Entry: Decodable {
        let instruction: String
        let output: String?
    }

    /// By probe, then by model; nil where a model did not answer.
    let probes: [[[UInt8]?]]

    /// Reads the first models of an archive, in the order of their names.
    ///
    /// - Parameter probes: How many probes are wanted; an archive with fewer prompts gives them several times.
    init(folder: String, models: Int, probes: Int) throws {
        let results = folder + "/results"
        let names = try FileManager.default.contentsOfDirectory(atPath: results).sorted().prefix(models)
        let answers = try names.map { name in
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(results)/\(name)/model_outputs.json"))
            let entries = try JSONDecoder().decode([Entry].self, from: data)
            return Dictionary(entries.map { ($0.instruction, $0.output) }, uniquingKeysWith: { first, _ in first })
        }
        let prompts = Set(answers.flatMap(\.keys)).sorted()
        self.probes = (0..<probes).map { number in
            answers.map { $0[prompts[number % prompts.count]].flatMap { $0 }.map { Array($0.utf8) } }
        }
    }
}
