public import ForensicTypes

extension CaseStore {
    /// The attempts in the order of their records, without their bytes.
    ///
    /// - Parameter model: The name of the model; nil for all.
    public func attempts(of model: String? = nil) async throws(CaseStoreError) -> [AttemptSummary] {
        await settle()
        if let index { return try index.attempts(model: model) }
        var scan = try RecordScan(folder: folder, end: committed.sequence)
        var summaries: [AttemptSummary] = []
        while let summary = try scan.next() {
            if model == nil || summary.model.name == model { summaries.append(summary) }
        }
        return summaries
    }

    /// The models that were asked, or whose answers were imported, in order of their names.
    public func models() async throws(CaseStoreError) -> [ModelIdentity] {
        Set(try await attempts().map(\.model)).sorted { $0.name < $1.name }
    }

    /// The draws of a model that have an answer, in one run or in all.
    public func completedDraws(of model: String, run: String? = nil) async throws(CaseStoreError) -> Set<DrawKey> {
        Set(
            try await attempts(of: model).filter { $0.outcome.isAnswer && (run == nil || $0.run == run) }
                .map { DrawKey(probe: $0.probe, draw: $0.draw) })
    }

    /// The records of a model in order, each checked against the commitments in its line.
    public func transcripts(of model: String) async throws(CaseStoreError) -> [Transcript] {
        var files: [Int: Descriptor] = [:]
        return try await attempts(of: model).map { summary throws(CaseStoreError) in
            let place = summary.place
            let file: Descriptor
            if let open = files[place.segment] {
                file = open
            } else {
                file = try Descriptor(path: folder.segment(place.segment), access: .read)
                files[place.segment] = file
            }
            let body = try file.read(count: place.length, at: place.offset + 4)
            let record = try StoredRecord(body: body[...], sequence: summary.sequence)
            guard record.transcript.model == summary.model else {
                throw CaseStoreError(.index, "the index misplaces record \(summary.sequence); delete index.sqlite")
            }
            return record.transcript
        }
    }
}

/// Summaries straight from the spool, for when the index is out of use.
struct RecordScan {
    private var scanner: SpoolScanner
    private let end: Int

    init(folder: CaseFolder, end: Int) throws(CaseStoreError) {
        scanner = try SpoolScanner(folder: folder)
        self.end = end
    }

    mutating func next() throws(CaseStoreError) -> AttemptSummary? {
        guard scanner.position.sequence < end else { return nil }
        do {
            guard let frame = try scanner.next() else { return nil }
            let record = try StoredRecord(body: frame.body[...], sequence: frame.sequence)
            return AttemptSummary(record: record, frame: frame)
        } catch {
            throw .scanning(error, at: scanner.position)
        }
    }
}
