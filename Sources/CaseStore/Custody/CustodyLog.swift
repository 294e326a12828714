internal import ContentAddressing
public import ForensicTypes

/// The hash-chained record of what was done to a case: `custody.jsonl`, one canonical line per act.
public struct CustodyLog: Sendable {
    /// The greatest length of a line, in bytes.
    public static let maximumLineLength = 16_384

    /// The lines, without line feeds.
    public private(set) var lines: [[UInt8]] = []
    /// The lines' values.
    public private(set) var entries: [CustodyEntry] = []
    /// SHA-256 of the last line; zeros before the first.
    public private(set) var head: Digest = SpoolFormat.origin

    init() {}

    /// Reads and verifies the bytes of a custody file.
    ///
    /// - Parameter bytes: The file: lines, each ended by a line feed.
    /// - Throws: `damagedCustodyLog`, which names the first line that does not follow from the one before it.
    public init(bytes: some Collection<UInt8>) throws(CaseStoreError) {
        guard bytes.isEmpty || bytes.reversed().first == UInt8(ascii: "\n") else {
            throw CaseStoreError(.damagedCustodyLog, "the custody log ends inside a line")
        }
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
            try append(line: Array(line))
        }
    }

    /// The line of a new act, which the caller writes before it is appended.
    func line(
        _ action: CustodyAction, object: Digest?, why: String, who: Custodian, tool: ToolIdentity, host: String,
        time: Int64
    ) throws(CaseStoreError) -> [UInt8] {
        let entry = CustodyEntry(
            n: entries.count, prev: head, t: String(time), who: who, action: action,
            object: object.map { CustodyEntry.Object(digest: $0) }, why: why, tool: tool, host: host)
        do {
            return try CanonicalJSON.encode(entry)
        } catch {
            throw CaseStoreError(.unencodableRecord, "the custody entry has no canonical form: \(error.message)")
        }
    }

    mutating func append(line: [UInt8]) throws(CaseStoreError) {
        let number = entries.count
        guard line.count <= Self.maximumLineLength else {
            throw CaseStoreError(.damagedCustodyLog, "line \(number) of the custody log has \(line.count) bytes")
        }
        let entry: CustodyEntry
        do {
            entry = try CanonicalJSON.decode(CustodyEntry.self, from: line)
        } catch {
            throw CaseStoreError(
                .damagedCustodyLog, "line \(number) of the custody log is not canonical (\(error.code.rawValue))")
        }
        guard entry.n == number, entry.prev == head else {
            throw CaseStoreError(
                .damagedCustodyLog, "line \(number) of the custody log does not follow from the line before it")
        }
        lines.append(line)
        entries.append(entry)
        head = SHA256Digest.of(line)
    }
}
