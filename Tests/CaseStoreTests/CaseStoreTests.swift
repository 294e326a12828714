import CaseStore
import ContentAddressing
import ForensicTypes
import Foundation
import Testing

@Suite("Case store")
struct CaseStoreTests {
    let folder: TemporaryFolder
    var path: String { folder.file("case") }

    init() throws { folder = try TemporaryFolder() }

    @Test("A record comes back as it was, with every outcome")
    func roundTrip() async throws {
        let outcomes: [AttemptOutcome] = [
            .http(status: 200), .http(status: 503), .unreachable, .tlsFailure, .timeout, .limitExceeded,
            .brokenResponse, .aborted, .imported, .errorAnswer(status: 200),
        ]
        let store = try await SampleRecords.create(path)
        let plan = SampleRecords.probe(3)
        let written = outcomes.enumerated().map { SampleRecords.transcript($0.offset, outcome: $0.element) }
        for (number, transcript) in written.enumerated() {
            #expect(try await store.append(transcript, plan: plan) == number)
        }
        let records = try await SampleRecords.all(store)
        #expect(records.map(\.transcript) == written)
        #expect(records.map(\.sequence) == Array(0..<outcomes.count))
        #expect(records.allSatisfy { $0.plan == plan })
    }

    @Test("Lines are canonical, parts match their commitments and lie end to end")
    func linesAndParts() async throws {
        let store = try await SampleRecords.create(path)
        for number in 0..<5 { _ = try await store.append(SampleRecords.transcript(number)) }
        var offset = 0
        var salts: Set<Salt> = []
        for record in try await SampleRecords.all(store) {
            _ = try CanonicalJSON.parse(record.line)
            #expect(record.parts.map(\.name) == ["request", "response"])
            for part in record.parts {
                #expect(part.segment == 0)
                #expect(part.offset == offset)
                #expect(SHA256Digest.of(part.saltedBytes) == part.commitment)
                offset += part.saltedBytes.count
                salts.insert(part.salt)
            }
        }
        #expect(salts.count == 10, "each part has a salt of its own")
    }

    @Test("A growing case is read on from a place, each record once and across segments")
    func readingOn() async throws {
        let store = try await SampleRecords.create(path)
        var place = RecordPlace.start
        var seen: [Digest] = []
        var number = 0
        for batch in [0, 3, 1, 2, 0, 4] {
            for _ in 0..<batch {
                // Six of these fill a segment.
                let response = [UInt8](repeating: UInt8(number), count: 12 << 20)
                _ = try await store.append(SampleRecords.transcript(number, response: response))
                number += 1
            }
            let (records, end) = await store.records(after: place)
            var count = 0
            for try await record in records {
                seen.append(SHA256Digest.of(record.line))
                count += 1
            }
            #expect(count == batch)
            place = end
        }
        #expect(seen == (try await SampleRecords.all(store)).map { SHA256Digest.of($0.line) })
    }

    @Test("Records survive closing, and numbering and chain go on")
    func reopening() async throws {
        do {
            let store = try await SampleRecords.create(path)
            for number in 0..<3 { _ = try await store.append(SampleRecords.transcript(number)) }
        }
        do {
            let store = try await SampleRecords.open(path)
            #expect(await store.recordCount == 3)
            #expect(try await store.append(SampleRecords.transcript(3)) == 3)
        }
        let reader = try await SampleRecords.open(path, .read)
        #expect(try await SampleRecords.all(reader).map(\.transcript) == (0..<4).map { SampleRecords.transcript($0) })
        await #expect(throws: CaseStoreError(.readOnly, "")) { try await reader.append(SampleRecords.transcript(9)) }
    }

    @Test("Appends at the same time share the disk, and none is lost or doubled")
    func groupCommit() async throws {
        let store = try await SampleRecords.create(path)
        let sequences = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<200 { group.addTask { try await store.append(SampleRecords.transcript(number)) } }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(sequences.sorted() == Array(0..<200))
        let found = try await SampleRecords.all(store).map(\.transcript.request)
        #expect(Set(found) == Set((0..<200).map { SampleRecords.transcript($0).request }))
    }

