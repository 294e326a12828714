public import ForensicTypes

extension CaseStore {
    /// Adds an act to the custody log and waits until it is on stable storage.
    ///
    /// - Parameters:
    ///   - action: What was done.
    ///   - object: The digest of what it was done to.
    ///   - why: The reason or the circumstances, in one sentence.
    /// - Throws: `readOnly`, `stopped`, `unencodableRecord`, `diskFull`, `inputOutput`.
    public func log(_ action: CustodyAction, object: Digest? = nil, why: String) throws(CaseStoreError) {
        try requireWritable()
        guard let file = custodyFile else { throw CaseStoreError(.readOnly, "the custody log is not open") }
        let line = try custodyLog.line(
            action, object: object, why: why, who: who, tool: tool, host: host, time: HostClock.wall())
        do {
            try device.commit(line + [UInt8(ascii: "\n")], to: file, at: custodyLength)
        } catch {
            try? device.cut(file, to: custodyLength)
            failure = error
            throw error
        }
        try custodyLog.append(line: line)
        custodyLength += line.count + 1
    }
}
