import Evidence
import Foundation

/// Every attack on a bundle as bytes, with the exit code that names the reason.
///
/// The suites make the attacks one by one; this list is what a changed verifier is held against.
struct AttackCorpus {
    struct Entry {
        let name: String
        let bytes: [UInt8]
        let pins: Pins
        let exitCode: Int32
        /// The codes that the script and the verifier in Python may give.
        let others: [Set<Int32>]
    }

    /// Sound bundles first, then attacks.
    let entries: [Entry]
    /// The text of the script.
    let script: [UInt8]

    /// Makes all of them.
    ///
    /// - Parameter hasTools: Whether openssl is there, with which the attested bundles are made.
    init(hasTools: Bool = true) async throws {
        let workspace = try Workspace()
        let sample = try SampleCase()
        let pins = Pins(key: sample.key.verificationKey)
        func entry(_ name: String, _ bytes: [UInt8], _ code: Int32, _ others: Set<Int32> = []) -> Entry {
            let codes = others.union([code])
            return Entry(name: name, bytes: bytes, pins: pins, exitCode: code, others: [codes, codes])
        }
        try await sample.write(to: workspace.path("plain"), compression: .none)
        try await sample.write(to: workspace.path("coated"), compression: .fast)
        let plain = try workspace.read("plain")
        let coated = try workspace.read("coated")
        script = TapeArchive(plain)["data/verify.sh"]
        var entries = [entry("sound", plain, 0), entry("sound, with a coat", coated, 0)]
        for attack in Attack.all {
            var archive = TapeArchive(plain)
            try attack.apply(&archive, sample.key)
            entries.append(entry(attack.name, archive.bytes, attack.exitCode, attack.otherCodes))
        }
        entries += Self.cuts(plain).map { entry($0.0, $0.1, 10) }
        entries += Self.frames(coated).map { entry($0.0, $0.1, $0.2, [0, 10]) }
        entries += Self.ends(plain, coated).map { entry($0.0, $0.1, 10, [0]) }
        let foreign = try SampleCase(planOfRecords: SampleCase.digest(of: "the plan of another case"))
        try await foreign.write(
            to: workspace.path("foreign"), compression: .none, faults: SealingFaults(keepsContradictions: true))
        entries.append(entry("records of another plan", try workspace.read("foreign"), 60))
        let onP256 = try SampleCase(key: SigningKey.generate(.p256))
        try await onP256.write(to: workspace.path("p256"), compression: .none)
        var archive = TapeArchive(try workspace.read("p256"))
        try Attack.version("", 30).apply(&archive, onP256.key)
        entries.append(
            Entry(
                name: "a bundle of version 1 signed on P-256", bytes: archive.bytes,
                pins: Pins(key: onP256.key.verificationKey), exitCode: 30, others: [[80], [30]]))
        for attack in ForeignKey.all {
            let (bytes, file) = try await attack.make()
            entries.append(
                Entry(
                    name: attack.name, bytes: bytes, pins: Pins(key: sample.key.verificationKey, keyFile: file),
                    exitCode: attack.exitCode, others: [[30], [30]]))
        }
        for attack in SignatureAttack.all {
            let made = try await attack.make()
            entries.append(
                Entry(
                    name: attack.name, bytes: made.bytes, pins: made.pins, exitCode: attack.exitCode,
                    others: [[attack.exitCode], [attack.exitCode]]))
        }
        for deviation in DeviatingBundle.all {
            let made = try await deviation.make()
            entries.append(
                Entry(
                    name: deviation.name, bytes: made.bytes, pins: made.pins, exitCode: deviation.exitCode,
                    others: [[deviation.exitCode], [deviation.exitCode]]))
        }
        // The other two are shown no kept bundles, read no handovers, and check no servers' certificates.
        func oursAlone(_ name: String, _ code: Int32, _ made: (bytes: [UInt8], pins: Pins)) -> Entry {
            Entry(name: name, bytes: made.bytes, pins: made.pins, exitCode: code, others: [[0], [0]])
        }
        for attack in HistoryAttack.all {
            entries.append(oursAlone(attack.name, attack.exitCode, try await attack.make()))
        }
        for attack in HandoverAttack.all {
            entries.append(oursAlone(attack.name, attack.exitCode, try await attack.make()))
        }
        for server in hasTools ? ServerBundle.all : [] {
            entries.append(oursAlone(server.name, server.exitCode, try await server.make()))
        }
        if hasTools {
            let attested = try await AttestedCase.Sound.shared
            entries.append(
                Entry(
                    name: "sound, with everything", bytes: attested.bytes, pins: attested.attested.pins, exitCode: 0,
                    others: [[0], [0]]))
            for attack in AttestedAttack.all {
                let (bytes, pins) = try attack.made(from: attested)
                entries.append(
                    Entry(
                        name: attack.name, bytes: bytes, pins: pins, exitCode: attack.codes[0],
                        others: [[attack.codes[1]], [attack.codes[2]]]))
            }
        }
        self.entries = entries
    }

