public import ForensicTypes

/// Frames that wait for the disk, and the callers that wait for them.
struct PendingRecords {
    var bytes: [UInt8] = []
    var summaries: [AttemptSummary] = []
    var waiters: [CheckedContinuation<CaseStoreError?, Never>] = []
    var isEmpty: Bool { summaries.isEmpty }
}

extension CaseStore {
    /// Adds a record and returns its number once it is on stable storage.
    ///
    /// Callers that wait at the same time share one synchronisation of the disk.
    ///
    /// - Parameters:
    ///   - transcript: The exchange.
    ///   - plan: The digest of the sealed plan that asks for it; nil outside a plan.
    /// - Throws: `readOnly`; `stopped` after an earlier failure; `unencodableRecord`, which stops nothing; `diskFull` and
    ///   `inputOutput`, after which the case has to be opened again. A record whose append throws is not in the case.
    public func append(_ transcript: Transcript, plan: Digest? = nil) async throws(CaseStoreError) -> Int {
        try requireWritable()
        if !isFlushing && pending.isEmpty
            && (committed.offset == 0 || committed.offset > SpoolFormat.segmentLimit)
        {
            try startSegment()
        }
        let place = encoder.position
        let (bytes, record) = try encoder.frame(transcript, plan: plan)
        pending.bytes += bytes
        pending.summaries.append(
            AttemptSummary(
                record: record,
                place: .init(
                    segment: place.segment, offset: place.offset, length: bytes.count - SpoolFormat.frameOverhead)))
        if !isFlushing {
            isFlushing = true
            Task { await flush() }
        }
        let problem = await withCheckedContinuation { pending.waiters.append($0) }
        if let problem { throw problem }
        return record.sequence
    }

    private func startSegment() throws(CaseStoreError) {
        var next = encoder
        let header = next.startSegment()
        do {
            let file = try Descriptor(path: folder.segment(next.position.segment), access: .write)
            try device.commit(header, to: file, at: 0)
            try CaseFolder.synchronise(folder.spool)
            segmentFile = file
        } catch {
            failure = error
            throw error
        }
        encoder = next
        committed = next.position
    }

    private func flush() async {
        while !pending.isEmpty {
            let batch = pending
            let end = encoder.position
            pending = PendingRecords()
            var problem = failure
            if problem == nil, let file = segmentFile {
                problem = await Self.commit(batch.bytes, to: file, at: committed.offset, device: device)
            }
            if let problem {
                // What was written is cut; where even that fails, opening the case cuts it.
                if failure == nil, let file = segmentFile { try? device.cut(file, to: committed.offset) }
                failure = problem
            } else {
                committed = end
                record(batch.summaries)
            }
            for waiter in batch.waiters { waiter.resume(returning: problem) }
        }
        isFlushing = false
    }

    // The disk is waited for outside the actor, so that the next batch gathers meanwhile.
    @concurrent
    private static func commit(
        _ bytes: [UInt8], to file: Descriptor, at offset: Int, device: any StorageDevice
    ) async -> CaseStoreError? {
        do {
            try device.commit(bytes, to: file, at: offset)
            return nil
        } catch {
            return error
        }
    }

    // The index follows the spool, and nobody waits for it but those who ask it.
    private func record(_ summaries: [AttemptSummary]) {
        guard index != nil else { return }
        unindexed += summaries
        unindexedHead = committed.head
        guard !isIndexing else { return }
        isIndexing = true
        Task { await follow() }
    }

    private func follow() async {
        while !unindexed.isEmpty, let index {
            let batch = unindexed
            let head = unindexedHead
            unindexed = []
            // The records are safe. Without an index, questions are answered from the spool until the case is opened again.
            if await !Self.insert(batch, into: index, head: head) { self.index = nil }
        }
        unindexed = []
        isIndexing = false
        for waiter in indexWaiters { waiter.resume() }
        indexWaiters = []
    }

    /// Waits until the index knows every record that is acknowledged now.
    public func settle() async {
        if isIndexing { await withCheckedContinuation { indexWaiters.append($0) } }
    }

    @concurrent
    private static func insert(_ batch: [AttemptSummary], into index: CaseIndex, head: Digest) async -> Bool {
        do {
            try index.insert(batch, head: head)
            return true
        } catch {
            return false
        }
    }
}
