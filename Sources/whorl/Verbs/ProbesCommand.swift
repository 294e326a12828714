import ArgumentParser

struct ProbesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probes", abstract: "Build, show, disclose and verify probe sets.",
        subcommands: [
            ProbesBuildCommand.self, ProbesShowCommand.self, ProbesStealthCommand.self, ProbesDiscloseCommand.self,
            ProbesVerifyCommand.self, ProbesCurveCommand.self,
        ])
}
