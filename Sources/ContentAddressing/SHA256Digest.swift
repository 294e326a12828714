internal import struct Crypto.SHA256
public import ForensicTypes

/// SHA-256, the only digest of the suite.
public enum SHA256Digest {
    /// The digest of some bytes.
    public static func of(_ bytes: some Collection<UInt8>) -> Digest {
        var hasher = SHA256Hasher()
        hasher.update(bytes)
        return hasher.finalize()
    }

    /// The digest of the UTF-8 bytes of a text.
    public static func of(text: String) -> Digest { of(Array(text.utf8)) }
}

/// SHA-256 of bytes that arrive piece by piece.
public struct SHA256Hasher: Sendable {
    private var state = SHA256()

    /// Starts with no bytes.
    public init() {}

    /// Appends bytes.
    public mutating func update(_ bytes: some Collection<UInt8>) {
        if let slice = bytes as? ArraySlice<UInt8> {
            state.update(data: slice)
        } else {
            state.update(data: Array(bytes))
        }
    }

    /// The digest of the bytes so far. The hasher can go on afterwards.
    public func finalize() -> Digest {
        let bytes = Array(state.finalize())
        guard let digest = Digest(bytes: bytes) else {
            preconditionFailure("SHA-256 gave \(bytes.count) bytes instead of 32")
        }
        return digest
    }
}
