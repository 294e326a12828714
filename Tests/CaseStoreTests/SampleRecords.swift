import CaseStore
import ContentAddressing
import ForensicTypes

/// Records for tests, distinct by number.
enum SampleRecords {
    static let who = Custodian(name: "examiner")
    static let tool = ToolIdentity(version: "0.1.0")

    static func probe(_ number: Int) -> Digest {
        Digest(bytes: [UInt8](repeating: 0, count: 31) + [UInt8(number)]) ?? SampleRecords.probe(0)
    }

    static func transcript(
        _ number: Int, model: String = "suspect", outcome: AttemptOutcome = .http(status: 200), attempt: Int = 0,
        response: [UInt8]? = nil
    ) -> Transcript {
        Transcript(
            run: "run-1", model: ModelIdentity(name: model, role: .suspect), probe: probe(number % 7), draw: number / 7,
            attempt: attempt, startedAt: 1_795_000_000_000_000_000 + Int64(number),
            endedAt: 1_795_000_000_900_000_000 + Int64(number), elapsed: 900_000_000,
            connection: ConnectionFacts(
                peerAddress: "127.0.0.1:8080", serverName: "localhost", tlsVersion: "TLSv1.3", certificates: [probe(9)]),
            outcome: outcome, request: Array("GET /\(number) HTTP/1.1\r\n\r\n".utf8),
            response: response ?? Array("HTTP/1.1 200 OK\r\n\r\nanswer \(number)".utf8),
            redactions: [Redaction(part: .request, offset: 4, length: 1)])
    }

    /// The chain value after a header and one frame, by the words of the page on the spool.
    static func chain(after header: [UInt8], frame: [UInt8]) -> [UInt8] {
        SHA256Digest.of(SHA256Digest.of(header).bytes + frame).bytes
    }

    static func hex(ofRepeated byte: UInt8, count: Int) -> String {
        SHA256Digest.of([UInt8](repeating: byte, count: count)).hex
    }

    static func create(_ path: String) async throws -> CaseStore {
        try await CaseStore.create(at: path, name: "sample", who: who, tool: tool)
    }

    static func open(_ path: String, _ access: CaseStore.Access = .write) async throws -> CaseStore {
        try await CaseStore.open(at: path, access: access, who: who, tool: tool)
    }

    static func all(_ store: CaseStore) async throws -> [StoredRecord] {
        var records: [StoredRecord] = []
        for try await record in await store.records() { records.append(record) }
        return records
    }
}
