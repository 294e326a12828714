import ArgumentParser
import Evidence
import ForensicTypes

struct TimestampCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timestamp",
        abstract: "Let a third party state that a bundle, or any file, exists now.",
        discussion: """
            Sends the SHA-256 digest of FILE to an RFC 3161 authority and keeps its signed answer; nothing else of the file \
            leaves the machine. Of a bundle (.tar or .tar.zst) the archive without its compression is stamped, and the answer \
            lies in the folder after/ beside it, where whorl verify finds it. That renews the stamps inside before the \
            certificates of their authorities end; stamp again before the new ones end, and the next token is over the list of \
            all before it. Of any other file the answer lies beside it, as FILE-AUTHORITY.tsr.

            whorl plan seal and whorl archive stamp plans and bundles as they are made.

            EXAMPLE
              whorl timestamp acme.bundle.tar.zst --url http://timestamp.example.com --tsa-root authority.pem
              openssl ts -verify -in notes.txt-timestamp-example-com.tsr -data notes.txt -CAfile authority.pem -attime SECONDS
            """)

    @Argument(help: "The bundle or file.")
    var file: String

    @Option(help: ArgumentHelp("The address of an authority. Give two for two authorities.", valueName: "url"))
    var url: [String]

    @Option(
        help: ArgumentHelp(
            "A PEM file with the root of an authority; its answer is refused otherwise.", valueName: "file"))
    var tsaRoot: [String] = []

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        struct Stamp: Encodable {
            let authority: String
            let file: String
            let time: String
            let signer: String
        }

        let sha256: Digest
        let timestamps: [Stamp]
    }

    func run() async throws {
        try await output.reportingErrors {
            let authorities = try TimestampAuthorities(urls: url, roots: tsaRoot)
            let isBundle = file.hasSuffix(".tar") || file.hasSuffix(".tar.zst")
            if isBundle { try ArchiveStamps.removeUnfinished(beside: file) }
            let beside =
                try isBundle
                ? ArchiveStamps(beside: file, archive: ArchiveStamps.digest(ofBundle: file)) : nil
            let digest = try beside?.nextImprint() ?? ArchiveStamps.digest(ofFile: file)
            let timestamps = try await authorities.stamp { TimestampQuery(imprint: digest) }
            let paths = try beside?.save(timestamps) ?? timestamps.map { try $0.save(stem: file) }
            var stamps: [Result.Stamp] = []
            for (timestamp, path) in zip(timestamps, paths) {
                let token = try TimestampToken(response: timestamp.response)
                stamps.append(
                    .init(
                        authority: timestamp.authority, file: path, time: token.timeText, signer: token.authority))
            }
            let lines = stamps.map { "\($0.file): \($0.signer) states \($0.time)" }
            try output.print(
                Result(sha256: digest, timestamps: stamps),
                text: (["Stamped the digest \(digest.hex)"] + lines).joined(separator: "\n"))
        }
    }
}
