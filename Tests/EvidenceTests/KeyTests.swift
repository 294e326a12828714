import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

struct KeyTests {
    @Test("The key pair of RFC 8032, section 7.1, test 1")
    func publishedPair() throws {
        let key = try SigningKey(pem: SampleCase.keyText)
        let expected = try #require(Digest(hex: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))
        #expect(key.verificationKey.bytes == expected.bytes)
        #expect(key.pem == SampleCase.keyText)
    }

    @Test("A saved key is the owner's alone, is never overwritten, and reads back")
    func savedKey() throws {
        let workspace = try Workspace()
        let key = try SigningKey.generate()
        try key.save(path: workspace.path("key.pem"))
        try key.verificationKey.save(path: workspace.path("key.pub"))
        let mode = try FileManager.default.attributesOfItem(atPath: workspace.path("key.pem"))[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(try SigningKey.load(path: workspace.path("key.pem")).verificationKey == key.verificationKey)
        #expect(try VerificationKey.load(path: workspace.path("key.pub")) == key.verificationKey)
        #expect(throws: EvidenceError(.exists, "")) { try key.save(path: workspace.path("key.pem")) }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: workspace.path("key.pem"))
        #expect(throws: EvidenceError(.key, "")) { try SigningKey.load(path: workspace.path("key.pem")) }
        #expect(throws: EvidenceError(.inputOutput, "")) { try SigningKey.load(path: workspace.path("none.pem")) }
    }

    @Test(
        "openssl reads our keys, and we read openssl's",
        .enabled(if: ExternalTool.areAvailable("openssl"), "openssl is missing"))
    func agreementWithOpenSSL() throws {
        let openssl = try #require(ExternalTool("openssl"))
        let ours = try openssl.run(["pkey", "-pubout"], input: Array(SampleCase.keyText.utf8))
        #expect(ours.output == Array(try SigningKey(pem: SampleCase.keyText).verificationKey.pem.utf8))
        let theirs = try openssl.run(["genpkey", "-algorithm", "ed25519"])
        _ = try SigningKey(pem: String(decoding: theirs.output, as: UTF8.self))
    }

    @Test("Other keys and damaged armour are refused")
    func refusals() throws {
        let text = SampleCase.keyText
        for wrong in [
            "", "x", text.replacing("PRIVATE", with: "PUBLIC"), text.replacing("MC4C", with: "MC4D"), text + "\n",
            text.replacing("n9g", with: "n9"), text + text,
        ] {
            #expect(throws: EvidenceError(.key, "")) { try SigningKey(pem: wrong) }
        }
    }

    @Test(
        "Points of small order and encodings that are not canonical are no keys",
        arguments: [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "efffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        ])
    func weakKeys(hex: String) throws {
        let bytes = try #require(Digest(hex: hex)).bytes
        #expect(throws: EvidenceError(.key, "")) { try VerificationKey(bytes: bytes) }
    }

    @Test("A key of another length is refused")
    func length() {
        #expect(throws: EvidenceError(.key, "")) { try VerificationKey(bytes: [UInt8](repeating: 9, count: 31)) }
    }
}
