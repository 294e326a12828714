internal import ContentAddressing
internal import ForensicTypes
internal import GRDB

/// A table of where the records are, so that questions about them need no pass over the spool.
///
/// The index is never evidence: it is written after the spool, may lag behind it, and is rebuilt from it. It has one more
/// use, which is why it is kept on disk: it knows how many records were acknowledged, so a spool that was cut is noticed.
final class CaseIndex: Sendable {
    private let database: DatabaseQueue

    /// What the index believes about the spool.
    struct State: Sendable, Equatable {
        let count: Int
        let head: Digest
    }

    /// Opens or makes the index; nil path for one in memory.
    init(path: String?) throws(CaseStoreError) {
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            database =
                try path.map { try DatabaseQueue(path: $0, configuration: configuration) }
                ?? DatabaseQueue(configuration: configuration)
            try Self.prepare(database)
        } catch {
            throw CaseStoreError(.index, "the index could not be opened: \(Self.reason(error))")
        }
    }

    private static func prepare(_ database: DatabaseQueue) throws {
        // Not evidence, so it need not survive a power cut: NORMAL costs no synchronisation per commit.
        try database.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        try database.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS record (
                        seq INTEGER PRIMARY KEY, segment INTEGER NOT NULL, offset INTEGER NOT NULL,
                        length INTEGER NOT NULL, run TEXT NOT NULL, model TEXT NOT NULL, role TEXT NOT NULL,
                        lineage TEXT, probe TEXT NOT NULL, draw INTEGER NOT NULL, attempt INTEGER NOT NULL,
                        outcome TEXT NOT NULL, status INTEGER);
                    CREATE INDEX IF NOT EXISTS record_by_model ON record (model, seq);
                    CREATE TABLE IF NOT EXISTS state (
                        one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL, head TEXT NOT NULL);
                    """)
        }
    }

    /// What the index believes; nil where it contradicts itself.
    func state() throws(CaseStoreError) -> State? {
        try perform { database in
            let rows = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM record") ?? 0
            guard let row = try Row.fetchOne(database, sql: "SELECT count, head FROM state") else {
                return rows == 0 ? State(count: 0, head: SpoolFormat.origin) : nil
            }
            guard let head = row.text("head").flatMap({ Digest(hex: $0) }), rows == row.number("count") else {
                return nil
            }
            return State(count: rows, head: head)
        }
    }

    /// Whether it was ever told how many records there are: none counts. One that was only just made knows nothing.
    func isStated() throws(CaseStoreError) -> Bool {
        try perform { database in try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM state") == 1 }
    }

    /// Whether any row of some records, one after the other, differs from what the spool says: SQLite does not notice a
    /// flipped bit in a value.
    func isWrong(about summaries: [AttemptSummary], from first: Int, to last: Int) throws(CaseStoreError) -> Bool {
        do {
            let rows = try perform { database in
                try Self.summaries(
                    Row.fetchAll(
                        database, sql: "SELECT \(Self.columns) FROM record WHERE seq BETWEEN ? AND ? ORDER BY seq",
                        arguments: [first, last]))
            }
            return rows != summaries
        } catch  where error.code == .index {
            return true
        }
    }

    /// Forgets everything.
    func clear() throws(CaseStoreError) {
        try perform { database in
            try database.execute(sql: "DELETE FROM record; DELETE FROM state")
        }
    }

    /// Adds records, in one transaction, with the chain value after the last of them.
    func insert(_ summaries: [AttemptSummary], head: Digest) throws(CaseStoreError) {
        guard let last = summaries.last else { return }
        try perform { database in
            for summary in summaries { try Self.insert(summary, into: database) }
            try Self.state(last.sequence + 1, head: head, in: database)
        }
    }

    /// Makes it anew while a spool is verified, in one transaction: if that fails, it knows what it knew.
    ///
    /// - Parameter scan: Verifies the spool and gives every record to the closure.
    func rebuild(
        _ scan: (_ insert: (AttemptSummary) throws(CaseStoreError) -> Void) throws(CaseStoreError) -> SpoolRecovery
    ) throws(CaseStoreError) -> SpoolRecovery {
        try perform { database in
            try database.execute(sql: "DELETE FROM record; DELETE FROM state")
            let recovery = try scan { summary throws(CaseStoreError) in
                do {
                    try Self.insert(summary, into: database)
                } catch {
                    throw Self.failed(error)
                }
            }
            try Self.state(recovery.position.sequence, head: recovery.head, in: database)
            return recovery
        }
    }

    private static func insert(_ summary: AttemptSummary, into database: Database) throws {
        let insertion = try database.cachedStatement(
            sql: "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        let place = summary.place
        try insertion.execute(arguments: [
            summary.sequence, place.segment, place.offset, place.length, summary.run, summary.model.name,
            summary.model.role.rawValue, summary.model.lineage?.name, summary.probe.hex, summary.draw,
            summary.attempt, summary.outcome.name, summary.outcome.status,
        ])
    }

    private static func state(_ count: Int, head: Digest, in database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO state VALUES (1, ?, ?)", arguments: [count, head.hex])
    }

    /// The attempts in order, of one model or of all.
    func attempts(model: String?) throws(CaseStoreError) -> [AttemptSummary] {
        try perform { database in
            try Self.summaries(
                model.map {
                    try Row.fetchAll(
                        database, sql: "SELECT \(Self.columns) FROM record WHERE model = ? ORDER BY seq",
                        arguments: [$0])
                } ?? Row.fetchAll(database, sql: "SELECT \(Self.columns) FROM record ORDER BY seq"))
        }
    }

    private static let columns =
        "seq, segment, offset, length, run, model, role, lineage, probe, draw, attempt, outcome, status"

    private static func summaries(_ rows: [Row]) throws -> [AttemptSummary] {
        try rows.map { row in
            guard let summary = AttemptSummary(row) else {
                throw CaseStoreError(.index, "a row of the index is damaged; delete index.sqlite")
            }
            return summary
        }
    }

    private func perform<Value>(_ body: (Database) throws -> Value) throws(CaseStoreError) -> Value {
        do {
            return try database.write(body)
        } catch let error as CaseStoreError {
            throw error
        } catch {
            throw Self.failed(error)
        }
    }

    private static func failed(_ error: any Error) -> CaseStoreError {
        CaseStoreError(.index, "the index failed: \(reason(error)). It can be deleted: it is rebuilt.")
    }

    private static func reason(_ error: any Error) -> String {
        (error as? DatabaseError)?.message ?? "unknown reason"
    }
}

extension Row {
    // GRDB's own subscripts end the process where a damaged database holds something else than was written.
    fileprivate func text(_ column: String) -> String? { String.fromDatabaseValue(self[column] as DatabaseValue) }

    fileprivate func number(_ column: String) -> Int? { Int.fromDatabaseValue(self[column] as DatabaseValue) }
}

extension AttemptSummary {
    fileprivate init?(_ row: Row) {
        guard let sequence = row.number("seq"), let segment = row.number("segment"), let offset = row.number("offset"),
            let length = row.number("length"), let run = row.text("run"), let model = row.text("model"),
            let role = row.text("role").flatMap({ ModelRole(rawValue: $0) }),
            let probe = row.text("probe").flatMap({ Digest(hex: $0) }), let draw = row.number("draw"),
            let attempt = row.number("attempt"),
            let outcome = row.text("outcome").flatMap({ AttemptOutcome(name: $0, status: row.number("status")) })
        else { return nil }
        self.init(
            sequence: sequence, run: run,
            model: ModelIdentity(name: model, role: role, lineage: row.text("lineage").map { Lineage($0) }),
            probe: probe, draw: draw, attempt: attempt, outcome: outcome,
            place: .init(segment: segment, offset: offset, length: length))
    }
}
