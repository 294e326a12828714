/// How much a bundle may hold of what has to be counted or kept while it is read. Writer and verifier refuse the same.
///
/// The page on the format lists them. Tests lower them, so that a limit is reached by a small bundle.
package struct BundleLimits: Sendable {
    /// Bytes of the archive without its coat.
    package var archive = 64 << 30
    /// Bytes of all files together that are read whole.
    package var documents = 128 << 20
    /// Records of a case, disclosed or not.
    package var records = BundleLayout.maximumRecords
    /// Parts of all records.
    package var parts = 2 * BundleLayout.maximumRecords
    /// Masked places in all parts.
    package var masks = 4 * BundleLayout.maximumRecords
    /// Models that records name.
    package var models = 1_000
    /// Different words for how an attempt ended.
    package var outcomes = 100
    /// Certificates that records name, and chains of them.
    package var certificates = 10_000

    package init() {}
}
