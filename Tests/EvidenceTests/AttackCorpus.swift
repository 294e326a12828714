import Evidence
import Foundation

/// Every attack on a bundle as bytes, with the exit code that names the reason.
///
/// The suites make the attacks one by one; this list is what a changed verifier is held against.
struct AttackCorpus {
    struct Entry {
        let name: String
        let bytes: [UInt8]
        let exitCode: Int32
    }

    /// A sound bundle without a coat, and with one.
    let sound: [[UInt8]]
    let key: SigningKey
    let entries: [Entry]

    init() async throws {
        let workspace = try Workspace()
        let sample = try SampleCase()
        key = sample.key
        try await sample.write(to: workspace.path("plain"), compression: .none)
        try await sample.write(to: workspace.path("coated"), compression: .fast)
        let plain = try workspace.read("plain")
        let coated = try workspace.read("coated")
        sound = [plain, coated]
        var entries: [Entry] = []
        for attack in Attack.container + Attack.unsigned + Attack.signed + Attack.further + Attack.needed {
            var archive = TapeArchive(plain)
            try attack.apply(&archive, sample.key)
            entries.append(Entry(name: attack.name, bytes: archive.bytes, exitCode: attack.exitCode))
        }
        entries += Self.cuts(plain) + Self.frames(coated) + Self.ends(plain, coated)
        let foreign = try SampleCase(planOfRecords: SampleCase.digest(of: "the plan of another case"))
        try await foreign.write(to: workspace.path("foreign"), compression: .none)
        entries.append(
            Entry(name: "records of another plan", bytes: try workspace.read("foreign"), exitCode: 60))
        self.entries = entries
    }

    private static func cuts(_ plain: [UInt8]) -> [Entry] {
        [0, 1, 511, 512, 513, 1_024, plain.count - 10_240, plain.count - 512, plain.count - 1].map {
            Entry(name: "cut at \($0)", bytes: Array(plain[..<$0]), exitCode: 10)
        }
    }

    private static func ends(_ plain: [UInt8], _ coated: [UInt8]) -> [Entry] {
        let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 1, 0, 0, 0, 9]
        var padding = plain
        padding[plain.count - 1] = 1
        return [
            Entry(name: "a byte after the end", bytes: plain + [0], exitCode: 10),
            Entry(name: "a second archive", bytes: plain + plain, exitCode: 10),
            Entry(
                name: "a record of zeros after the end", bytes: plain + [UInt8](repeating: 0, count: 10_240),
                exitCode: 10),
            Entry(name: "a byte in the padding at the end", bytes: padding, exitCode: 10),
            Entry(name: "a byte after the frames", bytes: coated + [0], exitCode: 10),
            Entry(name: "a second set of frames", bytes: coated + coated, exitCode: 10),
            Entry(name: "a skippable frame after the frames", bytes: coated + skippable, exitCode: 10),
            Entry(name: "a skippable frame before the frames", bytes: skippable + coated, exitCode: 10),
            Entry(name: "frames cut in half", bytes: Array(coated[..<(coated.count / 2)]), exitCode: 10),
            Entry(name: "frames without their last byte", bytes: Array(coated.dropLast()), exitCode: 10),
        ]
    }

    private static func frames(_ coated: [UInt8]) -> [Entry] {
        func changed(_ name: String, _ offset: Int, _ value: (UInt8) -> UInt8) -> Entry {
            var bytes = coated
            bytes[offset] = value(bytes[offset])
            return Entry(name: name, bytes: bytes, exitCode: 10)
        }
        return [
            changed("a frame without a checksum", 4) { $0 & ~0x04 }, changed("a reserved bit", 4) { $0 | 0x08 },
            changed("a dictionary", 4) { $0 | 0x01 }, changed("a damaged checksum", coated.count - 1) { $0 ^ 1 },
            changed("a damaged block", coated.count / 2) { $0 ^ 1 },
            Entry(name: "a frame without a size", bytes: [0x28, 0xB5, 0x2F, 0xFD, 0x04, 0x58, 1, 0, 0], exitCode: 10),
            Entry(
                name: "a frame of 2 GiB", bytes: [0x28, 0xB5, 0x2F, 0xFD, 0xA4, 0, 0, 0, 0x80, 1, 0, 0], exitCode: 11),
            Entry(
                name: "a window of 2 GiB", bytes: [0x28, 0xB5, 0x2F, 0xFD, 0x84, 0xA8, 0, 0, 1, 0, 1, 0, 0],
                exitCode: 11),
            Entry(
                name: "a frame far longer than its content",
                bytes: [0x28, 0xB5, 0x2F, 0xFD, 0xA4, 1, 0, 0, 0]
                    + (0..<20).flatMap { _ in [0xF8, 0xFF, 0xFF] as [UInt8] + [UInt8](repeating: 0, count: 2_097_151) },
                exitCode: 11),
        ]
    }
}

