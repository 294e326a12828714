internal import ContentAddressing
internal import ForensicTypes

/// What opening a spool found.
struct SpoolRecovery: Sendable {
    /// The end of the verified records.
    let position: SpoolPosition
    /// The chain value after the last record; it stays where a further segment has been begun.
    let head: Digest
    /// The bytes after it, which no acknowledged record can be in; nil where there are none.
    let tornTail: TornTail?

    /// Bytes of a write that a crash cut short.
    struct TornTail: Sendable, Equatable {
        let length: Int
        let digest: Digest
        let reason: String
    }

    /// Verifies a spool from its first byte.
    ///
    /// A damaged end counts as torn, and not as tampered with, when the segment ends inside the frame, or when the
    /// index, written only after a record is on stable storage, knows of no record from there on.
    ///
    /// - Parameters:
    ///   - acknowledged: How many records the index knows; nil where there is no index.
    ///   - visit: Is given every verified record.
    static func examine(
        _ folder: CaseFolder, acknowledged: Int?, visit: (SpoolFrame, StoredRecord) throws(CaseStoreError) -> Void
    ) throws(CaseStoreError) -> SpoolRecovery {
        var scanner = try SpoolScanner(folder: folder)
        var parts = scanner.position
        var damage: SpoolDamage?
        var head = SpoolFormat.origin
        do {
            while let frame = try scanner.next() {
                let record = try StoredRecord(body: frame.body[...], sequence: frame.sequence)
                parts.advance(past: record)
                head = frame.head
                try visit(frame, record)
            }
        } catch let found as SpoolDamage {
            damage = found
        } catch {
            throw .scanning(error, at: scanner.position)
        }
        var position = scanner.position
        position.partSegment = parts.partSegment
        position.partOffset = parts.partOffset
        if let acknowledged, acknowledged > position.sequence {
            throw CaseStoreError(
                .damagedSpool,
                "the index knows \(acknowledged) acknowledged records, the spool holds \(position.sequence): "
                    + "the spool was cut or changed after it was written")
        }
        guard let damage else { return SpoolRecovery(position: position, head: head, tornTail: nil) }
        guard damage.isTorn || acknowledged == position.sequence else { throw .scanning(damage, at: position) }
        let file = try Descriptor(path: folder.segment(position.segment), access: .read)
        let length = try file.length() - position.offset
        guard length <= 2 * SpoolFormat.segmentLimit else { throw .scanning(damage, at: position) }
        let tail = try file.read(count: length, at: position.offset)
        return SpoolRecovery(
            position: position, head: head,
            tornTail: TornTail(length: length, digest: SHA256Digest.of(tail), reason: damage.reason))
    }
}
