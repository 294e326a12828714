import CaseStore
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// Row 19 of the fault table: whatever happens to the index, it is made anew from the spool, equals the old one, and the
/// loss is written down.
@Suite("Faults of the index")
struct IndexFaultTests {
    let folder: TemporaryFolder
    var path: String { folder.file("case") }
    private static let files = ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"]

    init() throws { folder = try TemporaryFolder() }

    /// A case of 30 records, closed; the files of its index.
    private func makeCase() async throws -> [String: [UInt8]] {
        do {
            let store = try await SampleRecords.create(path)
            for number in 0..<30 {
                _ = try await store.append(SampleRecords.transcript(number, model: number % 3 == 0 ? "a" : "b"))
            }
            await store.settle()
        }
        return try indexFiles()
    }

    private func indexFiles() throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in Self.files where FileManager.default.fileExists(atPath: path + "/" + name) {
            files[name] = try TemporaryFolder.bytes(path + "/" + name)
        }
        return files
    }

    private func put(_ files: [String: [UInt8]]) throws {
        for name in Self.files {
            try? FileManager.default.removeItem(atPath: path + "/" + name)
            if let bytes = files[name] { try TemporaryFolder.write(bytes, to: path + "/" + name) }
        }
    }

    /// Opens the case, expects the right answers, and says whether a rebuild was written down.
    private func check(_ comment: Comment) async throws -> Bool {
        let store = try await SampleRecords.open(path)
        #expect(try await store.attempts().map(\.sequence) == Array(0..<30), comment)
        #expect(try await store.attempts(of: "a").map(\.sequence) == stride(from: 0, to: 30, by: 3).map { $0 }, comment)
        #expect(try await store.transcripts(of: "a").count == 10, comment)
        return await store.custody.entries.last?.action == .indexRebuilt
    }

    @Test("Untouched: nothing is rebuilt")
    func untouched() async throws {
        _ = try await makeCase()
        #expect(try await !check("untouched"))
        #expect(try await !check("again"))
    }

    @Test("Gone, emptied, or cut at any page: rebuilt and written down", arguments: files)
    func lost(name: String) async throws {
        let files = try await makeCase()
        let bytes = try #require(files["index.sqlite"])
        guard let whole = files[name] else { return }
        var variants: [[UInt8]?] = [nil, []]
        for length in stride(from: 512, to: whole.count, by: 4_096) { variants.append(Array(whole.prefix(length))) }
        for (number, variant) in variants.enumerated() {
            var changed = files
            changed[name] = variant
            try put(changed)
            let isRebuilt = try await check("\(name), variant \(number)")
            if name == "index.sqlite", variant != bytes { #expect(isRebuilt, "\(name), variant \(number)") }
        }
    }

    @Test("A flipped bit never changes an answer, and where it touched a row that is written down")
    func flipped() async throws {
        let files = try await makeCase()
        let bytes = try #require(files["index.sqlite"])
        var rebuilt = 0
        for place in stride(from: 0, to: bytes.count, by: 331) {
            var changed = files
            changed["index.sqlite"]?[place] ^= UInt8(1 << (place % 8))
            try put(changed)
            if try await check("byte \(place)") { rebuilt += 1 }
        }
        #expect(rebuilt > 5, "some flips hit what is used")
    }

    @Test("An old write-ahead log beside a newer database, and an index of another case")
    func mixed() async throws {
        let old = try await makeCase()
        do {
            let store = try await SampleRecords.open(path)
            _ = try await store.append(SampleRecords.transcript(30, model: "b"))
            await store.settle()
        }
        var mixed = try indexFiles()
        mixed["index.sqlite-wal"] = old["index.sqlite-wal"]
        try put(mixed)
        #expect(try await SampleRecords.open(path).attempts().count == 31)
        try put(old)
        #expect(try await SampleRecords.open(path).attempts().count == 31, "an index that is behind catches up")
        let other = folder.file("other")
        do {
            let store = try await SampleRecords.create(other)
            for number in 0..<31 { _ = try await store.append(SampleRecords.transcript(number, model: "x")) }
            await store.settle()
        }
        for name in Self.files {
            try? FileManager.default.removeItem(atPath: path + "/" + name)
            if FileManager.default.fileExists(atPath: other + "/" + name) {
                try FileManager.default.copyItem(atPath: other + "/" + name, toPath: path + "/" + name)
            }
        }
        let store = try await SampleRecords.open(path)
        #expect(try await store.models().map(\.name) == ["a", "b"])
        #expect(await store.custody.entries.last?.action == .indexRebuilt)
    }

    @Test("An index that knows more records than the spool has makes the loss of records visible")
    func ahead() async throws {
        let files = try await makeCase()
        let spool = path + "/spool/000000.spool"
        let bytes = try TemporaryFolder.bytes(spool)
        try TemporaryFolder.write(Array(bytes.prefix(bytes.count / 2)), to: spool)
        try put(files)
        let error = await #expect(throws: CaseStoreError.self) { try await SampleRecords.open(path) }
        #expect(error?.code == .damagedSpool)
        #expect(error?.message.contains("the index knows 30 acknowledged records") == true)
    }
}