extension Attack {
    /// Further changes by somebody who holds the key, one for each thing that a verifier compares.
    static let further: [Attack] =
        [
            lines("manifest-sha256.txt", "a file listed twice", 40) { $0 + [$0[0]] },
            lines("manifest-sha256.txt", "a list in another order", 40) { [$0[1], $0[0]] + $0[2...] },
            lines("manifest-sha256.txt", "a list with carriage returns", 40) { $0.map { $0 + "\r" } },
            lines("manifest-sha256.txt", "a list in upper case", 40) { $0.map { $0.uppercased() } },
            lines("manifest-sha256.txt", "a list without one file", 40) { $0.dropLast() },
            Attack("another declaration", 40) { archive, key in
                archive["bagit.txt"] = Array("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n".utf8)
                try archive.sign(with: key)
            },
            Attack("another number of octets", 40) { archive, key in
                archive["bag-info.txt"] = Array(
                    archive.text("bag-info.txt").replacing("Payload-Oxum: ", with: "Payload-Oxum: 1").utf8)
                try archive.sign(with: key)
            },
            Attack("a segment that is not the next", 42) { archive, key in
                let bytes = archive["data/segments/000000.seg"]
                archive.remove("data/segments/000000.seg")
                archive["data/segments/000001.seg"] = bytes
                try archive.seal(with: key)
            },
            Attack("a plan without its seal", 60, or: [20]) { archive, key in
                archive.remove("data/plan/plan.dsse.json")
                try archive.seal(with: key)
            },
            Attack("a plan sealed by another key", 60, or: [30]) { archive, key in
                let sealed = try SealedPlan(
                    sealing: try SampleCase.plan(commitment: SampleCase.digest(of: #"{"name":"sample","size":3}"#)),
                    with: try SigningKey.generate())
                archive["data/plan/plan.dsse.json"] = sealed.envelope.bytes
                try archive.seal(with: key)
            },
            Attack("a leaf that is no digest", 20, or: [41]) { archive, key in
                archive["data/leaves.txt"] = Array(archive.text("data/leaves.txt").uppercased().utf8)
                try archive.seal(with: key)
            },
            Attack("leaves without their last line feed", 20, or: [41]) { archive, key in
                archive["data/leaves.txt"] = archive["data/leaves.txt"].dropLast()
                try archive.seal(with: key)
            },
            Attack("a custody log that ends inside a line", 20) { archive, key in
                archive["data/custody.jsonl"] = archive["data/custody.jsonl"].dropLast()
                try archive.seal(with: key)
            },
            Attack("a line of the custody log in another spelling", 20) { archive, key in
                archive["data/custody.jsonl"] = Array(
                    archive.text("data/custody.jsonl").replacing(#""n":1"#, with: #""n": 1"#).utf8)
                try archive.seal(with: key)
            },
            Attack("a number of the custody log that is not the next", 50) { archive, key in
                archive["data/custody.jsonl"] = Array(
                    archive.text("data/custody.jsonl").replacing(#""n":1"#, with: #""n":7"#).utf8)
                try archive.seal(with: key)
            },
            Attack("a path of a hundred bytes", 10) { archive, _ in
                archive["data/results/" + String(repeating: "a", count: 82) + ".json"] = Array("{}".utf8)
            },
            Attack("an envelope with another type", 30) { archive, _ in
                archive["attest/collection.dsse.json"] = Array(
                    archive.text("attest/collection.dsse.json")
                        .replacing("application/vnd.in-toto+json", with: "application/json").utf8)
            },
            Attack("an envelope that names another key", 30) { archive, _ in
                let text = archive.text("attest/collection.dsse.json")
                guard let found = text.firstMatch(of: /"keyid":"([0-9a-f]{64})"/) else { return }
                archive["attest/collection.dsse.json"] = Array(
                    text.replacing(found.output.1, with: String(repeating: "0", count: 64)).utf8)
            },
            Attack("an envelope with a member more", 20, or: [30]) { archive, _ in
                archive["attest/collection.dsse.json"] =
                    archive["attest/collection.dsse.json"].dropLast() + Array(#","x":1}"#.utf8)
            },
        ]

    private static func lines(
        _ path: String, _ name: String, _ exitCode: Int32, _ change: @escaping @Sendable ([String]) -> [String]
    ) -> Attack {
        Attack(name, exitCode) { archive, key in
            let lines = archive.text(path).split(separator: "\n").map(String.init)
            archive[path] = Array(change(lines).map { $0 + "\n" }.joined().utf8)
            try archive.sign(with: key)
        }
    }
}
