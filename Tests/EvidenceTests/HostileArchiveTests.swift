import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import Testing

/// Names, types, lists and frames that a careless reader would follow.
@Suite("Hostile archives")
struct HostileArchiveTests {
    private func sound(_ compression: BundleWriter.Compression = .none) async throws -> (Workspace, SampleCase, [UInt8])
    {
        let workspace = try Workspace()
        let sample = try SampleCase()
        try await sample.write(to: workspace.path("b"), compression: compression)
        return (workspace, sample, try workspace.read("b"))
    }

    private func exitCode(_ bytes: [UInt8], in workspace: Workspace, key: SigningKey) throws -> Int32 {
        try workspace.write(bytes, to: "m")
        return try BundleVerifier.verify(path: workspace.path("m"), pinned: key.verificationKey).exitCode
    }

    @Test(
        "A path outside the layout is refused, signed or not",
        arguments: [
            "../x", "data/../x", "data/results/../../x.json", "/data/x.json", "./data/x.json", "data/./x.json",
            "data//x.json", ".", "data/results/.json", "data/results/-x.json", "data/results/x.json.",
            "data/results/x.json ",
            "data/results/x\\y.json", "data/results/~x.json", "data/results/X.json", "data/Results/x.json",
            "data/results/é.json",
            "data/results/e\u{301}.json", "data/results/x.json/y.json", "data/results/x\u{7F}.json",
            "data/results/x\n.json",
            "data/results/x.txt", "data/fetch.txt", "fetch.txt", "tagmanifest-sha256.txt", "attest/x.dsse.json",
            "data/segments/0.seg",
            "data/segments/000000.SEG", "data/verify.sh~",
        ])
    func paths(path: String) async throws {
        let (workspace, sample, bytes) = try await sound()
        #expect(try exitCode(bytes, in: workspace, key: sample.key) == 0)
        var archive = TapeArchive(bytes)
        archive[path] = Array("{}".utf8)
        #expect(try exitCode(archive.bytes, in: workspace, key: sample.key) == 10)
        try archive.seal(with: sample.key)
        #expect(try exitCode(archive.bytes, in: workspace, key: sample.key) != 0)
        #expect(try workspace.names == ["b", "m"])
    }

