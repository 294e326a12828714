import ArgumentParser
import Evidence
import ForensicTypes

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make the key that signs plans and bundles.", subcommands: [KeyNewCommand.self])
}

struct KeyNewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Draw an Ed25519 key pair and write it as two PEM files.",
        discussion: """
            FILE is the private key, readable by its owner alone. FILE.pub is the public key: give it to the other \
            side before the case begins, because whoever verifies a bundle has to know the key beforehand.

            EXAMPLE
              whorl key new collector.pem
            """)

    @Argument(help: "The file for the private key. It must not exist.")
    var file: String

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let privateKey: String
        let publicKey: String
        let identifier: String

        private enum CodingKeys: String, CodingKey {
            case identifier
            case privateKey = "private_key"
            case publicKey = "public_key"
        }
    }

    func run() async throws {
        try await output.reportingErrors {
            let key = try SigningKey.generate()
            try key.save(path: file)
            try key.verificationKey.save(path: file + ".pub")
            let identifier = key.verificationKey.identifier.hex
            try output.print(
                Result(privateKey: file, publicKey: file + ".pub", identifier: identifier),
                text: "Wrote \(file) (keep it secret) and \(file).pub\nKey \(identifier)")
        }
    }
}
