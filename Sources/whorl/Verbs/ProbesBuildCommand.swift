import Acquisition
import ArgumentParser
import Evidence
import ForensicTypes
import Foundation
import ProbeGeneration

struct ProbesBuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build a probe set for a protected model.",
        discussion: """
            Generates candidates from the shipped families, asks the protected model twice and once more in other words, and \
            every other model once; keeps the candidates whose answers are stable and tell the protected model from the panel, \
            and seals them. Near ties and mistakes are found by asking the protected model first. It can be interrupted, or \
            killed, and run again: answers are kept in the folder SET.selection.

            A lineage that helps to choose the probes may not report on a suspect later. Keep panel models back for that.

            The instances follow from the secret. Without --secret they follow from the seed alone and are public. With --key \
            the public commitment is signed as well.

            EXAMPLE
              head -c 32 /dev/urandom > probe.secret
              whorl probes build --protected protected.toml --panel llama.toml --panel qwen.toml \\
                --budget queries=200,tokens=20000 --secret probe.secret --key collector.pem -o probes.json
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

    @Flag(help: "Leave out families, and probes of the others, that a filter on ordinary traffic would notice.")
    var natural = false

    @Option(help: ArgumentHelp("The most probes of a family; give one for each.", valueName: "family=count"))
    var quota: [String] = []

    @Option(help: "Candidates of each family.")
    var candidates = 20

    @Option(
        help: "Instances that the protected model is asked once, for each family found by asking. Default: 100 at most."
    )
    var search: Int?

    @Flag(inversion: .prefixedNo, help: "Ask the protected model in other words as well.")
    var paraphrases = true

    @Option(
        help: ArgumentHelp(
            "The order of candidates: conditional, moderated or plain d', information per token, or diverse, which is "
                + "greedy and takes off what the chosen ones say already.", valueName: "rule"))
    var rule = RuleName.conditional

    @Option(help: "The seed of generation and selection.")
    var seed: UInt64 = 1

    @Option(help: "A file of 16 or more random bytes that only you have.")
    var secret: String?

    @Option(help: "The period that the instances are meant for, for example 2026-11.")
    var epoch = ""

    @Option(help: "A private key that signs the public commitment.")
    var key: String?

    @Option(help: "A name for the set.")
    var name = "probes"

    @Option(name: .shortAndLong, help: "The sealed set to write.")
    var out: String

    @OptionGroup var output: OutputOptions

    enum RuleName: String, ExpressibleByArgument, CaseIterable {
        case conditional, moderated, plain, information, diverse

        var rule: SelectionRule {
            switch self {
            case .conditional: .conditionalDiscrimination
            case .moderated: .moderatedDiscrimination
            case .plain: .discrimination
            case .information: .informationPerToken
            case .diverse: .diverseInformation(weight: 0.3)
            }
        }
    }

    private struct Result: Encodable {
        let file: String
        let commitment: String
        let signature: String?
        let root: Digest
        let probes: Int
        let queries: Int
        let candidates: Int
        let remarks: [String]
    }

    func run() async throws {
        try await output.reportingErrors {
            if let there = files.first(where: { FileManager.default.fileExists(atPath: $0) }) {
                throw CommandError(.cannotWrite, "\(there) exists already and is not overwritten")
            }
            let signer = try key.map { try SigningKey.load(path: $0) }
            let allowed = try ProbeBudget(parsing: budget)
            let choices = ProbeSetBuilder.Choices(
                name: name, families: try families(), candidates: candidates,
                search: search ?? min(100, allowed.queries), paraphrases: paraphrases, budget: allowed,
                quotas: try quotas(), seed: seed,
                secret: try secret.map { try ProbeSecret(bytes: FileBytes.read($0)) }, epoch: epoch, rule: rule.rule,
                natural: natural)
            guard candidates > 0, choices.search > 0, choices.search <= allowed.queries else {
                throw CommandError(
                    .badInput,
                    "--candidates and --search take 1 or more, and a search no more than the budget of "
                        + "\(allowed.queries) queries")
            }
            let builder = ProbeSetBuilder(
                choices: choices,
                models: .init(
                    protected: try configurations([protected], role: .protected)[0],
                    redeployments: try configurations(redeployment, role: .redeployment),
                    panel: try configurations(panel, role: .panel), proxies: try configurations(proxies, role: nil)),
                workspace: out + ".selection")
            let bars = ["search": output.progress("search"), "ask": output.progress("ask")]
            let built = try await builder.build { bars[$0]?.update($1) }
            for bar in bars.values { bar.finish() }
            try write(built, signer: signer)
        }
    }

    /// The set, its public commitment, and the signature over that.
    private var files: [String] {
        let stem = out.hasSuffix(".json") ? String(out.dropLast(5)) : out
        return [out, stem + ".commitment.json", stem + ".commitment.dsse.json"]
    }

    private func write(_ built: ProbeSetBuilder.Built, signer: SigningKey?) throws {
        let sealed = built.sealed
        let commitment = files[1]
        let signature = signer == nil ? nil : files[2]
        try FileBytes.write(try sealed.encode(), to: out)
        try FileBytes.write(try sealed.commitment.encode(), to: commitment)
        if let signer, let signature {
            try FileBytes.write(try SignedCommitment.seal(sealed.commitment, with: signer), to: signature)
        }
        let probes = sealed.probeSet.probes
        let queries = probes.reduce(0) { $0 + $1.probe.draws }
        let candidates = sealed.selection?.candidates.count ?? 0
        let signed = signature.map { "signed in \($0)" } ?? "not signed: no --key was given"
        try output.print(
            Result(
                file: out, commitment: commitment, signature: signature, root: sealed.commitment.root,
                probes: probes.count, queries: queries, candidates: candidates, remarks: built.remarks),
            text: ([
                "Sealed \(probes.count.counted("probe")) (\(queries) \(queries.agreeing("query", "queries"))) of "
                    + "\(candidates.counted("candidate")) into \(out)",
                "Merkle root \(sealed.commitment.root), public commitment in \(commitment), \(signed)",
            ] + built.remarks).joined(separator: "\n"))
    }

    /// Endpoint files whose role fits; a suspect is never asked before the plan is sealed.
    private func configurations(_ files: [String], role: ModelRole?) throws -> [EndpointConfiguration] {
        try files.map { file in
            let configuration = try EndpointSource(path: file).configuration
            let own = configuration.identity.role
            guard own != .suspect else {
                throw CommandError(
                    .badInput,
                    "\(file): \(configuration.identity.name) is a suspect, which is asked nothing before the plan is sealed"
                )
            }
            if let role, own != role {
                throw CommandError(
                    .badInput,
                    "\(file): \(configuration.identity.name) has the role \(own.rawValue), not \(role.rawValue)")
            }
            return configuration
        }
    }

    private func quotas() throws -> [String: Int] {
        var quotas: [String: Int] = [:]
        for text in quota {
            let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2, let count = Int(sides[1]), count > 0, quotas[sides[0]] == nil else {
                throw CommandError(
                    .badInput, "--quota takes FAMILY=COUNT with a count of 1 or more, once a family, not \(text)")
            }
            quotas[sides[0]] = count
        }
        return quotas
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
