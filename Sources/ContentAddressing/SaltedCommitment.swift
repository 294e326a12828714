public import ForensicTypes

/// Thirty-two random bytes that keep a committed value from being guessed.
public struct Salt: Sendable, Hashable {
    /// The number of bytes of every salt.
    public static let count = 32

    /// The bytes.
    public let bytes: [UInt8]

    /// Takes 32 bytes; nil for any other count.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        self.bytes = Array(bytes)
    }

    /// Draws a salt. A salt is recorded input: only the system's generator hides what it protects.
    public init(using generator: inout some RandomNumberGenerator) {
        bytes = (0..<Self.count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// Draws a salt from the system's generator, which cannot be predicted.
    public static func random() -> Salt {
        var generator = SystemRandomNumberGenerator()
        return Salt(words: (0..<4).map { _ in generator.next() as UInt64 })
    }

    private init(words: [UInt64]) {
        bytes = words.flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
        }
    }

    /// The 64 lower-case hexadecimal digits.
    public var hex: String { Digest(bytes: bytes)?.hex ?? "" }
}

/// A commitment to bytes: SHA-256 of a salt followed by the bytes.
///
/// Without the salt, a short value such as "Yes" could be found by trying candidates against its digest.
public enum SaltedCommitment {
    /// The commitment to some bytes under a salt.
    public static func commit(salt: Salt, bytes: some Collection<UInt8>) -> Digest {
        var hasher = SHA256Hasher()
        hasher.update(salt.bytes)
        hasher.update(bytes)
        return hasher.finalize()
    }
}
