/// The kinds of key that sign plans and bundles.
public enum KeyAlgorithm: String, Sendable, Hashable, Codable, CaseIterable {
    /// Ed25519 (RFC 8032). Signatures are deterministic here.
    case ed25519
    /// ECDSA on the curve P-256 with SHA-256, for cards and hardware that have nothing else. Signatures differ every time.
    case p256
}
