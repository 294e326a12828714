import ArgumentParser
import ForensicTypes
import ProbeGeneration

struct ProbesDiscloseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disclose",
        abstract: "Show one probe of a sealed set, with the proof that the set holds it.",
        discussion: """
            The file holds one probe, its salt and the way from its leaf to the Merkle root. Together with the public commitment \
            anybody can check it; it tells nothing of the other probes. A probe that was shown is spent against whoever saw it.

            EXAMPLE
              whorl probes disclose probes.json --probe 3fa9c2d1 -o one.json
              whorl probes verify one.json --commitment probes.commitment.json
            """)

    @Argument(help: "A sealed probe set.")
    var set: String

    @Option(help: "The probe's digest, or the beginning of it that no other probe of the set shares.")
    var probe: String

    @Option(name: .shortAndLong, help: "The file to write.")
    var out: String

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let file: String
        let probe: Digest
        let root: Digest
    }

    func run() async throws {
        try await output.reportingErrors {
            let sealed = try ProbeFile.probeSet(set)
            let found = sealed.probeSet.probes.filter { $0.id.hex.hasPrefix(probe.lowercased()) }
            guard !probe.isEmpty, found.count == 1, let disclosure = sealed.disclose(found[0].id) else {
                throw CommandError(
                    .badInput,
                    "of the probes of \(set), \(found.count) \(found.count.agreeing("begins", "begin")) with \"\(probe)\"; "
                        + "give the beginning of one digest, as `whorl probes show` prints it")
            }
            try FileBytes.write(try disclosure.encode(), to: out)
            try output.print(
                Result(file: out, probe: found[0].id, root: sealed.commitment.root),
                text: """
                    Wrote the probe \(found[0].id) with its proof to \(out)
                    Merkle root \(sealed.commitment.root)
                    """)
        }
    }
}
