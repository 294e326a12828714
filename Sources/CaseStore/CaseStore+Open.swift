internal import ContentAddressing
internal import ForensicTypes

extension CaseStore {
    /// Everything that opening a folder yields.
    struct Opening: Sendable {
        let folder: CaseFolder
        let description: CaseDescription
        var lock: Descriptor?
        var segmentFile: Descriptor?
        var position = SpoolPosition(segment: 0, offset: 0, sequence: 0, head: SpoolFormat.origin)
        var index: CaseIndex?
        var custodyLog = CustodyLog()
        var custodyFile: Descriptor?
        var custodyLength = 0
    }

    /// Makes a case in a folder that does not exist yet, or is empty.
    ///
    /// - Parameters:
    ///   - path: The folder; its parent must exist.
    ///   - name: The name of the case, for people.
    ///   - who: Who makes it, for the custody log.
    ///   - tool: The build that makes it, for the custody log.
    /// - Throws: `alreadyExists` where the folder holds anything.
    public static func create(
        at path: String, name: String, who: Custodian, tool: ToolIdentity
    ) async throws(CaseStoreError) -> CaseStore {
        let folder = CaseFolder(path: path)
        if CaseFolder.exists(folder.descriptionFile) {
            throw CaseStoreError(.alreadyExists, "\(path) already holds a case")
        }
        if CaseFolder.exists(path) {
            guard try CaseFolder.names(in: path).isEmpty else {
                throw CaseStoreError(.alreadyExists, "\(path) is not empty")
            }
        } else {
            try CaseFolder.make(path)
        }
        try CaseFolder.make(folder.spool)
        let description = CaseDescription(name: name, created: HostClock.wall())
        // Written last: a folder without it is no case yet.
        let file = try Descriptor(path: folder.descriptionFile, access: .write)
        try Disk().commit(try description.bytes(), to: file, at: 0)
        try CaseFolder.synchronise(folder.path)
        let store = try await open(at: path, access: .write, who: who, tool: tool)
        try await store.log(.open, why: "made the case")
        return store
    }

    /// Opens a case and verifies its spool and its custody log from the first byte.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - access: Writing takes the case's lock, cuts a torn end and logs the cut as `crash_recovered`.
    ///   - who: Who opens it, for the custody log.
    ///   - tool: The build that opens it, for the custody log.
    /// - Throws: `notACase`, `unsupportedVersion`, `locked`, `damagedSpool`, `damagedCustodyLog`, `inputOutput`.
    public static func open(
        at path: String, access: Access, who: Custodian, tool: ToolIdentity
    ) async throws(CaseStoreError) -> CaseStore {
        try await open(at: path, access: access, who: who, tool: tool, device: Disk())
    }

    /// Opens a case on a device that may fail.
    package static func open(
        at path: String, access: Access, who: Custodian, tool: ToolIdentity, device: any StorageDevice
    ) async throws(CaseStoreError) -> CaseStore {
        let folder = CaseFolder(path: path)
        var opening = Opening(folder: folder, description: try CaseDescription(folder: folder))
        if access == .write { opening.lock = try takeLock(folder) }
        let known = try openIndex(folder, access: access)
        let acknowledged = try known?.state()
        var summaries: [AttemptSummary] = []
        let recovery = try SpoolRecovery.examine(folder, acknowledged: acknowledged?.count) { frame, record in
            summaries.append(
                AttemptSummary(
                    record: record,
                    place: .init(segment: frame.segment, offset: frame.offset, length: frame.length)))
        }
        opening.position = recovery.position
        opening.index = try currentIndex(
            known, state: acknowledged, summaries: summaries, head: recovery.position.head)
        try openCustodyLog(&opening, access: access, device: device)
        if access == .write && recovery.position.offset > 0 {
            opening.segmentFile = try Descriptor(path: folder.segment(recovery.position.segment), access: .write)
        }
        if access == .write, let tail = recovery.tornTail {
            let file = try Descriptor(path: folder.segment(recovery.position.segment), access: .write)
            try device.cut(file, to: recovery.position.offset)
            let store = CaseStore(opening: opening, access: access, device: device, who: who, tool: tool)
            try await store.log(
                .crashRecovered, object: tail.digest,
                why: "cut \(tail.length) bytes after record count \(recovery.position.sequence): \(tail.reason)")
            return store
        }
        return CaseStore(opening: opening, access: access, device: device, who: who, tool: tool)
    }

    private static func takeLock(_ folder: CaseFolder) throws(CaseStoreError) -> Descriptor {
        let lock = try Descriptor(path: folder.lockFile, access: .write)
        guard try lock.lock() else {
            throw CaseStoreError(.locked, "another process is writing to \(folder.path); wait for it, or stop it")
        }
        return lock
    }

    private static func openIndex(_ folder: CaseFolder, access: Access) throws(CaseStoreError) -> CaseIndex? {
        switch access {
        case .read:
            // A reader leaves no trace: it makes its own index in memory.
            return nil
        case .write:
            if let index = try? CaseIndex(path: folder.indexFile) {
                if (try? index.state()) != nil { return index }
                if (try? index.clear()) != nil { return index }
            }
            for suffix in ["", "-wal", "-shm"] { CaseFolder.remove(folder.indexFile + suffix) }
            return try CaseIndex(path: folder.indexFile)
        }
    }

    private static func currentIndex(
        _ known: CaseIndex?, state: CaseIndex.State?, summaries: [AttemptSummary], head: Digest
    ) throws(CaseStoreError) -> CaseIndex {
        let index = if let known { known } else { try CaseIndex(path: nil) }
        if let state, state.count == summaries.count, state.head == head { return index }
        try index.clear()
        try index.insert(summaries, head: head)
        return index
    }

    private static func openCustodyLog(
        _ opening: inout Opening, access: Access, device: any StorageDevice
    ) throws(CaseStoreError) {
        let path = opening.folder.custodyFile
        guard access == .write || CaseFolder.exists(path) else { return }
        let file = try Descriptor(path: path, access: access == .write ? .write : .read)
        var bytes = try file.read(count: try file.length(), at: 0)
        let whole = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        if whole < bytes.count {
            // A crash during the append of a line that nobody was told of.
            bytes.removeLast(bytes.count - whole)
            if access == .write { try device.cut(file, to: whole) }
        }
        opening.custodyLog = try CustodyLog(bytes: bytes)
        opening.custodyLength = whole
        opening.custodyFile = file
    }
}
