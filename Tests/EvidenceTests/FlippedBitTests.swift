import Evidence
import ForensicTypes
import Foundation
import Testing

/// One bit flipped, a bundle cut, bytes added: at every byte of small files, and in every class of offsets of large ones.
@Suite("Flipped bits")
struct FlippedBitTests {
    /// A stretch of an archive whose bytes mean the same.
    private struct Stretch {
        let name: String
        let range: Range<Int>
    }

    private static func stretches(of archive: [UInt8]) -> [Stretch] {
        var found: [Stretch] = []
        var offset = 0
        while offset + 512 <= archive.count, archive[offset] != 0 {
            let fields: [(String, Range<Int>)] = [
                ("name", 0..<100), ("mode", 100..<108), ("owner", 108..<124), ("size", 124..<136), ("time", 136..<148),
                ("checksum", 148..<156), ("type", 156..<157), ("link", 157..<257), ("magic", 257..<265),
                ("names", 265..<329), ("device", 329..<345), ("prefix", 345..<512),
            ]
            let path = String(decoding: archive[offset..<(offset + 100)].prefix { $0 != 0 }, as: UTF8.self)
            let size = Int(String(decoding: archive[(offset + 124)..<(offset + 135)], as: UTF8.self), radix: 8) ?? 0
            for (field, range) in fields {
                found.append(
                    Stretch(
                        name: "\(path): header \(field)",
                        range: (offset + range.lowerBound)..<(offset + range.upperBound)))
            }
            let start = offset + 512
            found.append(Stretch(name: path, range: start..<(start + size)))
            let end = start + (size + 511) / 512 * 512
            found.append(Stretch(name: "\(path): padding", range: (start + size)..<end))
            offset = end
        }
        found.append(Stretch(name: "end", range: offset..<archive.count))
        return found.filter { !$0.range.isEmpty }
    }

    /// Every byte of a short stretch; of a longer one its ends and some between.
    private static func offsets(_ stretch: Stretch, budget: Int) -> [Int] {
        guard stretch.range.count > budget else { return Array(stretch.range) }
        let step = Double(stretch.range.count - 1) / Double(budget - 1)
        return (0..<budget).map { stretch.range.lowerBound + Int((Double($0) * step).rounded()) }
    }

    private func exitCode(_ bytes: [UInt8], in workspace: Workspace, key: SigningKey) throws -> Int32 {
        try workspace.write(bytes, to: "m")
        return try BundleVerifier.verify(path: workspace.path("m"), pinned: key.verificationKey).exitCode
    }

    @Test("No flipped bit is accepted, in any class of offsets of any file")
    func everyClass() async throws {
        let workspace = try Workspace()
        let sample = try SampleCase(count: 5)
        try await sample.write(to: workspace.path("b"), compression: .none)
        let bytes = try workspace.read("b")
        #expect(try exitCode(bytes, in: workspace, key: sample.key) == 0)
        let stretches = Self.stretches(of: bytes)
        #expect(stretches.count > 100)
        var tried = 0
        for stretch in stretches {
            // A whole file of up to 160 bytes, byte by byte; in the headers, one byte of each field and its ends.
            for offset in Self.offsets(stretch, budget: stretch.name.contains(":") ? 3 : 160) {
                var changed = bytes
                changed[offset] ^= 1 << UInt8((offset &* 7 &+ 3) % 8)
                tried += 1
                #expect(try exitCode(changed, in: workspace, key: sample.key) != 0, "\(stretch.name), byte \(offset)")
            }
        }
        #expect(tried > 1_500)
    }

    @Test("No flipped bit of the coat is accepted, or it changes nothing that is read")
    func coat() async throws {
        let workspace = try Workspace()
        let sample = try SampleCase(count: 5)
        let facts = try await sample.write(to: workspace.path("b"), compression: .fast)
        let bytes = try workspace.read("b")
        #expect(try exitCode(bytes, in: workspace, key: sample.key) == 0)
        // Magic, header, first block header and checksum byte by byte; the rest of the blocks in steps.
        let offsets =
            Array(0..<24) + Array(stride(from: 24, to: bytes.count - 4, by: 29))
            + Array((bytes.count - 4)..<bytes.count)
        for offset in offsets {
            for bit in offset < 24 || offset >= bytes.count - 4 ? Array(0..<8) : [offset % 8] {
                var changed = bytes
                changed[offset] ^= 1 << UInt8(bit)
                try workspace.write(changed, to: "m")
                let report = try BundleVerifier.verify(path: workspace.path("m"), pinned: sample.key.verificationKey)
                #expect(report.exitCode != 0 || report.facts == facts, "byte \(offset), bit \(bit)")
            }
        }
    }

    @Test("A bundle cut at any boundary, one byte before it or after it is refused as truncated")
    func everyBoundary() async throws {
        let workspace = try Workspace()
        let sample = try SampleCase(count: 5)
        try await sample.write(to: workspace.path("b"), compression: .none)
        let bytes = try workspace.read("b")
        #expect(try exitCode(bytes, in: workspace, key: sample.key) == 0)
        let boundaries = Set(Self.stretches(of: bytes).flatMap { [$0.range.lowerBound, $0.range.upperBound] })
        for cut in boundaries.flatMap({ [$0 - 1, $0, $0 + 1] }) where cut >= 0 && cut < bytes.count {
            #expect(try exitCode(Array(bytes[..<cut]), in: workspace, key: sample.key) == 10, "cut at \(cut)")
        }
    }

    @Test("Every cut of an envelope is refused")
    func envelope() async throws {
        let workspace = try Workspace()
        let sample = try SampleCase(count: 2)
        try await sample.write(to: workspace.path("b"), compression: .none)
        let archive = TapeArchive(try workspace.read("b"))
        #expect(try exitCode(archive.bytes, in: workspace, key: sample.key) == 0)
        for path in ["attest/collection.dsse.json", "data/plan/plan.dsse.json"] {
            let whole = archive[path]
            for length in stride(from: 0, to: whole.count, by: 17) {
                var changed = archive
                changed[path] = Array(whole[..<length])
                #expect(try exitCode(changed.bytes, in: workspace, key: sample.key) != 0, "\(path) cut at \(length)")
            }
        }
    }
}
