import Acquisition
import ArgumentParser
import ForensicTypes
import Foundation
import ProbeGeneration

struct ProbesBuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build a probe set for a protected model.",
        discussion: """
            Generates candidates from the shipped families, asks the protected model twice and every other model once, keeps \
            the candidates whose answers are stable and tell the protected model from the panel, and seals them. It can be \
            interrupted and run again: answers are kept in the folder SET.selection.

            A lineage that helps to choose the probes may not report on a suspect later. Keep panel models back for that.

            The instances follow from the secret. Without --secret they follow from the seed alone and are public.

            EXAMPLE
              head -c 32 /dev/urandom > probe.secret
              whorl probes build --protected protected.toml --panel llama.toml --panel qwen.toml \\
                --budget queries=200,tokens=20000 --secret probe.secret -o probes.json
            """)

    @Option(help: "The endpoint file of the protected model.")
    var protected: String

    @Option(help: ArgumentHelp("An endpoint file of an unrelated model; its lineage is used up.", valueName: "file"))
    var panel: [String] = []

    @Option(help: ArgumentHelp("An endpoint file of an honest redeployment.", valueName: "file"))
    var redeployment: [String] = []

    @Option(help: ArgumentHelp("An endpoint file of a known derivative or student.", valueName: "file"))
    var proxies: [String] = []

    @Option(help: "The most queries and tokens that one collection may take from one endpoint.")
    var budget = "queries=200,tokens=20000"

    @Option(help: ArgumentHelp("A probe family; give one for each. Default: all.", valueName: "name"))
    var family: [String] = []

    @Flag(help: "Leave out families that a filter on ordinary traffic would notice.")
    var natural = false

    @Option(help: "Candidates of each family.")
    var candidates = 20

    @Option(help: "The seed of generation and selection.")
    var seed: UInt64 = 1

    @Option(help: "A file of 16 or more random bytes that only you have.")
    var secret: String?

    @Option(help: "The period that the instances are meant for, for example 2026-11.")
    var epoch = ""

    @Option(help: "A name for the set.")
    var name = "probes"

    @Option(name: .shortAndLong, help: "The sealed set to write.")
    var out: String

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let file: String
        let commitment: String
        let root: Digest
        let probes: Int
        let queries: Int
        let candidates: Int
    }

    func run() async throws {
        try await output.reportingErrors {
            let builder = ProbeSetBuilder(
                choices: .init(
                    name: name, families: try families(), candidates: candidates,
                    budget: try ProbeBudget(parsing: budget),
                    seed: seed, secret: try secret.map { try ProbeSecret(bytes: FileBytes.read($0)) }, epoch: epoch),
                models: .init(
                    protected: try EndpointSource(path: protected).configuration,
                    redeployments: try configurations(redeployment), panel: try configurations(panel),
                    proxies: try configurations(proxies)),
                workspace: out + ".selection")
            let bar = output.progress("ask")
            let sealed = try await builder.build { bar.update($0) }
            bar.finish()
            try FileBytes.write(try sealed.encode(), to: out)
            let commitment = out.replacing(".json", with: "") + ".commitment.json"
            try FileBytes.write(try sealed.commitment.encode(), to: commitment)
            let probes = sealed.probeSet.probes
            let queries = probes.reduce(0) { $0 + $1.probe.draws }
            try output.print(
                Result(
                    file: out, commitment: commitment, root: sealed.commitment.root, probes: probes.count,
                    queries: queries,
                    candidates: sealed.selection?.candidates.count ?? 0),
                text: """
                    Sealed \(probes.count) probes (\(queries) queries) of \(sealed.selection?.candidates.count ?? 0) candidates into \(out)
                    Merkle root \(sealed.commitment.root), public commitment in \(commitment)
                    """)
        }
    }

    private func configurations(_ files: [String]) throws -> [EndpointConfiguration] {
        try files.map { try EndpointSource(path: $0).configuration }
    }

    private func families() throws -> [String]? {
        guard natural else { return family.isEmpty ? nil : family }
        let allowed = try ProbeLibrary.shipped().families(upTo: .unusual).map(\.id)
        if let barred = family.first(where: { !allowed.contains($0) }) {
            throw CommandError(.badInput, "--natural leaves out the family \(barred), which --family asks for")
        }
        return family.isEmpty ? allowed : family
    }
}
