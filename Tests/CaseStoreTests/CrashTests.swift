import CaseStore
import ForensicTypes
import Foundation
import Testing

@Suite("Crashes and full disks")
struct CrashTests {
    let folder: TemporaryFolder
    var path: String { folder.file("case") }
    var segment: String { path + "/spool/000000.spool" }

    init() throws { folder = try TemporaryFolder() }

    private func forgetIndex() {
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path + "/index.sqlite" + suffix)
        }
    }

    @Test("A last record cut at any byte is removed, logged, and its number used again")
    func tornTail() async throws {
        var before = 0
        do {
            let store = try await SampleRecords.create(path)
            for number in 0..<3 { _ = try await store.append(SampleRecords.transcript(number)) }
            before = try TemporaryFolder.bytes(segment).count
            _ = try await store.append(SampleRecords.transcript(3))
        }
        let whole = try TemporaryFolder.bytes(segment)
        #expect(whole.count > before + 500)
        for length in before..<whole.count {
            try TemporaryFolder.write(Array(whole.prefix(length)), to: segment)
            #expect(try await SampleRecords.open(path, .read).recordCount == 3, "a reader ignores a torn end")
            // Writing to disk at every byte would take a minute: frame edges, and every 50th byte between.
            let isEdge = length < before + 8 || length > whole.count - 36
            guard isEdge || length % 50 == 0 else { continue }
            forgetIndex()
            let custody = try TemporaryFolder.bytes(path + "/custody.jsonl")
            do {
                let store = try await SampleRecords.open(path)
                #expect(await store.recordCount == 3)
                #expect(try TemporaryFolder.bytes(segment).count == before)
                let actions = await store.custody.entries.map(\.action)
                let recovery: [CustodyAction] = length == before ? [] : [.crashRecovered]
                #expect(actions == [.open] + recovery + [.indexRebuilt])
                #expect(try await store.append(SampleRecords.transcript(40)) == 3)
            }
            try TemporaryFolder.write(custody, to: path + "/custody.jsonl")
        }
    }

    @Test("A cut that takes an acknowledged record is reported, not repaired")
    func lostRecord() async throws {
        do {
            let store = try await SampleRecords.create(path)
            for number in 0..<3 { _ = try await store.append(SampleRecords.transcript(number)) }
        }
        let whole = try TemporaryFolder.bytes(segment)
        try TemporaryFolder.write(whole.dropLast(10), to: segment)
        await #expect(throws: CaseStoreError(.damagedSpool, "")) { try await SampleRecords.open(path) }
        #expect(try TemporaryFolder.bytes(segment).count == whole.count - 10, "nothing was changed")
    }

    @Test("A flipped bit anywhere is found, and what is before it can be read")
    func flippedBits() async throws {
        do {
            let store = try await SampleRecords.create(path)
            for number in 0..<3 { _ = try await store.append(SampleRecords.transcript(number)) }
        }
        let whole = try TemporaryFolder.bytes(segment)
        _ = try await SampleRecords.open(path)
        for place in stride(from: 0, to: whole.count, by: 3) {
            var changed = whole
            changed[place] ^= UInt8(1 << (place % 8))
            try TemporaryFolder.write(changed, to: segment)
            await #expect(throws: CaseStoreError(.damagedSpool, ""), "byte \(place)") {
                try await SampleRecords.open(path)
            }
        }
    }

    @Test("A missing segment is damage, not an end")
    func missingSegment() async throws {
        do {
            let store = try await SampleRecords.create(path)
            _ = try await store.append(SampleRecords.transcript(0))
        }
        try FileManager.default.moveItem(atPath: segment, toPath: path + "/spool/000001.spool")
        await #expect(throws: CaseStoreError(.damagedSpool, "")) { try await SampleRecords.open(path) }
    }

    @Test("Whatever call fails, nothing acknowledged is lost", arguments: FaultyDisk.Fault.allCases)
    func faults(fault: FaultyDisk.Fault) async throws {
        var struck = 0
        for first in 0..<40 {
            let place = folder.file("case-\(first)")
            do { _ = try await SampleRecords.create(place) }
            let disk = FaultyDisk(fault, from: first)
            var acknowledged = 0
            do {
                let store = try await CaseStore.open(
                    at: place, access: .write, who: SampleRecords.who, tool: SampleRecords.tool, device: disk)
                do {
                    for number in 0..<5 {
                        _ = try await store.append(SampleRecords.transcript(number))
                        acknowledged += 1
                    }
                } catch {
                    #expect([.diskFull, .inputOutput].contains(error.code))
                    await #expect(throws: CaseStoreError(.stopped, "")) {
                        try await store.append(SampleRecords.transcript(9))
                    }
                }
            }
            let store = try await SampleRecords.open(place)
            let found = try await SampleRecords.all(store).map(\.transcript)
            #expect(found.count >= acknowledged)
            #expect(found == (0..<found.count).map { SampleRecords.transcript($0) })
            #expect(try await store.append(SampleRecords.transcript(found.count)) == found.count)
            if fault == .interrupted || fault == .short { #expect(acknowledged == 5) }
            guard disk.hasStruck else { break }
            struck += 1
        }
        #expect(struck >= 10, "the loop ends only when the fault no longer strikes")
    }

    @Test(
        "A file system of 1 MB that fills up: a clear error, every acknowledged record there",
        .enabled(if: TinyFileSystem.isAvailable, "needs root, to mount a tmpfs"))
    func fullFileSystem() async throws {
        let mount = try TinyFileSystem(at: folder.file("tiny"))
        let place = mount.path + "/case"
        var acknowledged = 0
        do {
            let store = try await SampleRecords.create(place)
            let error = await #expect(throws: CaseStoreError.self) {
                for number in 0..<1_000 {
                    let response = [UInt8](repeating: 0x61, count: 20_000)
                    _ = try await store.append(SampleRecords.transcript(number, response: response))
                    acknowledged += 1
                }
            }
            #expect(error?.code == .diskFull)
        }
        #expect(acknowledged > 5)
        let store = try await SampleRecords.open(place, .read)
        #expect(await store.recordCount == acknowledged)
        #expect(try await SampleRecords.all(store).count == acknowledged)
    }
}
