public import ArgumentParser
public import Comparison
import ContentAddressing
import ForensicTypes
import Foundation

struct PanelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "panel", abstract: "Bring reference populations into one form.",
        subcommands: [PanelImportCommand.self])
}

struct PanelImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read the recorded answers of models of known lineage, and check them.",
        discussion: """
            alpaca-eval: a folder with results/MODEL/model_outputs.json, each a list of {"instruction", "output"}.
            jsonl: a file with one {"model", "prompt", "output"} a line.

            The lineage file says of each model its lineage, base, owner and teachers, and of pairs how they are related. A \
            model that only one of both sides names, a prompt that a model answers twice, answers to other prompts, an \
            ancestry that returns to where it began and too few lineages are refused, naming file and entry.

            Writes three files into a new folder: answers.jsonl, lineage.json, and panel.json with the digests of everything \
            that was read.

            EXAMPLE
              whorl panel import ~/alpaca_eval --format alpaca-eval --lineage lineage.json -o panel
            """)

    @Argument(help: "The folder or file of the answers.")
    var source: String

    @Option(help: "The layout: alpaca-eval or jsonl.")
    var format: AnswerFile.Format

    @Option(help: "The lineage file.")
    var lineage: String

    @Option(name: .shortAndLong, help: "The folder to make.")
    var out: String

    @OptionGroup var output: OutputOptions

    private struct Manifest: Encodable {
        let format = "whorl-panel-1"
        let population: Digest
        let lineages: [Lineage]
        let models: [String]
        let prompts: Int
        let origins: [PopulationFiles.Origin]
    }

    private struct Line: Encodable {
        let model: String
        let prompt: String
        let output: String
    }

    private static func size(_ population: Population) -> String {
        "\(population.models.count.counted("model")) of \(population.lineages.count.counted("lineage")), "
            + population.prompts.count.counted("prompt")
    }

    func run() async throws {
        try await output.reportingErrors {
            guard !FileManager.default.fileExists(atPath: out) else {
                throw CommandError(.cannotWrite, "\(out) exists already and is not overwritten")
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            var lines: [UInt8] = []
            let files = PopulationFiles(source: source, format: format, lineage: lineage)
            let (population, origins) = try files.read(progress: output.progress("read")) { answers in
                for answer in answers.answers {
                    let line = Line(model: answers.model, prompt: answer.prompt, output: answer.output)
                    lines += try encoder.encode(line) + [UInt8(ascii: "\n")]
                }
            }
            let manifest = Manifest(
                population: population.digest, lineages: population.lineages, models: population.models,
                prompts: population.prompts.count, origins: origins)
            try FileBytes.makeFolder(out)
            try FileBytes.write(lines, to: out + "/answers.jsonl")
            try FileBytes.write(FileBytes.read(lineage), to: out + "/lineage.json")
            try FileBytes.write(Array(JSONText.of(manifest).utf8), to: out + "/panel.json")
            try output.print(
                manifest,
                text: """
                    \(Self.size(population))
                    Population \(population.digest)
                    Wrote \(out)
                    """)
        }
    }
}

extension AnswerFile.Format: ExpressibleByArgument {}
