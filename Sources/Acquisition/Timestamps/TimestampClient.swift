internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import WireFormats

/// Asks one time-stamp authority over HTTP (RFC 3161, section 3.4): bytes of a query out, bytes of an answer back.
///
/// One connection, one request, no redirect, no retry, bounded in bytes and in time. What the bytes mean is checked elsewhere.
public struct TimestampClient: Sendable {
    /// The longest answer, in bytes.
    static let maximumAnswer = 65_536
    /// How long connection, handshake and answer may take together, in seconds.
    static let maximumSeconds: Int64 = 30

    /// A short name of the authority, of its host and its port: `[a-z0-9][a-z0-9-]{0,30}`.
    public let name: String
    /// The address.
    public let url: String

    private let address: EndpointAddress
    private let path: String
    private let tls: NIOSSLContext?

    /// Prepares a client.
    ///
    /// - Parameters:
    ///   - url: For example `http://timestamp.example.com/tsr`.
    ///   - trustRoots: A PEM file of roots for `https`; nil takes those of the system.
    /// - Throws: `configuration`.
    public init(url: String, trustRoots: String? = nil) throws(AcquisitionError) {
        guard let address = EndpointAddress(url) else {
            throw AcquisitionError(
                .configuration, "\(url) is not the address of a time-stamp authority: http(s)://host[:port][/path]")
        }
        self.url = url
        self.address = address
        let authority = url.dropFirst(address.isSecure ? 8 : 7)
        path = authority.firstIndex(of: "/").map { String(authority[$0...]) } ?? "/"
        name = Self.name(of: address)
        guard address.isSecure else {
            tls = nil
            return
        }
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.minimumTLSVersion = .tlsv12
        settings.applicationProtocols = ["http/1.1"]
        if let trustRoots { settings.trustRoots = .file(trustRoots) }
        do {
            tls = try NIOSSLContext(configuration: settings)
        } catch {
            throw AcquisitionError(.configuration, "\(url): TLS cannot be set up")
        }
    }

    static func name(of address: EndpointAddress) -> String {
        var text = address.host.lowercased()
        if address.port != (address.isSecure ? 443 : 80) { text += "-\(address.port)" }
        let bytes = text.utf8.map { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) ? byte : UInt8(ascii: "-")
        }
        let name = String(decoding: bytes.drop { $0 == UInt8(ascii: "-") }.prefix(31), as: UTF8.self)
        return name.isEmpty ? "authority" : name
    }

    /// Sends a query and returns the body of the answer.
    ///
    /// - Parameter query: A TimeStampReq in DER.
    /// - Throws: `endpointDown` if nobody answers in time, `tls`; `notReady` for another status than 200 or a broken answer.
    public func ask(_ query: [UInt8]) async throws(AcquisitionError) -> [UInt8] {
        let lines = [
            "POST \(path) HTTP/1.1", "Host: \(address.hostField)", "Content-Type: application/timestamp-query",
            "Accept: application/timestamp-reply", "Accept-Encoding: identity", "Connection: close",
            "Content-Length: \(query.count)",
        ]
        let request = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + query
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: [UInt8].self)
        let (address, tls) = (address, tls)
        ClientBootstrap(group: loop)
            .connectTimeout(.seconds(10))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls {
                        try pipeline.addHandler(
                            try NIOSSLClientHandler(context: tls, serverHostname: address.serverName))
                    }
                    try pipeline.addHandler(
                        TimestampExchange(request: request, limit: Self.maximumAnswer, promise: promise))
                }
            }
            .connect(host: address.host, port: address.port)
            .whenFailure { promise.fail($0) }
        let timer = loop.scheduleTask(in: .seconds(Self.maximumSeconds)) {
            promise.fail(ChannelError.connectTimeout(.seconds(Self.maximumSeconds)))
        }
        defer { timer.cancel() }
        do {
            return try await promise.futureResult.get()
        } catch let error as AcquisitionError {
            throw AcquisitionError(error.code, "\(url): \(error.message)")
        } catch is NIOSSLError {
            throw AcquisitionError(.tls, "\(url): TLS failed")
        } catch {
            throw AcquisitionError(.endpointDown, "\(url): no answer within \(Self.maximumSeconds) s")
        }
    }
}
