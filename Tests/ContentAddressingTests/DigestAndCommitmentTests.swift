import ContentAddressing
import ForensicTypes
import Testing

struct DigestAndCommitmentTests {
    @Test("The vectors of FIPS 180-4")
    func vectors() {
        #expect(
            SHA256Digest.of(text: "abc").hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            SHA256Digest.of([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)).hex
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test("Pieces give the digest of the whole", arguments: [1, 3, 64, 65, 1000])
    func pieces(step: Int) {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        var hasher = SHA256Hasher()
        for start in stride(from: 0, to: bytes.count, by: step) {
            hasher.update(bytes[start..<min(start + step, bytes.count)])
        }
        #expect(hasher.finalize() == SHA256Digest.of(bytes))
    }

    @Test("A salt hides a short answer; without it a guess finds the answer")
    func guessing() throws {
        var generator = SystemRandomNumberGenerator()
        let answer = Array("Yes".utf8)
        let salted = SaltedCommitment.commit(salt: Salt(using: &generator), bytes: answer)
        let guesses = ["No", "Maybe", "Yes"].map { SHA256Digest.of(text: $0) }
        #expect(!guesses.contains(salted))
        #expect(guesses.contains(SHA256Digest.of(answer)))
    }

    @Test("A commitment is the digest of salt and bytes")
    func commitment() throws {
        let salt = try #require(Salt(bytes: 0..<32))
        #expect(SaltedCommitment.commit(salt: salt, bytes: [1, 2]) == SHA256Digest.of(Array(0..<32) + [1, 2]))
        #expect(Salt(bytes: [1, 2]) == nil)
    }
}
