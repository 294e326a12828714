import ArgumentParser

struct ProbesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probes", abstract: "Build, show and verify probe sets.",
        subcommands: [ProbesBuildCommand.self, ProbesShowCommand.self, ProbesVerifyCommand.self])
}
