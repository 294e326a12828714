import ArgumentParser
import Evidence

/// What a verifier pins: none of it may come from the bundle.
struct TrustOptions: ParsableArguments {
    @Option(help: "The signer's public key (PEM).")
    var key: String?

    @Option(
        help: ArgumentHelp("The root of the signer's certificates (PEM), with or instead of --key.", valueName: "file"))
    var root: [String] = []

    @Option(help: ArgumentHelp("The root of a time-stamp authority (PEM); one for each authority.", valueName: "file"))
    var tsaRoot: [String] = []

    /// What the options pin.
    ///
    /// - Parameter now: The time at which the verifier stands; nil for the machine's clock.
    func trust(now: Int64? = nil) throws -> VerificationTrust {
        VerificationTrust(
            key: try key.map { try VerificationKey.load(path: $0) },
            roots: try root.flatMap { try X509Certificate.load(path: $0) },
            timestampRoots: try tsaRoot.flatMap { try X509Certificate.load(path: $0) }, now: now)
    }
}
