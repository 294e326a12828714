internal import ContentAddressing
public import ForensicTypes

/// One investigation on disk: an append-only spool of every exchange, the custody log, and a rebuildable index.
///
/// A record is acknowledged only after it is on stable storage. Records are never changed or removed. One process writes
/// to a case at a time; others may read it meanwhile.
public actor CaseStore {
    /// What a case is opened for.
    public enum Access: Sendable {
        /// Reading. Nothing on disk changes, and a torn end is ignored.
        case read
        /// Reading and writing. A torn end is cut and the cut is logged.
        case write
    }

    /// The folder of the case.
    public nonisolated let path: String
    /// The name of the case.
    public nonisolated let name: String

    nonisolated let folder: CaseFolder
    let access: Access
    let device: any StorageDevice
    let who: Custodian
    let tool: ToolIdentity
    let host: String

    // Held for its lock.
    private let lock: CaseLock?
    var segmentFile: Descriptor?
    var encoder: RecordEncoder
    var committed: SpoolPosition
    var index: CaseIndex?
    var custodyLog: CustodyLog
    var custodyFile: Descriptor?
    var custodyLength: Int

    var pending = PendingRecords()
    var isFlushing = false
    var failure: CaseStoreError?
    // Records that the index does not know yet, and those who wait until it does.
    var unindexed: [AttemptSummary] = []
    var unindexedHead = SpoolFormat.origin
    var isIndexing = false
    var indexWaiters: [CheckedContinuation<Void, Never>] = []
    // Those that this process has seen on the disk.
    var keptCertificates: Set<Digest> = []

    init(opening: Opening, access: Access, device: any StorageDevice, who: Custodian, tool: ToolIdentity) {
        path = opening.folder.path
        name = opening.description.name
        folder = opening.folder
        self.access = access
        self.device = device
        self.who = who
        self.tool = tool
        host = HostClock.hostName()
        lock = opening.lock
        segmentFile = opening.segmentFile
        encoder = RecordEncoder(position: opening.position)
        committed = opening.position
        index = opening.index
        custodyLog = opening.custodyLog
        custodyFile = opening.custodyFile
        custodyLength = opening.custodyLength
    }

    /// How many records are acknowledged.
    public var recordCount: Int { committed.sequence }

    /// The chain value after the last acknowledged record.
    public var head: Digest { committed.head }

    /// The custody log, verified when the case was opened.
    public var custody: CustodyLog { custodyLog }

    /// The records in order, up to the last that is acknowledged now.
    public func records() -> RecordSequence { RecordSequence(folder: folder, end: committed.sequence) }

    /// The records after a place, up to the last that is acknowledged now, and the place after that one.
    public func records(after place: RecordPlace) -> (records: RecordSequence, end: RecordPlace) {
        (RecordSequence(folder: folder, start: place, end: committed.sequence), RecordPlace(position: committed))
    }

    func requireWritable() throws(CaseStoreError) {
        guard access == .write else { throw CaseStoreError(.readOnly, "\(path) was opened for reading") }
        if let failure {
            throw CaseStoreError(.stopped, "an earlier write to \(path) failed: \(failure.message)")
        }
    }
}
