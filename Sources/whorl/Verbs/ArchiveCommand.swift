import ArgumentParser
import Evidence
import ForensicTypes
import Foundation

struct ArchiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "Seal the evidence about a suspect into a bundle that anybody can verify.",
        discussion: """
            The bundle holds every exchange with the suspect, the protected model and the references byte for byte, the \
            sealed plan, the probes, the scores, the verdict and the custody log, under a signed Merkle root. Records about \
            other suspects of the case stay sealed.

            Beside the bundle lies a .sha256 file: the digest of the uncompressed archive, which is the bundle's identity. \
            Print it in your report.

            A certificate of the key (KEY.crt, see whorl key new) goes along. With --timestamp a third party states when the \
            bundle was signed; only a digest leaves the machine. With --reviewer-key a second person signs the same \
            statement. The tokens over the plan and the checkpoints of the collection are taken from the case.

            EXAMPLE
              whorl archive acme-2026 --suspect acme --key collector.pem --timestamp http://timestamp.example.com
            """)

    @Argument(help: "The folder of the case.")
    var folder: String

    @Option(help: "The suspect.")
    var suspect: String

    @Option(help: "The private key that signs. It must be the one that sealed the plan.")
    var key: String

    @Option(
        help: ArgumentHelp(
            "The certificate of the key, then its issuers without the root. Default: KEY.crt if it exists.",
            valueName: "file"))
    var certificate: String?

    @Option(help: ArgumentHelp("The private key of a second person, who signs the same statement.", valueName: "file"))
    var reviewerKey: String?

    @Option(help: ArgumentHelp("The register of plans that the plan was sealed with.", valueName: "file"))
    var register: String?

    @OptionGroup var timestamps: TimestampOptions

    @Option(name: .shortAndLong, help: "The bundle's file. Default: CASE/bundles/SUSPECT.bundle.tar.zst")
    var out: String?

    @Flag(
        help: "Seal in a third of the time, for a file of the same identity that is a tenth larger.")
    var fast = false

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let file: String
        let facts: BundleFacts
    }

    func run() async throws {
        LargeBlocks.returnOnceFreed()
        try await output.reportingErrors {
            let investigation = Investigation(path: folder)
            let file = out ?? investigation.bundleFile(suspect)
            let facts = try await investigation.archive(
                suspect: suspect, key: SigningKey.load(path: key), compression: fast ? .fast : .archive, to: out,
                certificates: certificates(), reviewer: reviewerKey.map { try SigningKey.load(path: $0) },
                register: register.map { RegisterFile(path: $0) }, authorities: timestamps.authorities())
            try output.print(
                Result(file: file, facts: facts),
                text: """
                    Sealed \(facts.disclosed) of \(facts.records.counted("record")) into \(file)
                    archive  \(facts.archive)
                    signer   \(facts.signer)
                    Next: whorl verify \(file) --key \(key).pub
                    """)
        }
    }

    private func certificates() throws -> [X509Certificate] {
        let path = certificate ?? key + ".crt"
        guard certificate != nil || FileManager.default.fileExists(atPath: path) else { return [] }
        return try X509Certificate.load(path: path)
    }
}
