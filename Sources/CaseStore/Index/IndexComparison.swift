internal import ForensicTypes

/// Compares the rows of an index with the records of the spool as they pass by, some rows in memory at a time.
struct IndexComparison {
    private static let batch = 256

    private let index: CaseIndex
    private let state: CaseIndex.State
    private var pending: [AttemptSummary] = []
    private var isWrong = false
    /// The chain value at the last record that the index knows.
    private var common: Digest?
    /// The records that the index does not know yet.
    private(set) var later: [AttemptSummary] = []

    init(index: CaseIndex, state: CaseIndex.State) {
        self.index = index
        self.state = state
        if state.count == 0 { common = SpoolFormat.origin }
    }

    /// Takes the next record of the spool, and the chain value after it.
    mutating func add(_ summary: AttemptSummary, head: Digest) throws(CaseStoreError) {
        if summary.sequence + 1 == state.count { common = head }
        guard summary.sequence < state.count else { return later.append(summary) }
        pending.append(summary)
        if pending.count == Self.batch { try compare() }
    }

    /// Whether every row is that of its record, and the chain is the one that the index knows.
    mutating func fits() throws(CaseStoreError) -> Bool {
        try compare()
        return !isWrong && state.head == common
    }

    private mutating func compare() throws(CaseStoreError) {
        if !isWrong, let first = pending.first, let last = pending.last {
            isWrong = try index.isWrong(about: pending, from: first.sequence, to: last.sequence)
        }
        pending.removeAll(keepingCapacity: true)
    }
}
