import ArgumentParser
import ForensicTypes
import ProbeGeneration

struct ProbesVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that a probe set is whole, and that it is the one that was committed to.",
        discussion: """
            Recomputes every probe's digest, every salted leaf and the Merkle root. With --commitment it also compares the \
            set with a published commitment.

            EXAMPLE
              whorl probes verify probes.json --commitment probes.commitment.json
            """)

    @Argument(help: "A sealed probe set.")
    var set: String

    @Option(help: "The public commitment that the set must fit.")
    var commitment: String?

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let valid: Bool
        let root: Digest
        let probes: Int
        let commitment: String
    }

    func run() async throws {
        try await output.reportingErrors {
            let sealed = try SealedProbeSet.decode(FileBytes.read(set))
            if let commitment { try sealed.verify(against: ProbeSetCommitment.decode(FileBytes.read(commitment))) }
            let compared = commitment == nil ? "not compared: none was given" : "fits"
            try output.print(
                Result(
                    valid: true, root: sealed.commitment.root, probes: sealed.probeSet.probes.count,
                    commitment: compared),
                text: """
                    The \(sealed.probeSet.probes.count) probes give the root \(sealed.commitment.root).
                    Commitment: \(compared)
                    """)
        }
    }
}
