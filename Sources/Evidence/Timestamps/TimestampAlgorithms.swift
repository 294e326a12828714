internal import ContentAddressing
internal import struct Crypto.SHA384
internal import struct Crypto.SHA512
internal import struct ForensicTypes.Digest
internal import SwiftASN1
internal import X509

/// The digest algorithms that a token may use: SHA-2.
enum TimestampDigest: Equatable {
    case sha256, sha384, sha512

    /// Reads an AlgorithmIdentifier, without parameters or with NULL.
    init(_ value: DERValue) throws(EvidenceError) {
        var fields = try value.fields()
        switch try fields.take(.objectIdentifier).objectIdentifier() {
        case [2, 16, 840, 1, 101, 3, 4, 2, 1]: self = .sha256
        case [2, 16, 840, 1, 101, 3, 4, 2, 2]: self = .sha384
        case [2, 16, 840, 1, 101, 3, 4, 2, 3]: self = .sha512
        default: throw EvidenceError(.timestamp, "the token uses a digest that is not SHA-2")
        }
        if let null = fields.takeIf(.null), try !null.primitive().isEmpty {
            throw EvidenceError(.timestamp, "a digest algorithm has parameters")
        }
        try fields.finish()
    }

    func digest(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .sha256: SHA256Digest.of(bytes).bytes
        case .sha384: Array(SHA384.hash(data: bytes))
        case .sha512: Array(SHA512.hash(data: bytes))
        }
    }

    /// The signature algorithm of a SignerInfo, which has to go with this digest.
    func signatureAlgorithm(_ value: DERValue) throws(EvidenceError) -> Certificate.SignatureAlgorithm {
        var fields = try value.fields()
        let identifier = try fields.take(.objectIdentifier).objectIdentifier()
        if let null = fields.takeIf(.null), try !null.primitive().isEmpty {
            throw EvidenceError(.timestamp, "a signature algorithm has parameters")
        }
        try fields.finish()
        switch (identifier, self) {
        case ([1, 2, 840, 113549, 1, 1, 1], .sha256), ([1, 2, 840, 113549, 1, 1, 11], .sha256):
            return .sha256WithRSAEncryption
        case ([1, 2, 840, 113549, 1, 1, 1], .sha384), ([1, 2, 840, 113549, 1, 1, 12], .sha384):
            return .sha384WithRSAEncryption
        case ([1, 2, 840, 113549, 1, 1, 1], .sha512), ([1, 2, 840, 113549, 1, 1, 13], .sha512):
            return .sha512WithRSAEncryption
        case ([1, 2, 840, 10045, 4, 3, 2], .sha256): return .ecdsaWithSHA256
        case ([1, 2, 840, 10045, 4, 3, 3], .sha384): return .ecdsaWithSHA384
        case ([1, 2, 840, 10045, 4, 3, 4], .sha512): return .ecdsaWithSHA512
        default:
            throw EvidenceError(.timestamp, "the signature algorithm is unknown, or does not go with the digest")
        }
    }
}
