import ArgumentParser
import Evidence
import ForensicTypes
import ProbeGeneration

struct ProbesVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that a probe set or a shown probe is the one that was committed to.",
        discussion: """
            Of a set: recomputes every probe's digest, every salted leaf and the Merkle root. With --commitment it also compares \
            the set with a published commitment. Of a shown probe: walks its proof to the root of the commitment, which it needs.

            With --signature and --key the signature over the commitment is checked as well.

            EXAMPLE
              whorl probes verify probes.json --commitment probes.commitment.json \\
                --signature probes.commitment.dsse.json --key owner.pem.pub
            """)

    @Argument(help: "A sealed probe set, or one probe as `whorl probes disclose` writes it.")
    var file: String

    @Option(help: "The public commitment that it must fit.")
    var commitment: String?

    @Option(help: "The signed envelope over the commitment.")
    var signature: String?

    @Option(help: "The public key that must have signed.")
    var key: String?

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let valid: Bool
        let root: Digest
        let probes: Int
        let commitment: String
        let signature: String
    }

    func run() async throws {
        try await output.reportingErrors {
            guard (signature == nil) == (key == nil) else {
                throw CommandError(.badInput, "a signature is checked with --signature and --key together")
            }
            var published = try commitment.map { path in
                try ProbeFile.naming(path) { try ProbeSetCommitment.decode(FileBytes.read(path)) }
            }
            if let signature, let key {
                let signed = try SignedCommitment.verified(
                    FileBytes.read(signature), key: VerificationKey.load(path: key), file: signature)
                if let published, published != signed {
                    throw CommandError(.badInput, "\(signature) signs another commitment than \(commitment ?? "")")
                }
                published = signed
            }
            let bytes = try FileBytes.read(file)
            let checked = try disclosed(bytes, against: published) ?? whole(bytes, against: published)
            let compared = published == nil ? "not compared: none was given" : "fits"
            let signed = signature == nil ? "not checked: none was given" : "valid"
            try output.print(
                Result(
                    valid: true, root: checked.root, probes: checked.probes, commitment: compared, signature: signed),
                text: """
                    \(checked.text)
                    Commitment: \(compared)
                    Signature: \(signed)
                    """)
        }
    }

    private typealias Checked = (root: Digest, probes: Int, text: String)

    private func whole(_ bytes: [UInt8], against published: ProbeSetCommitment?) throws -> Checked {
        let sealed = try ProbeFile.naming(file) { try SealedProbeSet.decode(bytes) }
        if let published { try sealed.verify(against: published) }
        let (root, count) = (sealed.commitment.root, sealed.probeSet.probes.count)
        return (root, count, "The \(count.agreeing("probe gives", "\(count) probes give")) the root \(root).")
    }

    /// Nil if the file is no shown probe.
    private func disclosed(_ bytes: [UInt8], against published: ProbeSetCommitment?) throws -> Checked? {
        guard ProbeDisclosure.isDisclosure(bytes) else { return nil }
        let disclosure = try ProbeFile.naming(file) { try ProbeDisclosure.decode(bytes) }
        guard let published else {
            throw CommandError(
                .badInput, "a shown probe is checked against a commitment: add --commitment or --signature")
        }
        try disclosure.verify(against: published)
        return (
            disclosure.root, 1, "The probe \(disclosure.probe.id) is in the set with the root \(disclosure.root)."
        )
    }
}
