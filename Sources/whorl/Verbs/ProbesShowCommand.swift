import ArgumentParser
import ForensicTypes
import ProbeGeneration
import Reporting

struct ProbesShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what is in a probe set and how it was chosen.",
        discussion: """
            Prints secret questions. Do not let the suspect's side see them before the collection has ended.

            EXAMPLE
              whorl probes show probes.json
            """)

    @Argument(help: "A sealed probe set.")
    var set: String

    @Flag(help: "Also print every prompt.")
    var prompts = false

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        struct Item: Encodable {
            let id: Digest
            let family: String
            let draws: Int
            let prompt: Prompt?
        }
        let name: String
        let root: Digest
        let epoch: String
        let probes: [Item]
        let selection: SelectionRecord?
    }

    func run() async throws {
        try await output.reportingErrors {
            let sealed = try ProbeFile.probeSet(set)
            let probes = sealed.probeSet.probes
            try output.print(
                Result(
                    name: sealed.probeSet.name, root: sealed.commitment.root, epoch: sealed.commitment.epoch,
                    probes: probes.map {
                        .init(
                            id: $0.id, family: $0.probe.family, draws: $0.probe.draws,
                            prompt: prompts ? $0.probe.prompt : nil)
                    },
                    selection: sealed.selection),
                text: text(sealed))
        }
    }

    private func text(_ sealed: SealedProbeSet) -> String {
        let probes = sealed.probeSet.probes
        let families = Dictionary(grouping: probes, by: \.probe.family).sorted { $0.key < $1.key }
        let queries = probes.reduce(0) { $0 + $1.probe.draws }
        var lines = [
            "\(sealed.probeSet.name): \(probes.count.counted("probe")), \(queries) \(queries.agreeing("query", "queries"))",
            "Merkle root \(sealed.commitment.root)", "",
            TerminalTable(
                rows: [["family", "probes", "queries"]]
                    + families.map { [$0.key, "\($0.value.count)", "\($0.value.reduce(0) { $0 + $1.probe.draws })"] }
            ).text,
        ]
        if let selection = sealed.selection {
            let fates = selection.counts.map { "\($0.value) \($0.key.rawValue)" }.sorted().joined(separator: ", ")
            lines += [
                "", "Selection by \(selection.rule) from \(selection.candidates.count.counted("candidate")): \(fates)",
            ]
            lines.append(
                "Lineages that chose and therefore may not report: "
                    + (selection.lineages.isEmpty ? "none" : selection.lineages.map(\.name).joined(separator: ", ")))
        }
        if prompts {
            lines.append("")
            lines += probes.map { "\($0.id.abbreviated)  \(VisibleText.terminal(Self.shown($0.probe.prompt)))" }
        }
        return lines.joined(separator: "\n")
    }

    private static func shown(_ prompt: Prompt) -> String {
        switch prompt {
        case .raw(let text): text
        case .chat(let messages): messages.map { "\($0.role.rawValue): \($0.content)" }.joined(separator: " | ")
        }
    }
}