    @Test("A path of a hundred bytes, a prefix, and a name with bytes after its end are refused")
    func fields() async throws {
        let (workspace, sample, bytes) = try await sound()
        #expect(try exitCode(bytes, in: workspace, key: sample.key) == 0)
        var long = TapeArchive(bytes)
        long["data/results/" + String(repeating: "a", count: 82) + ".json"] = Array("{}".utf8)
        #expect(try exitCode(long.bytes, in: workspace, key: sample.key) == 10)
        for offset in [345, 99, 40, 265, 500] {
            var changed = bytes
            changed[offset] = UInt8(ascii: "a")
            // The checksum fits, so that nothing but the field itself is wrong.
            let sum = changed[0..<512].enumerated().reduce(0) {
                $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element))
            }
            let digits = String(sum, radix: 8)
            let text = String(repeating: "0", count: 6 - digits.count) + digits
            changed.replaceSubrange(148..<154, with: text.utf8)
            #expect(try exitCode(changed, in: workspace, key: sample.key) == 10, "byte \(offset)")
        }
    }

    @Test("Nothing but a regular file is accepted", arguments: Array("123456789gxLKSDMVNXA".utf8) + [0])
    func types(type: UInt8) async throws {
        let (workspace, sample, bytes) = try await sound()
        #expect(try exitCode(bytes, in: workspace, key: sample.key) == 0)
        for hasBytes in [true, false] {
            var archive = TapeArchive(bytes)
            archive.members[6].type = type
            if !hasBytes { archive.members[6].bytes = [] }
            archive.members[6].link = archive.members[5].path
            #expect(try exitCode(archive.bytes, in: workspace, key: sample.key) == 10)
        }
    }

    @Test(
        "A list of files in another spelling is refused, though the signature covers it",
        arguments: [
            "twice", "upper case", "carriage returns", "byte order mark", "one space", "asterisk", "unsorted",
            "missing",
        ])
    func manifests(kind: String) async throws {
        let (workspace, sample, bytes) = try await sound()
        #expect(try exitCode(bytes, in: workspace, key: sample.key) == 0)
        var archive = TapeArchive(bytes)
        let text = archive.text("manifest-sha256.txt")
        var lines = text.split(separator: "\n").map(String.init)
        let changed: String
        switch kind {
        case "twice": changed = text + lines[0] + "\n"
        case "upper case": changed = text.uppercased().replacing("DATA/", with: "data/")
        case "carriage returns": changed = text.replacing("\n", with: "\r\n")
        case "byte order mark": changed = "\u{FEFF}" + text
        case "one space": changed = text.replacing("  ", with: " ")
        case "asterisk": changed = text.replacing("  ", with: " *")
        case "unsorted":
            lines.swapAt(0, 1)
            changed = lines.joined(separator: "\n") + "\n"
        default: changed = lines.dropLast().joined(separator: "\n") + "\n"
        }
        #expect(changed != text)
        archive["manifest-sha256.txt"] = Array(changed.utf8)
        try archive.sign(with: sample.key)
        #expect(try exitCode(archive.bytes, in: workspace, key: sample.key) == 40)
    }

    @Test("A skippable frame is refused before, between and after the frames")
    func skippable() async throws {
        let (workspace, sample, bytes) = try await sound(.fast)
        #expect(try exitCode(bytes, in: workspace, key: sample.key) == 0)
        for kind in UInt8(0x50)...0x5F {
            let frame: [UInt8] = [kind, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 7, 7]
            #expect(try exitCode(frame + bytes, in: workspace, key: sample.key) == 10)
            #expect(try exitCode(bytes + frame, in: workspace, key: sample.key) == 10)
        }
        // An empty frame of the profile carries nothing, and still is a byte after the end.
        let empty: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x24, 0, 1, 0, 0, 0x99, 0xE9, 0xD8, 0x51]
        #expect(try exitCode(bytes + empty + [0], in: workspace, key: sample.key) == 10)
    }

    @Test("A frame that lies about its size is refused, and a large lie before anything is allocated")
    func sizes() async throws {
        let (workspace, sample, bytes) = try await sound(.fast)
        #expect(try exitCode(bytes, in: workspace, key: sample.key) == 0)
        // Descriptor, then a size of four bytes: the sample's archive is longer than 64 KiB in this layout, or two bytes.
        let width = [1, 2, 4, 8][Int(bytes[4] >> 6)]
        let start = bytes[4] & 0x20 != 0 ? 5 : 6
        for (index, delta) in [(0, 1), (0, -1), (1, 1), (width - 1, 0x7F)] {
            var changed = bytes
            changed[start + index] = UInt8(truncatingIfNeeded: Int(changed[start + index]) + delta)
            let code = try exitCode(changed, in: workspace, key: sample.key)
            #expect(code == 10 || code == 11, "byte \(index) by \(delta): \(code)")
        }
        let bombs: [([UInt8], Int32)] = [
            ([0x28, 0xB5, 0x2F, 0xFD, 0xE4, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], 11),
            ([0x28, 0xB5, 0x2F, 0xFD, 0xA4, 0, 0, 0, 0x80], 11),
            ([0x28, 0xB5, 0x2F, 0xFD, 0x84, 0xF8, 0, 0, 1, 0], 11),
            ([0x28, 0xB5, 0x2F, 0xFD, 0x04, 0x58, 1, 0, 0], 10), ([0x28, 0xB5, 0x2F, 0xFD, 0xA5, 1, 0, 0, 0, 9], 10),
        ]
        for (bomb, code) in bombs { #expect(try exitCode(bomb, in: workspace, key: sample.key) == code) }
    }

    @Test(
        "An envelope outside the profile is refused",
        arguments: [
            "type", "no signature", "two signatures", "another identifier", "url base64", "padding bits", "white space",
            "another key first", "extra member", "key twice", "plan's envelope",
        ])
    func envelopes(kind: String) async throws {
        let (workspace, sample, bytes) = try await sound()
        #expect(try exitCode(bytes, in: workspace, key: sample.key) == 0)
        var archive = TapeArchive(bytes)
        let path = "attest/collection.dsse.json"
        var text = archive.text(path)
        let codes: Set<Int32>
        switch kind {
        case "type":
            text.replace("application/vnd.in-toto+json", with: "application/json")
            codes = [30]
        case "no signature":
            let start = try #require(text.firstRange(of: #""signatures":["#))
            text = text[..<start.upperBound] + "]}"
            codes = [30]
        case "two signatures":
            let start = try #require(text.firstRange(of: #""signatures":["#))
            let signature = text[start.upperBound...].dropLast(2)
            text = text[..<start.upperBound] + "\(signature),\(signature)]}"
            codes = [30]
        case "another identifier":
            text.replace(
                try #require(text.firstMatch(of: /"keyid":"([0-9a-f]{64})"/)).output.1,
                with: String(repeating: "0", count: 64))
            codes = [30]
        case "url base64":
            // Text that needs one of the two characters that differ, in the signature.
            text.replace(
                try #require(text.firstMatch(of: /"sig":"([^"]*)"/)).output.1, with: String(repeating: "-", count: 88))
            codes = [30]
        case "padding bits":
            let signature = try #require(text.firstMatch(of: /"sig":"([^"]*)=="/)).output.1
            let last = signature.last == "A" ? "B" : "\(try #require(signature.last))"
            let next = String(UnicodeScalar(try #require(last.utf8.first) + 1))
            text.replace(signature + "==", with: signature.dropLast() + next + "==")
            codes = [30]
        case "white space":
            text.replace(#","signatures""#, with: #", "signatures""#)
            codes = [20]
        case "another key first":
            text.replace("{\"payload\"", with: "{\"a\":1,\"payload\"")
            codes = [20]
        case "extra member":
            text = text.dropLast() + #","x":1}"#
            codes = [20]
        case "key twice":
            text.replace("{\"payload\":", with: "{\"payload\":\"\",\"payload\":")
            codes = [20]
        default:
            text = archive.text("data/plan/plan.dsse.json")
            codes = [80]
        }
        archive[path] = Array(text.utf8)
        let code = try exitCode(archive.bytes, in: workspace, key: sample.key)
        #expect(codes.contains(code), "\(code)")
    }

    @Test("Records of one run, the plan of another and the envelope of a third do not make a bundle")
    func mixAndMatch() async throws {
        let (workspace, sample, bytes) = try await sound()
        #expect(try exitCode(bytes, in: workspace, key: sample.key) == 0)
        let other = try Workspace()
        let second = try SampleCase(count: 12, body: 301)
        try await second.write(to: other.path("b"), compression: .none)
        let foreign = TapeArchive(try other.read("b"))
        #expect(try exitCode(foreign.bytes, in: workspace, key: sample.key) == 0)
        for path in [
            "data/records.jsonl", "data/leaves.txt", "data/segments/000000.seg", "attest/collection.dsse.json",
        ] {
            var mixed = TapeArchive(bytes)
            mixed[path] = foreign[path]
            #expect(try exitCode(mixed.bytes, in: workspace, key: sample.key) != 0, "\(path)")
            if path.hasPrefix("data/") {
                try mixed.seal(with: sample.key)
                #expect(try exitCode(mixed.bytes, in: workspace, key: sample.key) != 0, "\(path), signed again")
            }
        }
    }
}
