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
            FILE holds JSON lines: {"model": "panel-3", "probe": "<digest>", "draw": 0, "text": "..."}. The records are \
            marked as imported for ever: nothing shows when, from where and by whom they were made.

            A model that the plan names keeps the role and lineage it has there; another one is reported as a deviation.

            EXAMPLE
              whorl import acme-2026 answers.jsonl --role panel --lineage llama-3
            """)

    @Argument(help: "The folder of the case.")
    var folder: String

    @Argument(help: "The recorded answers, as JSON lines.")
    var file: String

    @Option(help: "What the models are: panel, sibling, redeployment, suspect or protected.")
    var role: ModelRole

    @Option(help: "The lineage of the models. Default: each is a lineage of its own.")
    var lineage: String?

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let models: [ModelIdentity]
        let answers: Int
        let run: String
    }

    func run() async throws {
        try await output.reportingErrors {
            let investigation = Investigation(path: folder)
            let sealed = try investigation.sealedPlan()
            let answers = try AnswerImport(
                FileBytes.read(file), path: file, role: role, lineage: lineage.map { Lineage($0) },
                probes: investigation.probeSet(of: sealed.plan).probeSet.probes)
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
                Result(models: answers.models, answers: answers.count, run: run),
                text: "Imported \(answers.count) answers of \(answers.models.map(\.name).joined(separator: ", "))")
        }
    }
}

extension ModelRole: ExpressibleByArgument {}
