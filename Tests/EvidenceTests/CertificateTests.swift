import Crypto
import Evidence
import Foundation
import SwiftASN1
import TestSupport
import Testing
@_spi(FixedExpiryValidationTime) import X509

@Suite("Certificates")
struct CertificateTests {
    private static let start: Int64 = 1_795_000_000

    /// A root, and a collector's certificate under it.
    struct Pair {
        let root: CertificateIssuer
        let key: SigningKey
        let certificate: X509Certificate

        init(root rootKind: KeyAlgorithm = .ed25519, collector: KeyAlgorithm = .ed25519, days: Int = 90) throws {
            root = try CertificateIssuer.makeRoot(
                name: "case root", key: try .generate(rootKind), start: CertificateTests.start, days: 3650)
            key = try .generate(collector)
            certificate = try root.certify(
                key.verificationKey, name: "Laboratory A", start: CertificateTests.start, days: days)
        }
    }

    @Test(
        "openssl reads and verifies what we issue",
        .enabled(if: ExternalTool.areAvailable("openssl"), "openssl is missing"),
        arguments: KeyAlgorithm.allCases, KeyAlgorithm.allCases)
    func openssl(root: KeyAlgorithm, collector: KeyAlgorithm) throws {
        let workspace = try Workspace()
        let pair = try Pair(root: root, collector: collector)
        try workspace.write(Array(pair.root.root.pem.utf8), to: "root.crt")
        try workspace.write(Array(pair.certificate.pem.utf8), to: "collector.crt")
        let openssl = try #require(ExternalTool("openssl"))
        func verify(at time: Int64) throws -> Int32 {
            try openssl.run([
                "verify", "-x509_strict", "-check_ss_sig", "-auth_level", "2", "-no-CApath", "-no-CAstore", "-attime",
                String(time), "-CAfile", workspace.path("root.crt"), workspace.path("collector.crt"),
            ]).status
        }
        #expect(try verify(at: Self.start + 1) == 0)
        #expect(try verify(at: Self.start - 1) != 0)
        #expect(try verify(at: Self.start + 91 * 86_400) != 0)
        let key = try openssl.run(["x509", "-in", workspace.path("collector.crt"), "-noout", "-pubkey"])
        #expect(key.output == Array(pair.key.verificationKey.pem.utf8))
        let text = String(
            decoding: try openssl.run(["x509", "-in", workspace.path("collector.crt"), "-noout", "-text"]).output,
            as: UTF8.self)
        #expect(text.contains("CA:FALSE") && text.contains("Digital Signature") && text.contains("1.3.6.1.5.5.7.3.36"))
    }

