/// A place between two records of a case, from which they can be read on.
public struct RecordPlace: Sendable {
    /// Before the first record.
    public static let start = RecordPlace(
        position: SpoolPosition(segment: 0, offset: 0, sequence: 0, head: SpoolFormat.origin))

    let position: SpoolPosition
}

/// The records of a case in order, each verified against the chain and its commitments as it is read.
///
/// It ends at the last record that was acknowledged when the sequence was made, and holds one record in memory.
public struct RecordSequence: AsyncSequence, Sendable {
    let folder: CaseFolder
    var start = RecordPlace.start
    let end: Int

    /// Reads one record after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var scanner: Result<SpoolScanner, CaseStoreError>
        let end: Int

        /// The next record; nil after the last.
        ///
        /// Throws `damagedSpool` at the first record that does not follow from those before it.
        public mutating func next() async throws(CaseStoreError) -> StoredRecord? { try read() }

        mutating func read() throws(CaseStoreError) -> StoredRecord? {
            var current = try scanner.get()
            guard current.position.sequence < end else { return nil }
            scanner = .failure(CaseStoreError(.stopped, "reading ended with an error"))
            let frame: SpoolFrame?
            do {
                frame = try current.next()
            } catch {
                throw .scanning(error, at: current.position)
            }
            guard let frame else {
                throw CaseStoreError(.damagedSpool, "the spool ends at record \(current.position.sequence) of \(end)")
            }
            let record = try StoredRecord(body: frame.body[...], sequence: frame.sequence)
            scanner = .success(current)
            return record
        }
    }

    /// Starts at the first record of the sequence.
    public func makeAsyncIterator() -> AsyncIterator { makeIterator() }

    func makeIterator() -> AsyncIterator {
        do {
            return AsyncIterator(scanner: .success(try SpoolScanner(folder: folder, after: start.position)), end: end)
        } catch {
            return AsyncIterator(scanner: .failure(error), end: end)
        }
    }
}
