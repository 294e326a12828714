/// A span of bytes that was masked, at the same length, before anything was written.
public struct Redaction: Sendable, Hashable, Codable {
    /// Where bytes were masked.
    public enum Part: String, Sendable, Hashable, Codable {
        /// The request.
        case request
        /// The response, where the server echoed a secret.
        case response
    }

    /// Why bytes were masked.
    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        /// The key of the endpoint, in any spelling.
        case key
        /// The value of a session cookie.
        case cookie
        /// More secrets than are listed one by one: everything from the first of them to the last.
        case many
    }

    /// Where bytes were masked.
    public let part: Part
    /// The first masked byte, from 0.
    public let offset: Int
    /// How many bytes were masked.
    public let length: Int
    /// Why; nil in records that do not say.
    public let reason: Reason?
    /// A commitment to the secret, with which its owner can show later which one it was; nil in records without one.
    public let commitment: SecretCommitment?

    /// Makes a redaction.
    public init(
        part: Part, offset: Int, length: Int, reason: Reason? = nil, commitment: SecretCommitment? = nil
    ) {
        self.part = part
        self.offset = offset
        self.length = length
        self.reason = reason
        self.commitment = commitment
    }
}

/// SHA-256 of a salt followed by a secret.
public struct SecretCommitment: Sendable, Hashable, Codable {
    /// The salt: 32 random bytes.
    public let salt: Digest
    /// The digest of the salt followed by the secret.
    public let digest: Digest

    /// Makes a commitment.
    public init(salt: Digest, digest: Digest) {
        self.salt = salt
        self.digest = digest
    }
}
