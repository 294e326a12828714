internal import Crypto
internal import FoundationEssentials

/// The owner's secret, from which instances and salts are derived.
///
/// Families are public and instances are not: who lacks the secret cannot tell which of a family's instances a set
/// holds. The type never prints itself.
public struct ProbeSecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The least number of bytes.
    public static let minimumCount = 16

    private let key: SymmetricKey

    /// Takes the bytes of a secret.
    ///
    /// - Parameter bytes: 16 or more bytes from a random source.
    /// - Throws: `weakSecret` for fewer.
    public init(bytes: some Collection<UInt8>) throws(ProbeGenerationError) {
        guard bytes.count >= Self.minimumCount else {
            throw ProbeGenerationError(
                .weakSecret, "the secret has \(bytes.count) bytes; give \(Self.minimumCount) or more random ones")
        }
        key = SymmetricKey(data: Array(bytes))
    }

    /// A secret that is none: it is derived from the seed alone, so anybody who knows the seed can make the same set.
    ///
    /// For demonstrations, tests and public probe sets.
    public init(publicSeed seed: UInt64) {
        let label = Array("whorl public probe seed ".utf8) + Self.bytes(of: seed)
        key = SymmetricKey(data: Array(SHA256.hash(data: label)))
    }

    /// HMAC-SHA256 of length-prefixed parts, so that no two lists of parts share one input.
    func authenticate(_ parts: [[UInt8]]) -> [UInt8] {
        var input: [UInt8] = []
        for part in parts {
            input += Self.bytes(of: UInt64(part.count)) + part
        }
        return Array(HMAC<SHA256>.authenticationCode(for: input, using: key))
    }

    /// Eight bytes, most significant first.
    static func bytes(of value: UInt64) -> [UInt8] {
        stride(from: UInt64(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// Says only that there is a secret.
    public var description: String { "ProbeSecret" }

    /// Says only that there is a secret.
    public var debugDescription: String { "ProbeSecret" }
}
