import Foundation
import ForensicTypes
import Testing

@Suite("Digest")
struct DigestTests {
    static let hex = "00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef"

    @Test("Hexadecimal digits survive a round trip")
    func roundTrip() throws {
        let digest = try #require(Digest(hex: Self.hex))
        #expect(digest.hex == Self.hex)
        #expect(digest.bytes.count == 32)
        #expect(digest.bytes.prefix(3) == [0x00, 0x11, 0x22])
        #expect(Digest(bytes: digest.bytes) == digest)
        #expect(digest.abbreviated == "00112233")
    }

    @Test(
        "Anything but 64 lower-case digits is refused",
        arguments: [
            "", "00", String(hex.dropLast()), hex + "0", hex.uppercased(), hex.replacing("a", with: "g"),
        ])
    func refusal(text: String) {
        #expect(Digest(hex: text) == nil)
    }

    @Test("The order is that of the hexadecimal forms")
    func order() throws {
        let texts = ["0", "1", "9", "a", "f"].map { String(repeating: $0, count: 64) }
        let digests = try texts.map { try #require(Digest(hex: $0)) }
        #expect(digests.shuffled().sorted() == digests)
    }

    @Test("JSON holds the bare digits")
    func json() throws {
        let digest = try #require(Digest(hex: Self.hex))
        let data = try JSONEncoder().encode([digest])
        #expect(String(decoding: data, as: UTF8.self) == "[\"\(Self.hex)\"]")
        #expect(try JSONDecoder().decode([Digest].self, from: data) == [digest])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Digest].self, from: Data(#"["AB"]"#.utf8)) }
    }
}
