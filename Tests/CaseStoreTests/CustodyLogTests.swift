import CaseStore
import ContentAddressing
import ForensicTypes
import Testing

@Suite("Custody log")
struct CustodyLogTests {
    let folder: TemporaryFolder
    var path: String { folder.file("case") }

    init() throws { folder = try TemporaryFolder() }

    @Test("Every line names the digest of the line before it")
    func chain() async throws {
        let store = try await SampleRecords.create(path)
        try await store.log(.planSealed, object: SampleRecords.probe(1), why: "before collection")
        try await store.log(.collectStart, why: "run 1")
        let log = try CustodyLog(bytes: try TemporaryFolder.bytes(path + "/custody.jsonl"))
        #expect(log.entries.map(\.action) == [.open, .planSealed, .collectStart])
        #expect(log.entries[0].prev.hex == String(repeating: "0", count: 64))
        #expect(log.entries[2].prev == SHA256Digest.of(log.lines[1]))
        #expect(await store.custody.head == SHA256Digest.of(log.lines[2]))
        #expect(log.entries[1].object?.digest == SampleRecords.probe(1))
    }

    @Test("A changed, dropped or swapped line is refused at every place")
    func tampering() async throws {
        let store = try await SampleRecords.create(path)
        for number in 0..<4 { try await store.log(.analyse, why: "pass \(number)") }
        let bytes = try TemporaryFolder.bytes(path + "/custody.jsonl")
        _ = try CustodyLog(bytes: bytes)
        let last = bytes.dropLast().lastIndex(of: UInt8(ascii: "\n")) ?? 0
        for place in 0..<last {
            var changed = bytes
            changed[place] ^= 1
            #expect(throws: CaseStoreError(.damagedCustodyLog, "")) { try CustodyLog(bytes: changed) }
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        for dropped in 0..<(lines.count - 1) {
            var rest = lines
            rest.remove(at: dropped)
            let joined = rest.flatMap { $0 + [UInt8(ascii: "\n")] }
            #expect(throws: CaseStoreError(.damagedCustodyLog, "")) { try CustodyLog(bytes: joined) }
        }
    }

    @Test("A line that a crash cut short is dropped, and the log goes on")
    func tornLine() async throws {
        do { _ = try await SampleRecords.create(path) }
        let file = path + "/custody.jsonl"
        let whole = try TemporaryFolder.bytes(file)
        try TemporaryFolder.write(whole + Array("{\"action\":\"ana".utf8), to: file)
        let store = try await SampleRecords.open(path)
        try await store.log(.analyse, why: "after the crash")
        let log = try CustodyLog(bytes: try TemporaryFolder.bytes(file))
        #expect(log.entries.map(\.action) == [.open, .analyse])
    }
}
