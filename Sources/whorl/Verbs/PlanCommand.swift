public import ArgumentParser
public import Comparison
import Evidence
import ForensicTypes
import ProbeGeneration

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Write down and seal how a case will be decided, before it is.",
        subcommands: [PlanSealCommand.self])
}

struct PlanSealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal",
        abstract: "Seal the plan of a case before the first query to a suspect.",
        discussion: """
            The plan fixes the probe set, the endpoints and their roles, the comparators, the thresholds and the seed, and \
            is signed. Afterwards nothing of it can change unseen.

            A gate can only exclude a hypothesis if its panel is large enough: with n lineages no p-value is below \
            1/(n+1). A gate that is too small for the level only reports its ratio. Name a gate with --excluding to insist; \
            then a panel that is too small refuses the plan with exit code 8.

            EXAMPLE
              whorl plan seal acme-2026 --probes probes.json --key collector.pem \\
                --endpoint protected.toml --endpoint suspect.toml --endpoint panel-1.toml
            """)

    @Argument(help: "The folder of the case.")
    var folder: String

    @Option(help: "The sealed probe set.")
    var probes: String

    @Option(help: ArgumentHelp("An endpoint file; give one for each model.", valueName: "file"))
    var endpoint: [String]

    @Option(help: "The private key that signs the plan and later the bundles.")
    var key: String

    @Option(help: "The rate of false exclusions that is accepted.")
    var level = 0.05

    @Option(help: ArgumentHelp("A gate that must be able to exclude: sameness, lineage or student.", valueName: "gate"))
    var excluding: [Gate] = []

    @Option(help: "A calibration, for example Corpora/calibration/alpaca-eval-dev.json. Default: ratios by rank alone.")
    var calibration: String?

    @Option(help: "The most attempts at one answer.")
    var attempts = 5

    @Option(help: "The seed of everything that is drawn at random.")
    var seed: UInt64 = 1

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let plan: Digest
        let file: String
        let probes: Int
        let suspects: [String]
        let lineages: Int
        let excludingGates: [String]

        private enum CodingKeys: String, CodingKey {
            case plan, file, probes, suspects, lineages
            case excludingGates = "excluding_gates"
        }
    }

    func run() async throws {
        try await output.reportingErrors {
            let investigation = Investigation(path: folder)
            let sealed = try await investigation.sealPlan(
                probes: SealedProbeSet.decode(FileBytes.read(probes)),
                endpoints: endpoint.map { try EndpointSource(path: $0) },
                key: SigningKey.load(path: key),
                choices: .init(
                    level: level, excluding: Set(excluding), maximumAttempts: attempts, seed: seed,
                    calibration: calibration.map { try FileBytes.read($0) }))
            let thresholds = try Investigation.thresholds(of: sealed.plan)
            let excluding = [
                ("sameness", thresholds.sameness), ("lineage", thresholds.lineage), ("student", thresholds.student),
            ].filter { $0.1.effect == .excludes }.map(\.0)
            let lineages = Set(sealed.plan.panel.map(\.lineage)).count
            try output.print(
                Result(
                    plan: sealed.digest, file: investigation.planFile, probes: sealed.plan.probes.count,
                    suspects: sealed.plan.suspects, lineages: lineages, excludingGates: excluding),
                text: """
                    Sealed the plan \(sealed.digest)
                    \(sealed.plan.probes.count) probes, \(sealed.plan.suspects.count) suspects, \(lineages) reference lineages
                    Gates that may exclude: \(excluding.isEmpty ? "none, the references are too few" : excluding.joined(separator: ", "))
                    Next: whorl collect \(folder)
                    """)
        }
    }
}

extension Gate: ExpressibleByArgument {}
