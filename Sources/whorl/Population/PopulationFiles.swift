import Comparison
import ContentAddressing
import ForensicTypes
import Foundation

/// Reads a population from its files, one model at a time, so that the texts of one model are in memory at most.
struct PopulationFiles {
    /// Where the answers are: a folder of the AlpacaEval layout, or a file of JSON lines.
    let source: String
    let format: AnswerFile.Format
    let lineage: String

    /// A file that was read.
    struct Origin: Encodable {
        let file: String
        let sha256: Digest
        let models: [String]
    }

    /// Reads every model that the lineage file names, and hands each to `body` before its texts are dropped.
    func read(
        progress: ProgressBar, body: (AnswerFile) throws -> Void = { _ in }
    ) throws -> (population: Population, origins: [Origin]) {
        let record = try LineageRecord(json: FileBytes.read(lineage), file: lineage)
        var population = Population(record: record)
        var origins: [Origin] = []
        defer { progress.finish() }
        switch format {
        case .alpacaEval:
            let names = record.entries.keys.sorted()
            for (index, name) in names.enumerated() {
                let file = "\(source)/results/\(name)/model_outputs.json"
                let bytes = try FileBytes.read(file)
                let answers = try AnswerFile(alpacaEval: bytes, model: name, file: file)
                try population.add(answers, file: file)
                try body(answers)
                origins.append(Origin(file: file, sha256: SHA256Digest.of(bytes), models: [name]))
                progress.update(done: index + 1, of: names.count)
            }
        case .jsonLines:
            let bytes = try FileBytes.read(source)
            let models = try AnswerFile.jsonLines(bytes, file: source)
            for answers in models {
                try population.add(answers, file: source)
                try body(answers)
            }
            origins.append(Origin(file: source, sha256: SHA256Digest.of(bytes), models: models.map(\.model)))
        }
        try population.validate()
        return (population, origins)
    }
}
