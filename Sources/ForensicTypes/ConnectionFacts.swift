/// The facts of the connection that an exchange ran over.
public struct ConnectionFacts: Sendable, Hashable, Codable {
    /// The peer's address and port, for example `127.0.0.1:8080`.
    public let peerAddress: String?
    /// The host name asked for.
    public let serverName: String
    /// The TLS version, for example `TLSv1.3`; nil for plain text and where the handshake did not get so far.
    public let tlsVersion: String?
    /// The cipher suite that the server chose, by its IANA name; nil as above.
    public let tlsCipher: String?
    /// The protocol that was agreed on by ALPN; nil where none was.
    public let applicationProtocol: String?
    /// What came of verifying the presented certificates; nil for plain text and where none were presented.
    public let verification: CertificateVerification?
    /// Digests of the certificates that the server presented, in its order: the leaf first.
    public let certificates: [Digest]
    /// The number of the connection among those of its run to its endpoint, from 0; nil in records that do not say.
    public let connection: Int?
    /// The number of the exchange on its connection, from 0; nil in records that do not say.
    public let exchange: Int?

    /// Makes the facts of a connection.
    public init(
        peerAddress: String?, serverName: String, tlsVersion: String? = nil, tlsCipher: String? = nil,
        applicationProtocol: String? = nil, verification: CertificateVerification? = nil, certificates: [Digest] = [],
        connection: Int? = nil, exchange: Int? = nil
    ) {
        self.peerAddress = peerAddress
        self.serverName = serverName
        self.tlsVersion = tlsVersion
        self.tlsCipher = tlsCipher
        self.applicationProtocol = applicationProtocol
        self.verification = verification
        self.certificates = certificates
        self.connection = connection
        self.exchange = exchange
    }

    private enum CodingKeys: String, CodingKey {
        case verification, certificates, connection, exchange
        case peerAddress = "peer_address"
        case serverName = "server_name"
        case tlsVersion = "tls_version"
        case tlsCipher = "tls_cipher"
        case applicationProtocol = "application_protocol"
    }
}

/// What came of verifying the certificates that a server presented.
///
/// Everything but `verified` ended the exchange before the request was sent.
public enum CertificateVerification: String, Sendable, Hashable, Codable, CaseIterable {
    /// They lead from the host asked for to a trusted root, and were valid at that time.
    case verified
    /// They lead to no trusted root: the authority is unknown, or an intermediate certificate is missing.
    case untrusted
    /// They are trusted, but for another host.
    case wrongHost = "wrong_host"
    /// The leaf's time is over.
    case expired
    /// The leaf's time has not begun.
    case notYetValid = "not_yet_valid"
    /// The leaf is not for servers.
    case wrongUsage = "wrong_usage"
    /// A certificate could not be read.
    case unreadable
    /// More certificates were presented than are looked at.
    case tooMany = "too_many"
}
