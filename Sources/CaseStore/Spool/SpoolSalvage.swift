internal import ContentAddressing
public import ForensicTypes

/// What of a spool follows from itself.
public struct SpoolSalvage: Sendable, Equatable {
    /// The records that do, from the first.
    public let records: Int
    /// The chain value after them.
    public let head: Digest
    /// What is wrong after them, and where; nil where nothing is.
    public let damage: String?

    /// Whether the records are all that the spool holds. Whether acknowledged ones were cut off behind them, the index knows.
    public var isComplete: Bool { damage == nil }

    let position: SpoolPosition

    /// The same records, known to be incomplete for a reason that the spool itself does not show.
    public func incomplete(_ reason: String) -> SpoolSalvage {
        SpoolSalvage(records: records, head: head, damage: damage ?? reason, position: position)
    }
}

extension CaseStore {
    /// Verifies the spool of a case up to the first record that does not follow from those before it. Nothing is written.
    ///
    /// - Parameters:
    ///   - path: The folder of the case.
    ///   - visit: Is given every verified record in order.
    /// - Throws: `notACase`, `unsupportedVersion`, `inputOutput`. Damage is an ordinary result.
    public static func verifiedPrefix(
        at path: String, visit: (StoredRecord) throws(CaseStoreError) -> Void = { _ in }
    ) throws(CaseStoreError) -> SpoolSalvage {
        let folder = CaseFolder(path: path)
        _ = try CaseDescription(folder: folder)
        var scanner = try SpoolScanner(folder: folder)
        // A frame may keep to the chain and hold what is no record: it is not part of the prefix.
        var end = scanner.position
        var damage: String?
        do {
            while let frame = try scanner.next() {
                let record = try StoredRecord(body: frame.body[...], sequence: frame.sequence)
                try visit(record)
                end = scanner.position
            }
            end = scanner.position
        } catch {
            let error = CaseStoreError.scanning(error, at: end)
            guard error.code == .damagedSpool || error.code == .unsupportedVersion else { throw error }
            damage = error.message
        }
        return SpoolSalvage(records: end.sequence, head: end.head, damage: damage, position: end)
    }

    /// Cuts the spool in a copy of a damaged case back to the records that `verifiedPrefix` found in it.
    ///
    /// The copy is then a case of its own, which says of itself that it is incomplete: its custody log names the damage.
    ///
    /// - Parameters:
    ///   - copy: The folder of the copy, without `index.sqlite` and `lock`.
    ///   - found: What the spool of the original holds.
    ///   - who: Who does it.
    ///   - tool: The build that does it.
    /// - Throws: The errors of `open`; `damagedSpool` where the copy is not that of the case in which `found` was found.
    public static func keep(
        _ found: SpoolSalvage, in copy: String, who: Custodian, tool: ToolIdentity
    ) async throws(CaseStoreError) {
        let folder = CaseFolder(path: copy)
        for ordinal in try folder.segments() where ordinal > found.position.segment || found.position.offset == 0 {
            CaseFolder.remove(folder.segment(ordinal))
        }
        if found.position.offset > 0 {
            let file = try Descriptor(path: folder.segment(found.position.segment), access: .write)
            try Disk().cut(file, to: found.position.offset)
        }
        try CaseFolder.synchronise(folder.spool)
        let store = try await open(at: copy, access: .write, who: who, tool: tool)
        guard await store.recordCount == found.records, await store.head == found.head else {
            throw CaseStoreError(.damagedSpool, "\(copy) is not a copy of the case that was verified")
        }
        try await store.log(
            .copy, object: found.head,
            why:
                "salvaged the first \(found.records.agreeing("record", "\(found.records) records")) of a damaged spool, which is "
                + "incomplete: "
                + (found.damage ?? "nothing follows them"))
    }
}
