internal import ContentAddressing
internal import ForensicTypes

extension CaseStore {
    /// Everything that opening a folder yields.
    struct Opening: Sendable {
        let folder: CaseFolder
        let description: CaseDescription
        var lock: CaseLock?
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
        if access == .write { opening.lock = try await takeLock(folder) }
        let known = try openIndex(folder, access: access)
        let acknowledged = known.isNew ? nil : try known.index?.state()
        let index = if let index = known.index { index } else { try CaseIndex(path: nil) }
        let (recovery, isIndexWrong) = try examine(folder, index: index, acknowledged: acknowledged)
        opening.position = recovery.position
        opening.index = index
        try openCustodyLog(&opening, access: access, device: device)
        if access == .write && recovery.position.offset > 0 {
            opening.segmentFile = try Descriptor(path: folder.segment(recovery.position.segment), access: .write)
        }
        if access == .write, recovery.tornTail != nil {
            let file = try Descriptor(path: folder.segment(recovery.position.segment), access: .write)
            try device.cut(file, to: recovery.position.offset)
        }
        let store = CaseStore(opening: opening, access: access, device: device, who: who, tool: tool)
        if access == .write {
            try await store.logRecovery(
                recovery, abandonedBy: opening.lock?.abandonedBy,
                rebuilt: isIndexWrong ? (known: acknowledged?.count, found: recovery.position.sequence) : nil)
        }
        return store
    }

    // What opening found and mended is written down.
    private func logRecovery(
        _ recovery: SpoolRecovery, abandonedBy holder: String?, rebuilt: (known: Int?, found: Int)?
    ) throws(CaseStoreError) {
        let count = recovery.position.sequence
        if let tail = recovery.tornTail {
            try log(
                .crashRecovered, object: tail.digest,
                why: "cut \(tail.length.counted("byte")) after record count \(count): \(tail.reason)")
        } else if let holder {
            try log(
                .crashRecovered,
                why: "the last writer, \(holder), did not close the case; its "
                    + "\(count.counted("record")) \(count.agreeing("is", "are")) whole")
        }
        if let rebuilt {
            let known =
                rebuilt.known.map { "knew \($0.counted("record")) and did not fit the spool" }
                ?? "was missing or damaged"
            try log(.indexRebuilt, why: "the index \(known); it was made anew from the \(rebuilt.found) of the spool")
        }
    }

    private static func takeLock(_ folder: CaseFolder) async throws(CaseStoreError) -> CaseLock {
        // A store of this process that was just let go may still be telling its index of the last records.
        for _ in 0..<200 {
            if let lock = try CaseLock(folder) { return lock }
            guard try CaseLock.isHeldHere(folder) else { break }
            try? await Task.sleep(for: .milliseconds(10))
        }
        guard let lock = try CaseLock(folder) else {
            throw CaseStoreError(.locked, "another process is writing to \(folder.path); wait for it, or stop it")
        }
        return lock
    }

    private static func openIndex(
        _ folder: CaseFolder, access: Access
    ) throws(CaseStoreError) -> (index: CaseIndex?, isNew: Bool) {
        switch access {
        case .read:
            // A reader leaves no trace: it makes its own index in memory.
            return (nil, true)
        case .write:
            let exists = CaseFolder.exists(folder.indexFile)
            if let index = try? CaseIndex(path: folder.indexFile) {
                // An opening that found a damaged spool leaves an index behind that knows nothing yet.
                let isKnowing = exists && (try? index.isStated()) == true
                if (try? index.state()) != nil { return (index, !isKnowing) }
                if (try? index.clear()) != nil { return (index, true) }
            }
            for suffix in ["", "-wal", "-shm"] { CaseFolder.remove(folder.indexFile + suffix) }
            return (try CaseIndex(path: folder.indexFile), true)
        }
    }

    /// Verifies the spool, and brings the index up to it. Records pass by one at a time.
    ///
    /// - Parameter acknowledged: What the index knows; nil where it has to be made.
    /// - Returns: What was found, and whether the index was made anew.
    private static func examine(
        _ folder: CaseFolder, index: CaseIndex, acknowledged: CaseIndex.State?
    ) throws(CaseStoreError) -> (recovery: SpoolRecovery, isIndexWrong: Bool) {
        if let acknowledged {
            var comparison = IndexComparison(index: index, state: acknowledged)
            let recovery = try SpoolRecovery.examine(folder, acknowledged: acknowledged.count) {
                frame, record throws(CaseStoreError) in
                try comparison.add(AttemptSummary(record: record, frame: frame), head: frame.head)
            }
            if try comparison.fits() {
                // It may be behind: a crash came between a record and its row.
                try index.insert(comparison.later, head: recovery.head)
                return (recovery, false)
            }
        }
        let recovery = try index.rebuild { insert throws(CaseStoreError) in
            try SpoolRecovery.examine(folder, acknowledged: acknowledged?.count) {
                frame, record throws(CaseStoreError) in
                try insert(AttemptSummary(record: record, frame: frame))
            }
        }
        return (recovery, acknowledged != nil || recovery.position.sequence > 0)
    }

    private static func openCustodyLog(
        _ opening: inout Opening, access: Access, device: any StorageDevice
    ) throws(CaseStoreError) {
        let path = opening.folder.custodyFile
        guard access == .write || CaseFolder.exists(path) else {
            return try refuseLostLog(opening, records: opening.position.sequence)
        }
        let file = try Descriptor(path: path, access: access == .write ? .write : .read)
        var bytes = try file.read(count: try file.length(), at: 0)
        let whole = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        if whole < bytes.count {
            // A crash during the append of a line that nobody was told of.
            bytes.removeLast(bytes.count - whole)
            if access == .write { try device.cut(file, to: whole) }
        }
        opening.custodyLog = try CustodyLog(bytes: bytes)
        try refuseLostLog(opening, records: opening.position.sequence)
        opening.custodyLength = whole
        opening.custodyFile = file
    }

    /// A case that holds records was made, and its log says so: an empty log has been lost.
    private static func refuseLostLog(_ opening: Opening, records: Int) throws(CaseStoreError) {
        guard records > 0, opening.custodyLog.entries.isEmpty else { return }
        throw CaseStoreError(
            .damagedCustodyLog,
            "\(opening.folder.custodyFile) is empty or missing, and the case holds \(records.counted("record")); put back a copy"
        )
    }
}
