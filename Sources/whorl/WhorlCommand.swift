import ArgumentParser
import CaseStore

@main
struct WhorlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whorl",
        abstract:
            "Compares the model behind an endpoint with a protected model, says what the answers do not exclude, and archives the evidence.",
        discussion: """
            The way of a case: init, endpoint check, probes build, key new, plan seal, collect, compare, archive, \
            verify, report. `whorl demo` walks it once on real models.

            \(ExitStatus.table)
              10 to 80  whorl verify: the first check of the bundle that failed, see its help
            """,
        version: ToolIdentity.releasedVersion,
        subcommands: [
            InitCommand.self, EndpointCommand.self, KeyCommand.self, ProbesCommand.self, PlanCommand.self,
            CollectCommand.self, ImportCommand.self, SalvageCommand.self, CompareCommand.self, ArchiveCommand.self,
            VerifyCommand.self, DiscloseCommand.self, HandoverCommand.self, TimestampCommand.self, ReportCommand.self,
            TwoSampleCommand.self, PanelCommand.self, EvaluateCommand.self, DemoCommand.self,
        ])

    static func main() async {
        // Where the runtime cannot read the arguments it gives none, not even the program's name: that is no question for help.
        guard !CommandLine.arguments.isEmpty else {
            StandardError.write("whorl: the arguments could not be read from the system, and nothing was done\n")
            exit(withError: ExitStatus.unexpected.code)
        }
        await main(nil)
    }
}
