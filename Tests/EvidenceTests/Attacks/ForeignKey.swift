import ContentAddressing
import Crypto
import Evidence
import ForensicTypes
import Foundation

/// A pinned key of a kind that no bundle is signed with. Ours reads no such key, so it is given the key of the sample instead.
struct ForeignKey: Sendable {
    let name: String
    /// Ours.
    let exitCode: Int32
    private let key: String
    private let sign: @Sendable ([UInt8]) throws -> [UInt8]

    /// A bundle that the key signed, and the file that holds the key.
    func make() async throws -> (bytes: [UInt8], file: String) {
        let workspace = try Workspace()
        let sample = try SampleCase(count: 3, hasPlan: false)
        try await sample.write(to: workspace.path("b"), compression: .none)
        var archive = TapeArchive(try workspace.read("b"))
        guard exitCode != 0 else { return (archive.bytes, key) }
        archive["data/keys/collector.pem"] = Array(key.utf8)
        try archive.seal(with: sample.key)
        let path = "attest/collection.dsse.json"
        let envelope = try DSSEEnvelope(bytes: archive[path])
        let message = DSSEEnvelope.preAuthenticationEncoding(type: envelope.payloadType, payload: envelope.payload)
        let text = key.split(separator: "\n").dropFirst().dropLast().joined()
        archive[path] = Array(
            archive.text(path)
                .replacing(
                    Data(envelope.signature).base64EncodedString(), with: Data(try sign(message)).base64EncodedString()
                )
                .replacing(envelope.keyIdentifier, with: SHA256Digest.of(Base64Text.decode(text)).hex).utf8)
        return (archive.bytes, key)
    }

    private static func pem(_ text: String) -> String {
        "-----BEGIN PUBLIC KEY-----\n\(text)\n-----END PUBLIC KEY-----\n"
    }

    /// The private key of the vectors for P-384 and SHA-256 of RFC 6979, section A.2.6.
    private static let secret = DERTree.bytes(
        "6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5")

    /// The key of RFC 8032, section 7.1, test 1, which is that of the sample.
    private static let seed = DERTree.bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    private static let point = DERTree.bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    private static let sampleKey = pem(Data(DERTree.bytes("302a300506032b6570032100") + point).base64EncodedString())
    private static let p256 = P256.Signing.PrivateKey()

    private static func sampled(_ message: [UInt8]) throws -> [UInt8] {
        Array(try Curve25519.Signing.PrivateKey(rawRepresentation: seed).signature(for: message))
    }

    /// Lines of 64 characters, as openssl writes them.
    private static func wrapped(_ der: Data) -> String {
        let text = Array(der.base64EncodedString().utf8)
        return pem(
            stride(from: 0, to: text.count, by: 64).map {
                String(decoding: text[$0..<min($0 + 64, text.count)], as: UTF8.self)
            }.joined(separator: "\n"))
    }

    /// The uncompressed point with the parity of y in its first byte, 6 or 7.
    private static var hybrid: Data {
        var der = p256.publicKey.derRepresentation
        der[der.count - 65] = 6 | (der[der.count - 1] & 1)
        return der
    }

    static let all: [ForeignKey] = [
        ForeignKey(name: "a pinned file that is no key", exitCode: 0, key: "no key\n") { _ in [] },
        ForeignKey(
            name: "a pinned key on P-384", exitCode: 30,
            key: (try? P384.Signing.PrivateKey(rawRepresentation: secret).publicKey.pemRepresentation).map { $0 + "\n" }
                ?? ""
        ) { message in
            let key = try P384.Signing.PrivateKey(rawRepresentation: secret)
            return Array(try key.signature(for: SHA256.hash(data: message)).derRepresentation)
        },
        ForeignKey(
            name: "a pinned key with another first line", exitCode: 0,
            key: sampleKey.replacing("BEGIN PUBLIC", with: "BEGIN EC PUBLIC")
        ) { _ in [] },
        ForeignKey(
            name: "a pinned key with another last line", exitCode: 0,
            key: sampleKey.replacing("END PUBLIC", with: "END EC PUBLIC")
        ) { _ in [] },
        ForeignKey(
            name: "a pinned key that is for agreement (X25519)", exitCode: 30,
            key: pem(Data(DERTree.bytes("302a300506032b656e032100") + point).base64EncodedString()), sign: sampled),
        ForeignKey(
            name: "a pinned key that is no point", exitCode: 30,
            key: pem(
                Data(DERTree.bytes("302a300506032b657003210002") + [UInt8](repeating: 0, count: 31))
                    .base64EncodedString()
            ), sign: sampled),
        ForeignKey(
            name: "a pinned key on P-256 with a byte more", exitCode: 30,
            key: wrapped(p256.publicKey.derRepresentation + [0])
        ) { Array(try p256.signature(for: SHA256.hash(data: $0)).derRepresentation) },
        ForeignKey(
            name: "a pinned key on P-256 in the hybrid form", exitCode: 30, key: wrapped(Self.hybrid)
        ) { Array(try p256.signature(for: SHA256.hash(data: $0)).derRepresentation) },
        // The neutral point: R = S B for any S, here 1, is a signature of every message (RFC 8032, section 5.1.7).
        ForeignKey(
            name: "a pinned key of small order", exitCode: 30,
            key: pem("MCowBQYDK2VwAyEAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
        ) { _ in
            DERTree.bytes("58" + String(repeating: "66", count: 31) + "01" + String(repeating: "00", count: 31))
        },
    ]
}
