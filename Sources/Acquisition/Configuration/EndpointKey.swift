internal import Glibc
internal import WireFormats

/// The key of an endpoint. It is never printed: its description is a constant.
struct EndpointKey: Sendable, CustomStringConvertible {
    /// What the key is made of.
    enum Content: Sendable {
        /// One token, which is sent as it is.
        case token([UInt8])
        /// Credentials of AWS, which sign.
        case credentials(SigningCredentials)
    }

    let content: Content

    /// Everything that must never be written.
    var secrets: [[UInt8]] {
        switch content {
        case .token(let bytes): [bytes]
        case .credentials(let credentials): credentials.secrets
        }
    }

    var description: String { "key" }

    private static let maximumLength = 16_384

    /// Reads a source: its first line, or the credentials in it where the endpoint wants signatures.
    init(
        _ source: EndpointConfiguration.KeySource, style: KeyStyle, endpoint: String
    ) throws(AcquisitionError) {
        let bytes: [UInt8]
        switch source {
        case .file(let path):
            let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                throw AcquisitionError(.secret, "\(endpoint): the key file \(path) cannot be opened")
            }
            defer { _ = close(descriptor) }
            bytes = try Self.read(descriptor, endpoint: endpoint)
        case .descriptor(let number):
            bytes = try Self.read(Int32(number), endpoint: endpoint)
        }
        if style == .signatureV4 {
            self.init(content: .credentials(try SigningCredentials(file: bytes, endpoint: endpoint)))
        } else {
            let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            try self.init(bytes: Array(line), endpoint: endpoint)
        }
    }

    private init(content: Content) { self.content = content }

    init(bytes: [UInt8], endpoint: String) throws(AcquisitionError) {
        guard Self.isUsable(bytes) else {
            throw AcquisitionError(
                .secret, "\(endpoint): a key has at least 8 printable ASCII characters and no space")
        }
        content = .token(bytes)
    }

    /// Shorter keys would be masked all over innocent text.
    static func isUsable(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 8 && bytes.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static func read(_ descriptor: Int32, endpoint: String) throws(AcquisitionError) -> [UInt8] {
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1_024)
        while content.count <= maximumLength {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw AcquisitionError(.secret, "\(endpoint): the key cannot be read")
            }
            if count == 0 { return content }
            content += buffer.prefix(count)
        }
        throw AcquisitionError(.secret, "\(endpoint): the key is longer than \(maximumLength) bytes")
    }
}