    private static func cuts(_ plain: [UInt8]) -> [(String, [UInt8])] {
        [0, 1, 511, 512, 513, 1_024, plain.count - 10_240, plain.count - 512, plain.count - 1].map {
            ("cut at \($0)", Array(plain[..<$0]))
        }
    }

    private static func ends(_ plain: [UInt8], _ coated: [UInt8]) -> [(String, [UInt8])] {
        let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 1, 0, 0, 0, 9]
        var padding = plain
        padding[plain.count - 1] = 1
        var between = plain
        // The first member is not a multiple of 512 bytes long, so its last block ends in padding.
        let length = Int(String(decoding: plain[124..<135], as: UTF8.self), radix: 8) ?? 0
        between[512 + (length + 511) / 512 * 512 - 1] = 1
        var foreign = plain
        foreign[0] = 0xFF
        let sum = (0..<512).reduce(0) { $0 + ((148..<156).contains($1) ? 32 : Int(foreign[$1])) }
        foreign[148..<154] = (Array("000000".utf8) + Array(String(sum, radix: 8).utf8)).suffix(6)
        var blank = plain
        blank[124] = UInt8(ascii: " ")
        return [
            ("a path that is not UTF-8", foreign), ("a byte in the padding of a member", between),
            ("a size with a blank", blank),
            ("a byte after the end", plain + [0]),
            ("a second archive", plain + plain),
            ("a record of zeros after the end", plain + [UInt8](repeating: 0, count: 10_240)),
            ("a byte in the padding at the end", padding),
            ("a byte after the frames", coated + [0]),
            ("a second set of frames", coated + coated),
            ("a skippable frame after the frames", coated + skippable),
            ("a skippable frame before the frames", skippable + coated),
            ("frames cut in half", Array(coated[..<(coated.count / 2)])),
            ("frames without their last byte", Array(coated.dropLast())),
        ]
    }

    private static func frames(_ coated: [UInt8]) -> [(String, [UInt8], Int32)] {
        func changed(_ name: String, _ offset: Int, _ value: (UInt8) -> UInt8) -> (String, [UInt8], Int32) {
            var bytes = coated
            bytes[offset] = value(bytes[offset])
            return (name, bytes, 10)
        }
        return [
            (
                "a frame of 128 GiB with a small window",
                [0x28, 0xB5, 0x2F, 0xFD, 0xC4, 0x50, 0, 0, 0, 0, 0x20, 0, 0, 0, 1, 0, 0], 11
            ),
            ("a frame without a checksum", Array(changed("", 4) { $0 & ~0x04 }.1.dropLast(4)), 10),
            changed("a checksum that is not one", 4) { $0 & ~0x04 }, changed("a reserved bit", 4) { $0 | 0x08 },
            changed("a dictionary", 4) { $0 | 0x01 }, changed("a damaged checksum", coated.count - 1) { $0 ^ 1 },
            changed("a damaged block", coated.count / 2) { $0 ^ 1 },
            ("a frame without a size", [0x28, 0xB5, 0x2F, 0xFD, 0x04, 0x58, 1, 0, 0], 10),
            ("a frame of 2 GiB", [0x28, 0xB5, 0x2F, 0xFD, 0xA4, 0, 0, 0, 0x80, 1, 0, 0], 11),
            ("a window of 2 GiB", [0x28, 0xB5, 0x2F, 0xFD, 0x84, 0xA8, 0, 0, 1, 0, 1, 0, 0], 11),
            (
                "a frame far longer than its content",
                [0x28, 0xB5, 0x2F, 0xFD, 0xA4, 1, 0, 0, 0]
                    + (0..<20).flatMap { _ in [0xF8, 0xFF, 0xFF] as [UInt8] + [UInt8](repeating: 0, count: 2_097_151) },
                10
            ),
        ]
    }
}

extension Attack {
    static let all: [Attack] =
        container + unsigned + signed + further + needed + limits + redactions + single
        + members + paths + spellings + types + plans + documents

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
