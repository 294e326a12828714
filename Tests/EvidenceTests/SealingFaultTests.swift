import Evidence
import ForensicTypes
import Foundation
import Testing

/// What the disk, the memory or the compressor changes on the way is found before a bundle gets its name.
@Suite("Faults while sealing")
struct SealingFaultTests {
    private static func flip(_ path: String) {
        guard var bytes = FileManager.default.contents(atPath: path), !bytes.isEmpty else { return }
        bytes[bytes.count / 2] ^= 1
        try? bytes.write(to: URL(filePath: path))
    }

    private func seal(_ faults: SealingFaults, in workspace: Workspace) async throws {
        let sample = try SampleCase()
        let records = sample.records
        let stream = AsyncStream<BundleRecord> { continuation in
            for record in records { continuation.yield(record) }
            continuation.finish()
        }
        _ = try await BundleWriter(key: sample.key, compression: .fast, faults: faults)
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
        arguments: ["records.jsonl", ".seg"])
    func staging(file: String) async throws {
        let workspace = try Workspace()
        let faults = SealingFaults(afterStaging: { if $0.hasSuffix(file) { Self.flip($0) } })
        await #expect(throws: EvidenceError(.digest, "")) { try await seal(faults, in: workspace) }
        #expect(try workspace.names == [])
    }

    @Test(
        "A bit that flips between the reading back and the archive stops the sealing",
        arguments: ["records.jsonl", ".seg"])
    func measuring(file: String) async throws {
        let workspace = try Workspace()
        let faults = SealingFaults(afterMeasuring: { if $0.hasSuffix(file) { Self.flip($0) } })
        await #expect(throws: EvidenceError(.digest, "")) { try await seal(faults, in: workspace) }
        #expect(try workspace.names == [])
    }

    @Test("A compressor that returns wrong bytes stops the sealing", arguments: [4, 9, 200, -1])
    func compressor(offset: Int) async throws {
        let workspace = try Workspace()
        let faults = SealingFaults(frame: { frame in
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
            try await seal(SealingFaults(frame: { _ in foreign }), in: workspace)
        }
        #expect(try workspace.names == [])
    }
}
