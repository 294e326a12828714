import CaseStore
import ForensicTypes
import Foundation
import Testing

/// Row 20 of the fault table: whatever is done to a spool is noticed at the record where it begins, and the records before it are
/// salvaged into a case that says that it is incomplete.
@Suite("Damaged spools")
struct DamagedSpoolTests {
    let folder: TemporaryFolder
    var path: String { folder.file("case") }

    init() throws { folder = try TemporaryFolder() }

    /// A case with records; the lengths of its first segment after 0, 1, 2 ... records.
    private func make(_ path: String, records: Int, from first: Int = 0) async throws -> [Int] {
        let store = try await SampleRecords.create(path)
        var lengths: [Int] = []
        for number in 0..<records {
            _ = try await store.append(SampleRecords.transcript(first + number))
            lengths.append(try TemporaryFolder.bytes(segment(path)).count)
        }
        return lengths
    }

    private func segment(_ path: String, _ ordinal: Int = 0) -> String { path + "/spool/00000\(ordinal).spool" }

    private func forgetIndex() {
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path + "/index.sqlite" + suffix)
        }
    }

    /// Expects that opening is refused at a record, and that so many records are salvaged.
    private func expect(
        damageAt record: Int, _ what: Comment, to accesses: [CaseStore.Access] = [.read, .write]
    ) async throws {
        let before = try TemporaryFolder.bytes(segment(path))
        // Twice: what a refused opening leaves behind must not let the next one through.
        for access in accesses + accesses {
            let error = await #expect(throws: CaseStoreError.self, what) {
                try await SampleRecords.open(path, access)
            }
            #expect(error?.code == .damagedSpool, what)
            let isNamed =
                error?.message.contains("at record \(record),") == true
                || error?.message.contains("the spool holds \(record):") == true
            #expect(isNamed, "\(what): \(error?.message ?? "")")
        }
        var found: [Transcript] = []
        let salvage = try CaseStore.verifiedPrefix(at: path) { found.append($0.transcript) }
        #expect(salvage.records == record && !salvage.isComplete, what)
        #expect(found == (0..<record).map { SampleRecords.transcript($0) }, what)
        #expect(try TemporaryFolder.bytes(segment(path)) == before, "nothing was changed")

        let copy = folder.file("copy")
        try? FileManager.default.removeItem(atPath: copy)
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        for name in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm", "lock"] {
            try? FileManager.default.removeItem(atPath: copy + "/" + name)
        }
        try await CaseStore.keep(salvage, in: copy, who: SampleRecords.who, tool: SampleRecords.tool)
        let store = try await SampleRecords.open(copy)
        #expect(try await SampleRecords.all(store).map(\.transcript) == found, what)
        let last = try #require(await store.custody.entries.last)
        #expect(last.action == .copy && last.object?.digest == salvage.head, what)
        #expect(
            last.why.hasPrefix("salvaged the first \(record == 1 ? "record" : "\(record) records") of")
                && last.why.contains("incomplete"), what)
        #expect(try await store.append(SampleRecords.transcript(record)) == record, what)
    }

    @Test("A flip in any record, and in the header")
    func flip() async throws {
        let lengths = try await make(path, records: 4)
        let whole = try TemporaryFolder.bytes(segment(path))
        for (place, record) in [(3, 0), (20, 0), (40, 0)] + lengths.enumerated().map({ ($1 - 20, $0) }) {
            var changed = whole
            changed[place] ^= 4
            try TemporaryFolder.write(changed, to: segment(path))
            try await expect(damageAt: record, "byte \(place)")
        }
    }

    @Test("A cut inside and between records that takes acknowledged ones")
    func cut() async throws {
        let lengths = try await make(path, records: 4)
        let whole = try TemporaryFolder.bytes(segment(path))
        try TemporaryFolder.write(Array(whole.prefix(lengths[1] + 100)), to: segment(path))
        try await expect(damageAt: 2, "inside record 2", to: [.write])
        // Between two records nothing in the spool itself is wrong: the index knows how many there were.
        try TemporaryFolder.write(Array(whole.prefix(lengths[1])), to: segment(path))
        await #expect(throws: CaseStoreError(.damagedSpool, "")) { try await SampleRecords.open(path) }
        let found = try CaseStore.verifiedPrefix(at: path)
        #expect(found.records == 2 && found.isComplete && !found.incomplete("cut").isComplete)
    }

    @Test("A record taken out of the middle, doubled, or put in another place")
    func middle() async throws {
        let lengths = try await make(path, records: 4)
        let whole = try TemporaryFolder.bytes(segment(path))
        let frames = zip([64] + lengths, lengths).map { whole[$0..<$1] }
        let orders: [([Int], Int)] = [([0, 2, 3], 1), ([0, 1, 1, 2, 3], 2), ([0, 2, 1, 3], 1), ([1, 0, 2, 3], 0)]
        for (order, record) in orders {
            try TemporaryFolder.write(Array(whole.prefix(64)) + order.flatMap { Array(frames[$0]) }, to: segment(path))
            try await expect(damageAt: record, "\(order)")
        }
    }

    @Test("Two spools merged: the frames of another case, and its segment as the next")
    func merged() async throws {
        _ = try await make(path, records: 3)
        let other = folder.file("other")
        _ = try await make(other, records: 2, from: 3)
        let whole = try TemporaryFolder.bytes(segment(path))
        let foreign = try TemporaryFolder.bytes(segment(other))
        try TemporaryFolder.write(whole + Array(foreign.dropFirst(64)), to: segment(path))
        try FileManager.default.removeItem(atPath: path + "/index.sqlite")
        try await expect(damageAt: 3, "frames")
        try TemporaryFolder.write(whole, to: segment(path))
        try TemporaryFolder.write(foreign, to: segment(path, 1))
        forgetIndex()
        try await expect(damageAt: 3, "segment")
    }

    @Test("The spool of another case, whole and with as many records, is refused at its first record")
    func otherCase() async throws {
        _ = try await make(path, records: 3)
        let other = folder.file("other")
        _ = try await make(other, records: 3)
        try TemporaryFolder.write(try TemporaryFolder.bytes(segment(other)), to: segment(path))
        forgetIndex()
        try await expect(damageAt: 0, "another case")
        let error = await #expect(throws: CaseStoreError.self) { try await SampleRecords.open(path) }
        #expect(error?.message.contains("another case") == true)
    }

    @Test(
        "An earlier state of the same spool lacks records that the index knows; a later segment does not follow from it"
    )
    func otherTime() async throws {
        _ = try await make(path, records: 2)
        let early = try TemporaryFolder.bytes(segment(path))
        do {
            let store = try await SampleRecords.open(path)
            for number in 2..<5 { _ = try await store.append(SampleRecords.transcript(number)) }
        }
        try TemporaryFolder.write(early, to: segment(path))
        let error = await #expect(throws: CaseStoreError.self) { try await SampleRecords.open(path) }
        #expect(error?.code == .damagedSpool && error?.message.contains("knows 5 acknowledged records") == true)
        #expect(try CaseStore.verifiedPrefix(at: path).records == 2)
        // A second segment that was begun after two other records.
        let numbers = [UInt8](repeating: 0, count: 7) + [1] + [UInt8](repeating: 0, count: 7) + [2]
        try TemporaryFolder.write(Array(early.prefix(16)) + numbers + Array(early.dropFirst(32)), to: segment(path, 1))
        forgetIndex()
        try await expect(damageAt: 2, "a segment of another time")
    }

    @Test("A spool that begins at zeros, as older builds wrote it, is read")
    func older() async throws {
        _ = try await make(path, records: 0)
        let body = try await oldFrame()
        try TemporaryFolder.write(body, to: segment(path))
        let store = try await SampleRecords.open(path)
        #expect(try await SampleRecords.all(store).map(\.transcript) == [SampleRecords.transcript(0)])
        #expect(try await store.append(SampleRecords.transcript(1)) == 1)
    }

    /// A segment with one record under the chain value zero, made from one of a new case.
    private func oldFrame() async throws -> [UInt8] {
        let other = folder.file("new")
        let lengths = try await make(other, records: 1)
        let whole = try TemporaryFolder.bytes(segment(other))
        #expect(whole.count == lengths[0] && whole[32..<64] != [UInt8](repeating: 0, count: 32)[...])
        let header = whole.prefix(32) + [UInt8](repeating: 0, count: 32)
        let frame = whole[64..<(whole.count - 32)]
        return Array(header + frame + SampleRecords.chain(after: Array(header), frame: Array(frame)))
    }
}
