internal import Glibc

/// The key of an endpoint. It is never printed: its description is a constant.
struct EndpointKey: Sendable, CustomStringConvertible {
    let bytes: [UInt8]

    var description: String { "key" }

    private static let maximumLength = 8_192

    /// Reads the first line of a source.
    init(_ source: EndpointConfiguration.KeySource, endpoint: String) throws(AcquisitionError) {
        let content: [UInt8]
        switch source {
        case .file(let path):
            let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                throw AcquisitionError(.secret, "\(endpoint): the key file \(path) cannot be opened")
            }
            defer { _ = close(descriptor) }
            content = try Self.read(descriptor, endpoint: endpoint)
        case .descriptor(let number):
            content = try Self.read(Int32(number), endpoint: endpoint)
        }
        let line = content.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        try self.init(bytes: Array(line), endpoint: endpoint)
    }

    init(bytes: [UInt8], endpoint: String) throws(AcquisitionError) {
        // Shorter keys would be masked all over innocent text.
        guard bytes.count >= 8, bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw AcquisitionError(
                .secret, "\(endpoint): a key has at least 8 printable ASCII characters and no space")
        }
        self.bytes = bytes
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
