internal import ForensicTypes
internal import NIOSSL

/// How an endpoint's connections are secured.
struct TransportSecurity: Sendable {
    /// Offers TLS 1.2 and 1.3, and HTTP/1.1 by ALPN. It trusts nobody: `certificates` decides.
    let context: NIOSSLContext
    /// Decides on what the server presents.
    let certificates: ServerCertificates

    /// Prepares TLS with an endpoint.
    ///
    /// - Throws: `configuration` where the roots cannot be read.
    init(_ configuration: EndpointConfiguration) throws(AcquisitionError) {
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.minimumTLSVersion = .tlsv12
        settings.applicationProtocols = ["http/1.1"]
        settings.trustRoots = .certificates([])
        do {
            let roots = try configuration.trustRoots.map { path in
                try NIOSSLCertificate.fromPEMFile(path).map { try $0.toDERBytes() }
            }
            certificates = try ServerCertificates(roots: roots, endpoint: configuration.address)
            context = try NIOSSLContext(configuration: settings)
        } catch {
            throw AcquisitionError(
                .configuration,
                "\(configuration.identity.name): TLS cannot be set up; is `ca_file` a PEM file of certificates?")
        }
    }
}
