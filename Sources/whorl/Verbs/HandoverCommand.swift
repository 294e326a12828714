import ArgumentParser
import Evidence

struct HandoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handover",
        abstract: "State that a bundle goes from one person to another, signed by both.",
        discussion: """
            The giver signs first, naming the receiver's public key; then the receiver signs the same statement with \
            --receive. The statements lie in the folder after/ beside the bundle. The first giver is whoever signed the \
            bundle, and every next one the receiver before, so the one key that a verifier knows vouches for the whole \
            chain. Both sides verify the bundle first; one that does not verify is not handed over.

            EXAMPLE
              whorl handover acme.bundle.tar.zst --signer collector.pem.pub --key collector.pem --as "Laboratory A" \\
                --to "Laboratory B" --to-key lab-b.pub --why "second opinion"
              whorl handover acme.bundle.tar.zst --signer collector.pem.pub --key lab-b.pem --receive
            """)

    @Argument(help: "The bundle.")
    var bundle: String

    @Option(help: "The public key of whoever signed the bundle (PEM).")
    var signer: String

    @Option(help: "Your private key: the giver's, or the receiver's with --receive.")
    var key: String

    @Option(name: .customLong("as"), help: ArgumentHelp("The giver's name.", valueName: "name"))
    var giver: String?

    @Option(help: ArgumentHelp("The receiver's name.", valueName: "name"))
    var to: String?

    @Option(help: ArgumentHelp("The receiver's public key (PEM).", valueName: "file"))
    var toKey: String?

    @Option(help: "The reason.")
    var why: String?

    @Flag(help: "Sign the open statement as its receiver.")
    var receive = false

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let file: String
        let number: Int
        let giver: String
        let receiver: String
        let received: Bool
    }

    func validate() throws {
        if receive {
            guard giver == nil, to == nil, toKey == nil, why == nil else {
                throw ValidationError("--receive signs what the giver wrote; leave --as, --to, --to-key and --why out")
            }
        } else {
            guard giver != nil, to != nil, toKey != nil, why != nil else {
                throw ValidationError(
                    "a handover needs --as, --to, --to-key and --why; the receiver signs with --receive")
            }
        }
    }

    func run() async throws {
        try await output.reportingErrors {
            let pinned = try VerificationKey.load(path: signer)
            let report = try BundleVerifier.verify(path: bundle, pinned: pinned)
            guard report.exitCode == 0, let facts = report.facts else {
                throw CommandError(.badInput, "\(bundle) does not verify: run `whorl verify` and see why")
            }
            let chain = try HandoverChain(beside: bundle, archive: facts.archive, signer: pinned)
            let own = try SigningKey.load(path: key)
            let file: String
            if receive {
                file = try chain.receive(with: own)
            } else {
                file = try chain.give(
                    with: own, as: giver ?? "", to: to ?? "", key: VerificationKey.load(path: toKey ?? ""),
                    why: why ?? "", time: WallClock.nanoseconds)
            }
            let after = try HandoverChain(beside: bundle, archive: facts.archive, signer: pinned)
            guard let last = after.statements.last else { return }
            try output.print(
                Result(
                    file: file, number: last.n, giver: last.giver.name, receiver: last.receiver.name,
                    received: !after.isOpen),
                text: "Wrote \(file)\n"
                    + (after.isOpen
                        ? "Next, by the receiver: whorl handover \(bundle) --signer \(signer) --key THEIRS --receive"
                        : "\(last.receiver.name) has the bundle"))
        }
    }
}
