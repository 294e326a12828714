import Acquisition
public import ArgumentParser
public import Comparison
import Evidence
import ForensicTypes
import ProbeGeneration
import Reporting

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

            With --timestamp a third party states when the plan was there: its seal is sent to an RFC 3161 authority (only \
            its digest leaves the machine), and without the answer nothing is sealed. With --register the plan gets the next \
            number in a file that chains all your plans, so that whoever holds a later copy of it sees a plan that vanished.

            EXAMPLE
              whorl plan seal acme-2026 --probes probes.json --key collector.pem \\
                --endpoint protected.toml --endpoint suspect.toml --endpoint panel-1.toml \\
                --timestamp http://timestamp.example.com --register plans.jsonl
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

    @Option(
        help:
            "The seed of everything that is drawn at random. Default: bound to the plan's digest, so that nobody picks it."
    )
    var seed: UInt64?

    @Option(help: ArgumentHelp("The register of all your plans; it is made if it does not exist.", valueName: "file"))
    var register: String?

    @OptionGroup var timestamps: TimestampOptions

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let plan: Digest
        let file: String
        let probes: Int
        let suspects: [String]
        let lineages: Int
        let excludingGates: [String]
        let timestamps: [String]

        private enum CodingKeys: String, CodingKey {
            case plan, file, probes, suspects, lineages, timestamps
            case excludingGates = "excluding_gates"
        }
    }

    func run() async throws {
        try await output.reportingErrors {
            let investigation = Investigation(path: folder)
            let endpoints = try endpoint.map { try EndpointSource(path: $0) }
            let sealed = try await investigation.sealPlan(
                probes: ProbeFile.probeSet(probes), endpoints: endpoints,
                key: SigningKey.load(path: key),
                choices: .init(
                    level: level, excluding: Set(excluding), maximumAttempts: attempts, seed: seed,
                    calibration: calibration.map { ($0, try FileBytes.read($0)) }),
                register: register.map { RegisterFile(path: $0) }, authorities: timestamps.authorities())
            let stamps = try investigation.timestamps(investigation.planStem).map(\.authority)
            let thresholds = try Investigation.thresholds(of: sealed.plan)
            let excluding = [
                ("sameness", thresholds.sameness), ("lineage", thresholds.lineage), ("student", thresholds.student),
            ].filter { $0.1.effect == .excludes }.map(\.0)
            // Redeployments and siblings are references too, and count for no gate's lineages.
            let panel = endpoints.map(\.configuration.identity).filter { $0.role == .panel }
            let lineages = Set(panel.compactMap(\.lineage)).count
            let (planned, suspects) = (sealed.plan.probes.count, sealed.plan.suspects.count)
            try output.print(
                Result(
                    plan: sealed.digest, file: investigation.planFile, probes: sealed.plan.probes.count,
                    suspects: sealed.plan.suspects, lineages: lineages, excludingGates: excluding, timestamps: stamps),
                text: """
                    Sealed the plan \(sealed.digest)
                    \(planned.counted("probe")), \(suspects.counted("suspect")), \(lineages.counted("unrelated lineage")) in the panel
                    Gates that may exclude: \(excluding.isEmpty ? "none, the references are too few" : excluding.joined(separator: ", "))
                    Level: \(Self.level(level, suspects: suspects))
                    Stamped by: \(stamps.isEmpty ? "nobody" : stamps.joined(separator: ", "))
                    Next: whorl collect \(folder)
                    """)
        }
    }

    private static func level(_ level: Double, suspects: Int) -> String {
        let any = VerdictText.short(ExaminedSuspects(count: suspects).levelOfAny(level))
        return suspects == 1
            ? VerdictText.short(level)
            : "\(VerdictText.short(level)) for each suspect; up to \(any) that independence is wrongly excluded for at least one of \(suspects)"
    }
}

extension Gate: ExpressibleByArgument {}
