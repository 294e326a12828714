import Crypto
import Evidence
import Foundation

/// A token of an authority taken apart, changed anywhere, and signed again with the authority's own key: what an authority could
/// hand out that made exactly one mistake.
struct ForgedToken {
    /// The whole response.
    var response: DERTree
    let query: [UInt8]
    private let key: P256.Signing.PrivateKey

    /// Takes an authority's token over some bytes apart.
    init(_ stamp: StoredTimestamp, key: P256.Signing.PrivateKey) {
        response = DERTree(stamp.response)
        query = stamp.query
        self.key = key
    }

    /// SignedData.
    var signed: DERTree {
        get { response[1, 1, 0] }
        set { response[1, 1, 0] = newValue }
    }

    /// TSTInfo.
    var statement: DERTree {
        get { DERTree(signed[2, 1, 0].content) }
        set { signed[2, 1, 0] = .primitive(0x04, newValue.encoded) }
    }

    /// The one SignerInfo.
    var signer: DERTree {
        get { signed[4, 0] }
        set { signed[4, 0] = newValue }
    }

    /// The signed attributes.
    var attributes: [DERTree] {
        get { signer[3].members }
        set { signer[3].members = newValue }
    }

    static let contentType = DERTree.oid("2a864886f70d010903")
    static let messageDigest = DERTree.oid("2a864886f70d010904")
    static let signingCertificate = DERTree.oid("2a864886f70d010910022f")

    /// Changes the attribute of a type.
    mutating func change(_ type: DERTree, _ change: (inout DERTree) -> Void) {
        for index in attributes.indices where attributes[index][0] == type { change(&attributes[index]) }
    }

    /// Makes the signed digest that of the statement.
    mutating func digest() {
        let digest = Array(SHA256.hash(data: signed[2, 1, 0].content))
        change(Self.messageDigest) { $0[1, 0] = .primitive(0x04, digest) }
    }

    /// Signs the attributes as they are.
    mutating func sign() throws {
        let bytes = [0x31] + signer[3].encoded.dropFirst()
        signer[5] = .primitive(0x04, Array(try key.signature(for: bytes).derRepresentation))
    }

    /// Puts another certificate of the authority's key in the place of the signer's, named and bound.
    mutating func adopt(_ certificate: LocalIssuer.Made, with others: [LocalIssuer.Made] = []) {
        let tree = DERTree(certificate.der)
        signed[3].members = ([certificate] + others).map { DERTree($0.der) }
        signer[1] = .sequence(tree[0, 3], tree[0, 1])
        let digest = Array(SHA256.hash(data: certificate.der))
        change(Self.signingCertificate) { $0[1, 0] = .sequence(.sequence(.sequence(.primitive(0x04, digest)))) }
    }

    /// The token as it would lie in a bundle.
    func stored(_ authority: String) -> StoredTimestamp {
        StoredTimestamp(authority: authority, query: query, response: response.encoded)
    }
}

extension LocalAuthority {
    /// The signer's private key, for authorities on P-256.
    var signerKey: P256.Signing.PrivateKey {
        get throws {
            let pem = String(decoding: try workspace.read("\(name)-signer.key"), as: UTF8.self)
            return try P256.Signing.PrivateKey(pemRepresentation: pem)
        }
    }
}

extension AttestedCase {
    /// The first authority's token over the collector's envelope, changed and signed again.
    ///
    /// - Parameters:
    ///   - seals: Whether digest and signature are made to fit the change.
    ///   - change: What is changed.
    func forge(
        from archive: TapeArchive, seals: Bool = true, _ change: (inout ForgedToken) throws -> Void
    ) throws -> ForgedToken {
        let start = "attest/ts/collector-tsa-0"
        let stamp = StoredTimestamp(
            authority: "tsa-0", query: archive["\(start).tsq"], response: archive["\(start).tsr"])
        var token = ForgedToken(stamp, key: try authorities[0].signerKey)
        try change(&token)
        if seals {
            token.digest()
            try token.sign()
        }
        return token
    }
}
