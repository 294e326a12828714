internal import ForensicTypes

/// What records say about the certificates of one server: which it presented, for which name, and what the collector made of them.
struct PresentedChain: Hashable {
    let server: ServerName
    /// The certificates by digest, the server's own first.
    let chain: [Digest]
    /// Whether the collector says that it verified them. Otherwise it sent no request.
    let isVerified: Bool
}
