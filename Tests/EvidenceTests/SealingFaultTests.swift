import Evidence
import ForensicTypes
import Foundation
import Synchronization
import Testing

/// What the disk, the memory or the compressor changes on the way is found before a bundle gets its name.
@Suite("Faults while sealing")
struct SealingFaultTests {
    private static func flip(_ path: String) {
        guard var bytes = FileManager.default.contents(atPath: path), !bytes.isEmpty else { return }
        bytes[bytes.count / 2] ^= 1
        try? bytes.write(to: URL(filePath: path))
    }

    private func seal(
        _ faults: SealingFaults, in workspace: Workspace, compression: BundleWriter.Compression = .fast
    ) async throws {
        let sample = try SampleCase()
        let records = sample.records
        let stream = AsyncStream<BundleRecord> { continuation in
            for record in records { continuation.yield(record) }
            continuation.finish()
        }
        _ = try await BundleWriter(key: sample.key, compression: compression, faults: faults)
            .write(sample.contents, records: stream, to: workspace.path("b"))
    }

    @Test("Without a fault the bundle is sealed and verifies")
    func control() async throws {
        let workspace = try Workspace()
        try await seal(SealingFaults(), in: workspace)
        let key = try SampleCase().key.verificationKey
        #expect(try BundleVerifier.verify(path: workspace.path("b"), pinned: key).exitCode == 0)
    }

    @Test(
        "A bit that flips between the writing and the reading back stops the sealing",
        arguments: ["leaves.txt", "records.jsonl", ".seg"])
    func staging(file: String) async throws {
        let workspace = try Workspace()
        let faults = SealingFaults(afterStaging: { if $0.hasSuffix(file) { Self.flip($0) } })
        await #expect(throws: EvidenceError(.digest, "")) { try await seal(faults, in: workspace) }
        #expect(try workspace.names == [])
    }

    @Test(
        "A bit that flips between the reading back and the archive stops the sealing",
        arguments: ["leaves.txt", "records.jsonl", ".seg"])
    func measuring(file: String) async throws {
        let workspace = try Workspace()
        let faults = SealingFaults(afterMeasuring: { if $0.hasSuffix(file) { Self.flip($0) } })
        await #expect(throws: EvidenceError(.digest, "")) { try await seal(faults, in: workspace) }
        #expect(try workspace.names == [])
    }

    @Test(
        "A bit that flips in memory after a record was checked stops the sealing, whichever part it is in",
        arguments: 0..<3)
    func record(place: Int) async throws {
        let workspace = try Workspace()
        let faults = SealingFaults(record: { record in
            guard var parts = record.parts, parts.count == 2 else { return record }
            var line = record.line
            switch place {
            case 0: line[line.count / 2] ^= 1
            default: parts[place - 1][parts[place - 1].count / 2] ^= 1
            }
            return BundleRecord(line: line, parts: parts)
        })
        await #expect(throws: EvidenceError(.digest, "")) { try await seal(faults, in: workspace) }
        #expect(try workspace.names == [])
    }

    @Test("A compressor that returns wrong bytes stops the sealing", arguments: [4, 9, 200, -1])
    func compressor(offset: Int) async throws {
        let workspace = try Workspace()
        let faults = SealingFaults(compressed: { frame in
            var frame = frame
            frame[offset < 0 ? frame.count + offset : offset] ^= 1
            return frame
        })
        await #expect(throws: EvidenceError.self) { try await seal(faults, in: workspace) }
        #expect(try workspace.names == [])
    }

    @Test("A compressor that returns a sound frame of something else stops the sealing")
    func otherFrame() async throws {
        let workspace = try Workspace()
        let other = try Workspace()
        try await SampleCase(count: 13).write(to: other.path("b"))
        let foreign = try other.read("b")
        await #expect(throws: EvidenceError(.digest, "")) {
            try await seal(SealingFaults(compressed: { _ in foreign }), in: workspace)
        }
        #expect(try workspace.names == [])
    }

    /// Counts the pieces of an archive, and flips a bit of one of them.
    private final class Flip: Sendable {
        let count = Mutex(0)
        let chosen: Int?

        init(_ chosen: Int?) { self.chosen = chosen }

        func callAsFunction(_ bytes: [UInt8]) -> [UInt8] {
            let number = count.withLock { count in
                count += 1
                return count - 1
            }
            guard number == chosen, !bytes.isEmpty else { return bytes }
            var flipped = bytes
            flipped[bytes.count / 2] ^= 0x10
            return flipped
        }
    }

    @Test(
        "A bit that flips in memory between the hash and the file stops the sealing, whichever piece it is in",
        arguments: [BundleWriter.Compression.none, .fast, .archive])
    func memory(compression: BundleWriter.Compression) async throws {
        let control = try Workspace()
        let counter = Flip(nil)
        try await seal(SealingFaults(piece: { counter($0) }), in: control, compression: compression)
        let pieces = counter.count.withLock { $0 }
        #expect(pieces > 40)
        for number in 0..<pieces {
            let workspace = try Workspace()
            let flip = Flip(number)
            do {
                try await seal(SealingFaults(piece: { flip($0) }), in: workspace, compression: compression)
                // Members whose length is a multiple of the block have no padding: an empty piece has no bit.
                let key = try SampleCase().key.verificationKey
                let report = try BundleVerifier.verify(path: workspace.path("b"), pinned: key)
                #expect(report.exitCode == 0, "piece \(number)")
                #expect(try workspace.read("b") == control.read("b"), "piece \(number)")
            } catch {
                #expect(error as? EvidenceError == EvidenceError(.digest, ""), "piece \(number): \(error)")
                #expect(try workspace.names == [], "piece \(number)")
            }
        }
    }
}