    @Test("Questions: attempts, models, completed draws, transcripts of one model")
    func questions() async throws {
        let store = try await SampleRecords.create(path)
        _ = try await store.append(SampleRecords.transcript(0, model: "b", outcome: .timeout))
        _ = try await store.append(SampleRecords.transcript(0, model: "b", attempt: 1))
        _ = try await store.append(SampleRecords.transcript(8, model: "b", outcome: .http(status: 503)))
        _ = try await store.append(SampleRecords.transcript(1, model: "a"))
        #expect(try await store.models().map(\.name) == ["a", "b"])
        #expect(try await store.attempts(of: "b").map(\.sequence) == [0, 1, 2])
        #expect(
            try await store.completedDraws(of: "b") == [DrawKey(probe: SampleRecords.probe(0), draw: 0)])
        #expect(try await store.completedDraws(of: "b", run: "other").isEmpty)
        #expect(
            try await store.transcripts(of: "a") == [SampleRecords.transcript(1, model: "a")])
    }

    @Test("A second writer is refused, a reader is not, and the lock ends with its holder")
    func singleWriter() async throws {
        do {
            let store = try await SampleRecords.create(path)
            _ = try await store.append(SampleRecords.transcript(0))
            await #expect(throws: CaseStoreError(.locked, "")) { try await SampleRecords.open(path) }
            #expect(try await SampleRecords.open(path, .read).recordCount == 1)
        }
        #expect(try await SampleRecords.open(path).recordCount == 1)
    }

    @Test("A case of another format is refused with both versions named")
    func otherVersion() async throws {
        _ = try await SampleRecords.create(path)
        let file = path + "/case.json"
        let text = String(decoding: try TemporaryFolder.bytes(file), as: UTF8.self)
        try TemporaryFolder.write(
            Array(text.replacingOccurrences(of: "\"format\":1", with: "\"format\":7").utf8), to: file)
        let error = await #expect(throws: CaseStoreError.self) { try await SampleRecords.open(path) }
        #expect(error?.code == .unsupportedVersion)
        #expect(error?.message.contains("format 7") == true)
        #expect(error?.message.contains("format 1") == true)
    }

    @Test("A folder without a case, and a folder with something in it")
    func notACase() async throws {
        await #expect(throws: CaseStoreError(.notACase, "")) { try await SampleRecords.open(folder.path) }
        _ = try await SampleRecords.create(path)
        await #expect(throws: CaseStoreError(.alreadyExists, "")) { try await SampleRecords.create(path) }
        await #expect(throws: CaseStoreError(.alreadyExists, "")) { try await SampleRecords.create(folder.path) }
    }

    @Test("The index is rebuilt from the spool when it is gone or damaged")
    func indexRebuild() async throws {
        do {
            let store = try await SampleRecords.create(path)
            for number in 0..<20 { _ = try await store.append(SampleRecords.transcript(number)) }
        }
        let names = ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"]
        for name in names { try? FileManager.default.removeItem(atPath: path + "/" + name) }
        do {
            let store = try await SampleRecords.open(path)
            #expect(try await store.attempts().count == 20)
        }
        for name in names { try? FileManager.default.removeItem(atPath: path + "/" + name) }
        try TemporaryFolder.write([UInt8](repeating: 0x5A, count: 8_192), to: path + "/index.sqlite")
        let store = try await SampleRecords.open(path)
        #expect(try await store.attempts().map(\.sequence) == Array(0..<20))
        #expect(try await store.transcripts(of: "suspect").count == 20)
    }

    @Test("A record that has no canonical form is refused and stops nothing")
    func unencodable() async throws {
        let store = try await SampleRecords.create(path)
        await #expect(throws: CaseStoreError(.unencodableRecord, "")) {
            try await store.append(SampleRecords.transcript(0, model: "a\u{7F}b"))
        }
        #expect(try await store.append(SampleRecords.transcript(1)) == 0)
    }
}
