import Crypto
import Evidence
import Foundation
import TestSupport
import Testing

/// A bundle whose signature or key is one of those on which libraries disagree.
struct SignatureAttack: Sendable, CustomTestStringConvertible {
    let name: String
    let exitCode: Int32
    private let algorithm: KeyAlgorithm
    /// Is given the signature and what it is over, and makes another.
    private let change: @Sendable ([UInt8], [UInt8]) throws -> [UInt8]

    var testDescription: String { name }

    /// The bundle, and what is pinned.
    func make() async throws -> (bytes: [UInt8], pins: Pins) {
        let key = algorithm == .p256 ? try SigningKey.generate(.p256) : try SigningKey(pem: SampleCase.keyText)
        let workspace = try Workspace()
        try await SampleCase(count: 3, key: key).write(to: workspace.path("b"), compression: .none)
        var archive = TapeArchive(try workspace.read("b"))
        let path = "attest/collection.dsse.json"
        let envelope = try DSSEEnvelope(bytes: archive[path])
        let message = DSSEEnvelope.preAuthenticationEncoding(type: envelope.payloadType, payload: envelope.payload)
        let signature = try change(envelope.signature, message)
        let text = archive.text(path).replacing(
            Data(envelope.signature).base64EncodedString(), with: Data(signature).base64EncodedString())
        archive[path] = Array(text.utf8)
        return (archive.bytes, Pins(key: key.verificationKey))
    }

    private static func ed25519(
        _ name: String, _ code: Int32 = 30, _ change: @escaping @Sendable ([UInt8], [UInt8]) throws -> [UInt8]
    ) -> SignatureAttack { .init(name: name, exitCode: code, algorithm: .ed25519, change: change) }

    private static func p256(
        _ name: String, _ code: Int32 = 30, _ change: @escaping @Sendable (DERTree) -> [UInt8]
    ) -> SignatureAttack {
        .init(name: name, exitCode: code, algorithm: .p256) { signature, _ in change(DERTree(signature)) }
    }

    /// The order of the Ed25519 group (RFC 8032, section 5.1), least significant byte first.
    private static let order =
        DERTree.bytes("edd3f55c1a631258d69cf7a2def9de14") + [UInt8](repeating: 0, count: 15) + [0x10]
    /// The order of P-256 (SEC 2, section 2.4.2).
    private static let curveOrder = DERTree.bytes("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")

    private static func sum(_ left: ArraySlice<UInt8>, _ right: [UInt8]) -> [UInt8] {
        var carry = 0
        return zip(left, right).map { one, two in
            carry += Int(one) + Int(two)
            defer { carry >>= 8 }
            return UInt8(carry & 0xFF)
        }
    }

    /// A signature of the key of RFC 8032, section 7.1, test 1, whose R is the neutral point: S = H(R, A, M) a mod L.
    private static func neutral(_ message: [UInt8]) throws -> [UInt8] {
        let program = """
            import hashlib, sys
            h = bytearray(hashlib.sha512(bytes.fromhex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')).digest()[:32])
            h[0] &= 248; h[31] = h[31] & 127 | 64
            key = bytes.fromhex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
            r, order = bytes([1]) + bytes(31), 2**252 + 27742317777372353535851937790883648493
            k = int.from_bytes(hashlib.sha512(r + key + sys.stdin.buffer.read()).digest(), 'little')
            sys.stdout.buffer.write(r + (k * int.from_bytes(h, 'little') % order).to_bytes(32, 'little'))
            """
        return try run(program, message)
    }

    /// A signature of the same key whose R is the base point, and the part of order 2 with it where `isMixed`; S has the other sign,
    /// so that one coordinate alone fits.
    private static func negated(_ message: [UInt8], isMixed: Bool) throws -> [UInt8] {
        let program = """
            import hashlib, sys
            h = bytearray(hashlib.sha512(bytes.fromhex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')).digest()[:32])
            h[0] &= 248; h[31] = h[31] & 127 | 64
            key = bytes.fromhex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
            field, order = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
            y = 4 * pow(5, field - 2, field) % field
            r = (field - y | 1 << 255).to_bytes(32, 'little') if \(isMixed ? 1 : 0) else y.to_bytes(32, 'little')
            k = int.from_bytes(hashlib.sha512(r + key + sys.stdin.buffer.read()).digest(), 'little')
            sys.stdout.buffer.write(r + (-(1 + k * int.from_bytes(h, 'little')) % order).to_bytes(32, 'little'))
            """
        return try run(program, message)
    }

    private static func run(_ program: String, _ message: [UInt8]) throws -> [UInt8] {
        guard let python = ExternalTool("python3") else { throw CocoaError(.fileNoSuchFile) }
        return try python.run(["-c", program], input: message).output
    }

    static let all: [SignatureAttack] = [
        ed25519("S larger by the order of the group") { signature, _ in
            Array(signature[..<32]) + sum(signature[32...], order)
        },
        ed25519("all zeros") { _, _ in [UInt8](repeating: 0, count: 64) },
        ed25519("R the neutral point, S to fit it") { _, message in try neutral(message) },
        ed25519("S with the other sign: y alone fits") { _, message in try negated(message, isMixed: false) },
        ed25519("S with the other sign, R with a part of order 2: x alone fits") { _, message in
            try negated(message, isMixed: true)
        },
        ed25519("R not reduced") { signature, _ in
            DERTree.bytes("ee" + String(repeating: "ff", count: 30) + "7f") + signature[32...]
        },
        ed25519("63 bytes") { signature, _ in signature.dropLast() },
        ed25519("65 bytes") { signature, _ in signature + [0] },
        ed25519("no bytes") { _, _ in [] },
        p256("nothing wrong: a key on P-256", 0) { $0.encoded },
        p256("r of zero") { DERTree.sequence(.integer(0), $0[1]).encoded },
        p256("s of zero") { DERTree.sequence($0[0], .integer(0)).encoded },
        p256("r of n") { DERTree.sequence(.primitive(0x02, [0] + curveOrder), $0[1]).encoded },
        p256("s of n") { DERTree.sequence($0[0], .primitive(0x02, [0] + curveOrder)).encoded },
        p256("an indefinite length") { $0.indefinite(depth: 1) },
        p256("a length in more bytes than it needs") { [0x30, 0x81] + $0.encoded.dropFirst() },
        p256("a leading zero too many") {
            DERTree.sequence(.primitive(0x02, [0, 0] + $0[0].content), $0[1]).encoded
        },
        p256("a byte after the signature") { $0.encoded + [0] },
        p256("a third number") { DERTree.sequence($0[0], $0[1], .integer(1)).encoded },
        p256("one number") { DERTree.sequence($0[0]).encoded },
        p256("a negative r") { DERTree.sequence(.primitive(0x02, [0xFF]), $0[1]).encoded },
        p256("no bytes") { _ in [] },
    ]
}

@Suite("Signatures of bundles", .enabled(if: ThreeVerifiers.areAvailable, ThreeVerifiers.missing))
struct SignatureAttackTests {
    @Test("All three verifiers refuse it", arguments: SignatureAttack.all)
    func refused(attack: SignatureAttack) async throws {
        let (bytes, pins) = try await attack.make()
        let verifiers = try ThreeVerifiers(bytes, pins: pins, script: TapeArchive(bytes)["data/verify.sh"])
        #expect(verifiers.codes == [Int32?](repeating: attack.exitCode, count: 3), "\(verifiers.words)")
    }
}
