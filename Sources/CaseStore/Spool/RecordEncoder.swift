internal import ContentAddressing
internal import ForensicTypes

/// Turns transcripts into frames.
struct RecordEncoder {
    /// Where the next frame goes.
    private(set) var position: SpoolPosition

    init(position: SpoolPosition) { self.position = position }

    /// The frame of a transcript; moves the position past it.
    ///
    /// Throws `unencodableRecord`, and then the position has not moved.
    mutating func frame(
        _ transcript: Transcript, plan: Digest?
    ) throws(CaseStoreError) -> (bytes: [UInt8], record: StoredRecord) {
        var next = position
        let parts = [("request", transcript.request), ("response", transcript.response)].map { name, bytes in
            let salt = Salt.random()
            let length = Salt.count + bytes.count
            if next.partOffset > 0 && next.partOffset + length > SpoolFormat.partSegmentLimit {
                next.partSegment += 1
                next.partOffset = 0
            }
            defer { next.partOffset += length }
            return StoredPart(
                name: name, salt: salt, bytes: bytes, commitment: SaltedCommitment.commit(salt: salt, bytes: bytes),
                segment: next.partSegment, offset: next.partOffset)
        }
        let line = try line(of: transcript, plan: plan, sequence: next.sequence, parts: parts)
        var body = SpoolFormat.bigEndian(UInt32(line.count))
        body.reserveCapacity(4 + line.count + parts.reduce(0) { $0 + Salt.count + $1.bytes.count })
        body += line
        for part in parts {
            body += part.salt.bytes
            body += part.bytes
        }
        guard body.count <= SpoolFormat.bodyLimit else {
            throw CaseStoreError(
                .unencodableRecord, "a record of \(body.count) bytes exceeds the limit of \(SpoolFormat.bodyLimit)")
        }
        let frame = SpoolFormat.frame(body: body, previous: next.head)
        let record = StoredRecord(
            sequence: next.sequence, line: line, parts: parts, plan: plan, transcript: transcript)
        next.sequence += 1
        next.offset += frame.bytes.count
        next.head = frame.head
        position = next
        return (frame.bytes, record)
    }

    /// Moves to a new segment, or begins the first, and returns its header.
    mutating func startSegment() -> [UInt8] {
        if position.offset > 0 { position.segment += 1 }
        let header = SpoolFormat.header(
            ordinal: position.segment, firstSequence: position.sequence, previous: position.head)
        position.offset = header.count
        position.head = SpoolFormat.head(afterHeader: header)
        return header
    }

    private func line(
        of transcript: Transcript, plan: Digest?, sequence: Int, parts: [StoredPart]
    ) throws(CaseStoreError) -> [UInt8] {
        let line = RecordLine(transcript, plan: plan, sequence: sequence, parts: parts, salt: .random())
        guard let bytes = line.canonicalBytes() else {
            throw CaseStoreError(
                .unencodableRecord,
                "record \(sequence) has no canonical form: a text holds U+007F, or a number is beyond 2^53")
        }
        guard bytes.count <= CanonicalJSON.maximumLineLength else {
            throw CaseStoreError(.unencodableRecord, "the line of record \(sequence) has \(bytes.count) bytes")
        }
        return bytes
    }
}
