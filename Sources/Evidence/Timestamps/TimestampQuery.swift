internal import ContentAddressing
public import struct ForensicTypes.Digest

/// The question to a time-stamp authority (RFC 3161, section 2.4.1): when did something with this digest exist?
///
/// The bytes are a function of digest and nonce, so a reader rebuilds the query and compares.
public struct TimestampQuery: Sendable, Hashable {
    /// The SHA-256 digest of what is to be stamped.
    public let imprint: Digest
    /// Eight bytes that make the answer belong to this question; the first is 0x40 to 0x7F.
    public let nonce: [UInt8]

    /// Asks about some bytes, with a random nonce.
    public init(about bytes: [UInt8]) { self.init(imprint: SHA256Digest.of(bytes)) }

    /// Asks about a digest, with a random nonce.
    public init(imprint: Digest) {
        self.imprint = imprint
        let random = UInt64.random(in: 0 ... .max) & 0x3FFF_FFFF_FFFF_FFFF | 0x4000_0000_0000_0000
        nonce = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: random >> UInt64($0)) }
    }

    /// The query in DER: version 1, the imprint, the nonce, and the wish for the authority's certificate.
    public var der: [UInt8] {
        Self.front + imprint.bytes + [0x02, 0x08] + nonce + [0x01, 0x01, 0xFF]
    }

    /// Reads a query that was written so.
    ///
    /// - Throws: `timestamp` for any other bytes.
    public init(der: [UInt8]) throws(EvidenceError) {
        guard der.count == Self.front.count + 45,
            let imprint = Digest(bytes: der[Self.front.count..<(Self.front.count + 32)])
        else { throw EvidenceError(.timestamp, "the query is not of the one form that it can have") }
        self.imprint = imprint
        self.nonce = Array(der[(Self.front.count + 34)..<(Self.front.count + 42)])
        guard (0x40...0x7F).contains(nonce[0]), self.der == der else {
            throw EvidenceError(.timestamp, "the query is not of the one form that it can have")
        }
    }

    /// Up to the digest: the sequence, the version, the algorithm SHA-256.
    private static let front: [UInt8] = [
        0x30, 0x43, 0x02, 0x01, 0x01, 0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04,
        0x02,
        0x01, 0x05, 0x00, 0x04, 0x20,
    ]
}
