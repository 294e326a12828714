public import ArgumentParser
public import Evidence
import ForensicTypes
import Foundation

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make the key that signs plans and bundles.", subcommands: [KeyNewCommand.self])
}

struct KeyNewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Draw a key pair and write it as PEM files, with a certificate where you want one.",
        discussion: """
            FILE is the private key, readable by its owner alone. FILE.pub is the public key: give it to the other \
            side before the case begins, because whoever verifies a bundle has to know the key beforehand.

            With --authority the key becomes the root of a case: FILE.crt certifies itself, and is what the other side \
            has to know. Keep the root's key offline. With --issuer ROOT the new key gets a certificate under that root \
            (ROOT.crt), in FILE.crt, for at most 90 days. `openssl verify -CAfile ROOT.crt FILE.crt` reads both.

            EXAMPLE
              whorl key new root.pem --authority --name "acme-2026 case root"
              whorl key new collector.pem --issuer root.pem --name "Laboratory A"
            """)

    @Argument(help: "The file for the private key. It must not exist.")
    var file: String

    @Option(help: ArgumentHelp("The kind of key: ed25519 or p256.", valueName: "kind"))
    var algorithm = KeyAlgorithm.ed25519

    @Flag(help: "Make the root of a case, which certifies itself and issues collectors' certificates.")
    var authority = false

    @Option(help: ArgumentHelp("The root's private key; its certificate is ISSUER.crt.", valueName: "file"))
    var issuer: String?

    @Option(help: "The name in the certificate: the case, or who holds the key.")
    var name: String?

    @Option(help: "How many days the certificate is valid. Default: 90, or 3650 for a root.")
    var days: Int?

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let privateKey: String
        let publicKey: String
        let certificate: String?
        let fingerprint: String?
        let identifier: String

        private enum CodingKeys: String, CodingKey {
            case identifier, certificate, fingerprint
            case privateKey = "private_key"
            case publicKey = "public_key"
        }
    }

    func validate() throws {
        if authority, issuer != nil { throw ValidationError("--authority makes a root of its own; leave --issuer out") }
        if authority || issuer != nil, name == nil { throw ValidationError("a certificate needs --name") }
        if !authority, issuer == nil, name != nil || days != nil {
            throw ValidationError("--name and --days are for certificates: give --authority or --issuer as well")
        }
    }

    func run() async throws {
        try await output.reportingErrors {
            // Everything that can fail is done before a file is written.
            let key = try SigningKey.generate(algorithm)
            let certificate = try certificate(for: key)
            for path in [file, file + ".pub", file + ".crt"] where FileManager.default.fileExists(atPath: path) {
                throw CommandError(.cannotWrite, "\(path) exists already and is not overwritten")
            }
            try key.save(path: file)
            try key.verificationKey.save(path: file + ".pub")
            if let certificate { try FileBytes.write(Array(certificate.pem.utf8), to: file + ".crt") }
            let identifier = key.verificationKey.identifier.hex
            var text = "Wrote \(file) (keep it secret) and \(file).pub\nKey \(identifier)"
            if let certificate {
                text += "\nCertificate \(file).crt of \(certificate.subject), SHA-256 \(certificate.fingerprint.hex)"
            }
            try output.print(
                Result(
                    privateKey: file, publicKey: file + ".pub", certificate: certificate.map { _ in file + ".crt" },
                    fingerprint: certificate?.fingerprint.hex, identifier: identifier), text: text)
        }
    }

    private func certificate(for key: SigningKey) throws -> X509Certificate? {
        guard let name else { return nil }
        // A minute back, so that a clock which is a little behind does not find the certificate not yet valid.
        let start = WallClock.seconds - 60
        if authority {
            return try CertificateIssuer.makeRoot(name: name, key: key, start: start, days: days ?? 3650).root
        }
        guard let issuer else { return nil }
        guard let root = try X509Certificate.load(path: issuer + ".crt").first else { return nil }
        return try CertificateIssuer(root: root, key: SigningKey.load(path: issuer)).certify(
            key.verificationKey, name: name, start: start, days: days ?? CertificateIssuer.maximumCollectorDays)
    }
}

extension KeyAlgorithm: ExpressibleByArgument {}
