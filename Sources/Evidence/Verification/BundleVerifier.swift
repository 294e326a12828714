public import ForensicTypes

/// Checks a bundle against a public key that did not come with it.
///
/// The archive is read once as a stream and never extracted. Nothing in the bundle is a reason to trust it: without a pinned
/// key the signature is "not checked", and so is everything that rests on it.
public enum BundleVerifier {
    /// Checks a bundle.
    ///
    /// - Parameters:
    ///   - path: The bundle, with its Zstandard coat or without.
    ///   - pinned: The signer's public key, from a source other than the bundle; nil leaves the signature unchecked.
    ///   - expected: The digest of the archive as a report states it; nil compares with nothing.
    /// - Returns: One check for each subject.
    /// - Throws: `inputOutput` if the file cannot be read. What is wrong with its content is a failed check.
    public static func verify(
        path: String, pinned: VerificationKey?, expected: Digest? = nil
    ) throws(EvidenceError) -> VerificationReport {
        try inspect(path: path, pinned: pinned, expected: expected).report
    }

    static func inspect(
        path: String, pinned: VerificationKey?, expected: Digest?
    ) throws(EvidenceError) -> BundleInspection {
        var inspection = BundleInspection(pinned: pinned, expected: expected)
        do {
            try inspection.read(path)
        } catch {
            guard error.code != .inputOutput, error.code != .diskFull else { throw error }
            inspection.stop(error)
        }
        inspection.conclude()
        return inspection
    }
}
