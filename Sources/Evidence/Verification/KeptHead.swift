/// A state of a case, or of the owner's register of plans, that somebody kept elsewhere: what a rollback is found out by.
public enum KeptHead: Sendable {
    /// A checkpoint: a signed head of the tree.
    case checkpoint(Checkpoint)
    /// A bundle, by its path.
    case bundle(String)

    /// Reads a file of either kind.
    ///
    /// - Throws: `inputOutput`, `limit`, `canonical`.
    public init(path: String) throws(EvidenceError) {
        guard path.hasSuffix(".note") else {
            _ = try InputFile(path: path)
            self = .bundle(path)
            return
        }
        self = .checkpoint(
            try Checkpoint(note: try InputFile(path: path).readAll(limit: BundleLayout.maximumAttestation)))
    }
}
