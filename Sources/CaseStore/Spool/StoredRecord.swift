public import ContentAddressing
public import ForensicTypes

/// Bytes of a record: the request or the response, with the salt of their commitment.
public struct StoredPart: Sendable, Hashable {
    /// What the bytes are: `request` or `response`.
    public let name: String
    /// The salt, chosen at random when the record was written.
    public let salt: Salt
    /// The bytes as they went over the wire, secrets masked.
    public let bytes: [UInt8]
    /// SHA-256 of the salt followed by the bytes, as the record line states it.
    public let commitment: Digest
    /// The part segment of a bundle that holds this part, from 0.
    public let segment: Int
    /// Where the salt of this part begins in its segment.
    public let offset: Int

    /// The salt followed by the bytes: what a bundle's segment holds.
    public var saltedBytes: [UInt8] { salt.bytes + bytes }
}

/// One record as it lies in the spool.
public struct StoredRecord: Sendable, Hashable {
    /// The number of the record, from 0 without gaps.
    public let sequence: Int
    /// The canonical JSON of the record, without a line feed: the Merkle leaf input.
    public let line: [UInt8]
    /// The parts, in the order of the line.
    public let parts: [StoredPart]
    /// The digest of the plan under which the record was collected; nil where there was none.
    public let plan: Digest?
    /// What was recorded.
    public let transcript: Transcript
}

extension StoredRecord {
    /// Reads the body of a frame: the length of the line, the line, and the parts as the line lists them.
    init(body: ArraySlice<UInt8>, sequence: Int) throws(CaseStoreError) {
        func damaged(_ reason: String) -> CaseStoreError {
            CaseStoreError(.damagedSpool, "record \(sequence): \(reason)")
        }
        guard body.count >= 4 else { throw damaged("the body has \(body.count) bytes") }
        let lineLength = Int(body.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
        guard lineLength <= body.count - 4 else { throw damaged("the line is longer than the body") }
        let line = Array(body.dropFirst(4).prefix(lineLength))
        let fields: RecordLine
        do {
            fields = try RecordLine.read(line)
        } catch {
            throw damaged("the line is not a canonical record line (\(error.code.rawValue))")
        }
        guard fields.v == RecordLine.version else {
            throw CaseStoreError(.unsupportedVersion, "record \(sequence) has version \(fields.v); this build reads 1")
        }
        guard fields.seq == sequence else { throw damaged("the line calls itself record \(fields.seq)") }
        var rest = body.dropFirst(4 + lineLength)
        var parts: [StoredPart] = []
        for part in fields.parts {
            guard part.len >= Salt.count, part.len <= rest.count, let salt = Salt(bytes: rest.prefix(Salt.count)) else {
                throw damaged("part \(part.name) does not fit the body")
            }
            let bytes = Array(rest.prefix(part.len).dropFirst(Salt.count))
            guard SaltedCommitment.commit(salt: salt, bytes: bytes) == part.commit else {
                throw damaged("part \(part.name) does not match its commitment")
            }
            parts.append(
                StoredPart(
                    name: part.name, salt: salt, bytes: bytes, commitment: part.commit, segment: part.seg,
                    offset: part.off))
            rest = rest.dropFirst(part.len)
        }
        guard rest.isEmpty else { throw damaged("\(rest.count) bytes follow the last part") }
        guard let transcript = fields.transcript(parts: parts) else { throw damaged("a field is out of range") }
        self.init(sequence: sequence, line: line, parts: parts, plan: fields.planSHA256, transcript: transcript)
    }
}
