import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import Testing

/// Tokens that openssl made, against what `openssl ts -reply -text` says of them. The README of the fixtures tells how.
@Suite("Known tokens")
struct KnownTokenTests {
    private static let folder = Bundle.module.bundleURL.appending(path: "Fixtures/tokens")

    private func file(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: Self.folder.appending(path: name)))
    }

    /// The text of openssl, by the names of its lines.
    private func known(_ name: String) throws -> [String: String] {
        let lines = String(decoding: try file(name + ".txt"), as: UTF8.self).split(separator: "\n")
        var fields: [String: String] = [:]
        for line in lines where line.contains(": ") {
            let cut = try #require(line.firstRange(of: ": "))
            fields[String(line[..<cut.lowerBound])] = String(line[cut.upperBound...])
        }
        // The digest, sixteen bytes a line: the offset, the bytes, the same as characters.
        fields["Message data"] = lines.filter { $0.hasPrefix("    00") }.map { line in
            line.dropFirst(11).prefix(48).filter(\.isHexDigit).lowercased()
        }.joined()
        return fields
    }

    private func hex(_ bytes: some Collection<UInt8>) -> String {
        bytes.map { String($0 >> 4, radix: 16, uppercase: true) + String($0 & 15, radix: 16, uppercase: true) }.joined()
    }

    /// openssl's way to write a time: `Nov 26 23:54:38.692 2026 GMT`.
    private func opensslTime(_ nanoseconds: Int64) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = .gmt
        let date = Date(timeIntervalSince1970: Double(nanoseconds / 1_000_000_000))
        format.dateFormat = "MMM d HH:mm:ss"
        let front = format.string(from: date)
        format.dateFormat = "yyyy"
        return "\(front).\(nanoseconds % 1_000_000_000 / 1_000_000) \(format.string(from: date)) GMT"
    }

    @Test("Time, serial number, policy, digest and nonce are those that openssl reads", arguments: ["p256", "rsa"])
    func fields(name: String) throws {
        let known = try known(name)
        let token = try TimestampToken(response: try file(name + ".tsr"))
        let query = try TimestampQuery(der: try file("statement.tsq"))
        #expect(known["Status"] == "Granted.")
        #expect(opensslTime(token.time) == known["Time stamp"])
        #expect("0x" + hex(token.serial.drop { $0 == 0 }) == known["Serial number"])
        #expect(token.policy == known["Policy OID"])
        #expect(token.imprint.hex == known["Message data"])
        let statement = try file("statement.txt")
        #expect(token.imprint == SHA256Digest.of(statement))
        #expect("0x" + hex(query.nonce) == known["Nonce"])
    }

    @Test(
        "The times are these, in nanoseconds",
        arguments: [("p256", Int64(1_795_737_278_692_000_000)), ("rsa", 1_795_737_281_389_000_000)])
    func times(name: String, time: Int64) throws {
        let token = try TimestampToken(response: try file(name + ".tsr"))
        #expect(token.time == time)
        #expect(token.timeText == (name == "rsa" ? "2026-11-26T23:54:41Z" : "2026-11-26T23:54:38Z"))
    }

    @Test("Each is believed under its own root, and under no other", arguments: [("p256", "rsa"), ("rsa", "p256")])
    func roots(name: String, other: String) throws {
        let stored = StoredTimestamp(
            authority: name, query: try file("statement.tsq"), response: try file(name + ".tsr"))
        let statement = try file("statement.txt")
        func verify(_ root: String) throws {
            let roots = try X509Certificate.load(path: Self.folder.appending(path: root + "-root.pem").path)
            _ = try stored.verified(over: statement, roots: roots, now: VerificationTrust.clock)
        }
        try verify(name)
        #expect(throws: EvidenceError.self) { try verify(other) }
        #expect(throws: EvidenceError.self) {
            _ = try stored.verified(over: statement + [10], roots: nil, now: VerificationTrust.clock)
        }
    }
}
