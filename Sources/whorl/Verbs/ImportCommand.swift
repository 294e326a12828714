import Acquisition
public import ArgumentParser
import CaseStore
import Evidence
public import ForensicTypes
import Foundation
import ProbeGeneration

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take over answers that somebody else recorded.",
        discussion: """
            FILE holds JSON lines: {"model": "panel-3", "probe": "<digest>", "draw": 0, "text": "..."}. A file whose name \
            ends in .har is an HTTP archive, as browsers and proxies write it: its calls of providers are matched to probes \
            by their prompts, and keys and cookies in it are masked. The records are marked as imported for ever: nothing \
            shows when, from where and by whom they were made.

            A model that the plan names keeps the role and lineage it has there; another one is reported as a deviation.

            EXAMPLE
              whorl import acme-2026 answers.jsonl --role panel --lineage llama-3
              whorl import acme-2026 recorded.har --name panel-3 --role panel --lineage llama-3
            """)

    @Argument(help: "The folder of the case.")
    var folder: String

    @Argument(help: "The recorded answers: JSON lines, or an HTTP archive (.har).")
    var file: String

    @Option(help: "The name that the model behind an HTTP archive has in the case.")
    var name: String?

    @Option(help: "What the models are: panel, sibling, redeployment, suspect or protected.")
    var role: ModelRole

    @Option(help: "The lineage of the models. Default: each is a lineage of its own.")
    var lineage: String?

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let models: [ModelIdentity]
        let answers: Int
        let leftOut: [String: Int]
        let run: String

        private enum CodingKeys: String, CodingKey {
            case models, answers, run
            case leftOut = "left_out"
        }
    }

    func run() async throws {
        try await output.reportingErrors {
            let investigation = Investigation(path: folder)
            let sealed = try investigation.sealedPlan()
            let answers = try read(investigation.probeSet(of: sealed.plan).probeSet.probes)
            let planned = try EndpointSource.all(in: investigation.endpointsFolder).map(\.configuration.identity)
            for model in answers.models {
                guard let known = planned.first(where: { $0.name == model.name }), known != model else { continue }
                throw CommandError(
                    .badInput,
                    "the plan knows \(model.name) as \(known.role.rawValue) of lineage \(known.lineage?.name ?? "unknown"); "
                        + "import it with that role and lineage")
            }
            let run = "import-\(UUID().uuidString)"
            try await answers.append(to: investigation.open(.write), run: run)
            try output.print(
                Result(
                    models: answers.models, answers: answers.count,
                    leftOut: Dictionary(uniqueKeysWithValues: answers.leftOut.map { ($0.key.rawValue, $0.value) }),
                    run: run),
                text:
                    "Imported \(answers.count.counted("answer")) of \(answers.models.map(\.name).joined(separator: ", "))"
                    + Self.remainder(answers))
        }
    }

    private func read(_ probes: [IdentifiedProbe]) throws -> AnswerImport {
        let lineage = lineage.map { Lineage($0) }
        guard file.lowercased().hasSuffix(".har") else {
            guard name == nil else {
                throw CommandError(.usage, "--name is for HTTP archives; JSON lines name their models themselves")
            }
            return try AnswerImport(FileBytes.read(file), path: file, role: role, lineage: lineage, probes: probes)
        }
        guard let name else {
            throw CommandError(.usage, "an HTTP archive needs --name: what the model behind it is called in the case")
        }
        return try AnswerImport(
            archive: FileBytes.read(file), path: file, model: name, role: role, lineage: lineage, probes: probes)
    }

    private static func remainder(_ answers: AnswerImport) -> String {
        guard !answers.leftOut.isEmpty else { return "" }
        let reasons = answers.leftOut.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.value) \($0.key.rawValue)" }
        return "; left out: " + reasons.joined(separator: ", ")
    }
}

extension ModelRole: ExpressibleByArgument {}
