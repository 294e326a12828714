import ArgumentParser
import Foundation

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Play one whole investigation on small real models, on this machine.",
        discussion: """
            Starts the lab's models behind loopback endpoints: a protected model, and three suspects behind proxies that hide \
            what they are. Builds and seals a probe set, seals a plan, collects, compares, archives a bundle per suspect and \
            verifies it. The truth is shown beside the verdicts at the end only. Takes under 6 minutes on 2 cores.

            The models have to be there: Tools/lab/zoo.py fetch.

            EXAMPLE
              whorl demo --zoo .zoo
            """)

    @Option(help: "The folder of the fetched models.")
    var zoo = ".zoo"

    @Option(help: "The folder of the lab's scripts.")
    var lab = "Tools/lab"

    @Option(name: .shortAndLong, help: "The folder for case, bundles and reports. Default: whorl-demo with the time.")
    var out: String?

    @Option(help: "The seed of everything that is drawn at random.")
    var seed: UInt64 = 7

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.reportingErrors {
            let folder = out ?? "whorl-demo/" + Date().formatted(.iso8601).replacing(":", with: "")
            guard !FileManager.default.fileExists(atPath: folder + "/case") else {
                throw CommandError(.cannotWrite, "\(folder) holds a case already; name another folder with --out")
            }
            let demonstration = Demonstration(folder: folder, lab: lab, zoo: zoo, seed: seed, output: output)
            let report = try await demonstration.run()
            try output.print(report, text: DemoText.render(report))
            if report.suspects.contains(where: { $0.verified != 0 }) { throw ExitStatus.unexpected.code }
        }
    }
}