    @Test(
        "A key on P-256 signs what openssl verifies, and reads what openssl draws",
        .enabled(if: ExternalTool.areAvailable("openssl")))
    func p256() throws {
        let workspace = try Workspace()
        let openssl = try #require(ExternalTool("openssl"))
        let drawn = try openssl.run(["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"])
        let key = try SigningKey(pem: String(decoding: drawn.output, as: UTF8.self))
        #expect(key.verificationKey.algorithm == .p256)
        #expect(try SigningKey(pem: key.pem).verificationKey == key.verificationKey)
        let envelope = try DSSEEnvelope(signing: Array("{}".utf8), type: DSSEEnvelope.statementType, key: key)
        _ = try envelope.verifiedPayload(key: key.verificationKey)
        try workspace.write(Array(key.verificationKey.pem.utf8), to: "key.pem")
        try workspace.write(envelope.signature, to: "sig")
        try workspace.write(
            DSSEEnvelope.preAuthenticationEncoding(type: envelope.payloadType, payload: envelope.payload), to: "pae")
        let outcome = try openssl.run([
            "pkeyutl", "-verify", "-pubin", "-inkey", workspace.path("key.pem"), "-rawin", "-digest", "sha256", "-in",
            workspace.path("pae"), "-sigfile", workspace.path("sig"),
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test("Signatures on P-256 with r or s of 0 or n, trailing bytes or BER are refused")
    func hostileP256() throws {
        let key = try SigningKey.generate(.p256).verificationKey
        let order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
        let n = stride(from: 0, to: 64, by: 2).map { index -> UInt8 in
            let start = order.index(order.startIndex, offsetBy: index)
            return UInt8(order[start...].prefix(2), radix: 16) ?? 0
        }
        let zero: [UInt8] = [2, 1, 0], one: [UInt8] = [2, 1, 1], top: [UInt8] = [2, 33, 0] + n
        for (r, s) in [(zero, one), (one, zero), (top, one), (one, top), (one, one)] {
            let body = r + s
            for signature in [
                [0x30, UInt8(body.count)] + body, [0x30, 0x80] + body + [0, 0], [0x30, UInt8(body.count)] + body + [0],
            ] {
                #expect(!key.isValid(signature, for: [1, 2, 3]))
            }
        }
        for bytes in [[], [0x30], [0x30, 0], [UInt8](repeating: 0, count: 64)] as [[UInt8]] {
            #expect(!key.isValid(bytes, for: [1]))
        }
        #expect(throws: EvidenceError(.key, "")) { try VerificationKey(point: [4] + [UInt8](repeating: 0, count: 64)) }
        #expect(throws: EvidenceError(.key, "")) { try VerificationKey(point: [UInt8](repeating: 0, count: 65)) }
    }

    @Test("A path holds exactly while every certificate of it is valid, and swift-certificates' own verifier agrees")
    func agreement() async throws {
        let pair = try Pair()
        let stranger = try Pair()
        let root = try Certificate(derEncoded: pair.root.root.der)
        let leaf = try Certificate(derEncoded: pair.certificate.der)
        let other = try Certificate(derEncoded: stranger.root.root.der)
        for offset in [-1, 0, 1, 45 * 86_400, 90 * 86_400, 90 * 86_400 + 1, 4000 * 86_400] as [Int64] {
            let time = Self.start + offset
            for (anchor, pinned) in [(root, pair.root.root), (other, stranger.root.root)] {
                var verifier = Verifier(rootCertificates: CertificateStore([anchor])) {
                    RFC5280Policy(fixedExpiryValidationTime: Date(timeIntervalSince1970: Double(time)))
                }
                let result = await verifier.validate(leaf: leaf, intermediates: CertificateStore([]))
                let theirs = if case .validCertificate = result { true } else { false }
                let ours = pair.certificate.leads(to: [pinned], at: time)
                #expect(ours == theirs, "at \(offset) s")
                #expect(ours == (pinned == pair.root.root && (0...90 * 86_400).contains(offset)))
            }
        }
    }

    @Test("A certificate is not made for more than 90 days, nor under another's key")
    func refusals() throws {
        let pair = try Pair()
        #expect(throws: EvidenceError(.certificate, "")) {
            try pair.root.certify(pair.key.verificationKey, name: "x", start: Self.start, days: 91)
        }
        #expect(throws: EvidenceError(.certificate, "")) {
            try CertificateIssuer(root: pair.root.root, key: pair.key)
        }
        #expect(throws: EvidenceError(.certificate, "")) { try X509Certificate.decode(pem: "x") }
        #expect(throws: EvidenceError(.certificate, "")) {
            try X509Certificate.decode(pem: "\n" + pair.certificate.pem)
        }
        #expect(throws: EvidenceError(.certificate, "")) { try X509Certificate(der: pair.certificate.der + [0]) }
    }

    @Test("No flipped bit of a certificate still leads to the root")
    func everyBit() throws {
        let pair = try Pair()
        #expect(pair.certificate.leads(to: [pair.root.root], at: Self.start))
        for bit in 0..<(pair.certificate.der.count * 8) {
            var der = pair.certificate.der
            der[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let changed = try? X509Certificate(der: der) else { continue }
            #expect(!changed.leads(to: [pair.root.root], at: Self.start), "bit \(bit)")
        }
    }
}
