internal import ContentAddressing
internal import ForensicTypes

/// The bytes of a spool segment: a header, then frames. The spool page of this module's documentation specifies them.
enum SpoolFormat {
    static let magic = Array("whorl spool v1\n\0".utf8)
    static let headerLength = 64
    /// A frame is its length (4 bytes, big-endian), that many bytes of body, and the chain value (32 bytes).
    static let frameOverhead = 4 + 32
    /// Two capped parts, a line, and slack.
    static let bodyLimit = 40 << 20
    /// A segment is closed when it has grown beyond this many bytes.
    static let segmentLimit = 64 << 20
    /// A bundle's part segment is closed before it grows beyond this many bytes.
    static let partSegmentLimit = 64 << 20

    /// The header of a segment: magic, ordinal, number of its first record, and the chain value before it.
    static func header(ordinal: Int, firstSequence: Int, previous: Digest) -> [UInt8] {
        magic + bigEndian(UInt64(ordinal)) + bigEndian(UInt64(firstSequence)) + previous.bytes
    }

    /// The chain value after a header.
    static func head(afterHeader header: [UInt8]) -> Digest { SHA256Digest.of(header) }

    /// The chain value after a frame: SHA-256 of the value before it, the length and the body.
    static func head(after previous: Digest, length: ArraySlice<UInt8>, body: ArraySlice<UInt8>) -> Digest {
        var hasher = SHA256Hasher()
        hasher.update(previous.bytes)
        hasher.update(length)
        hasher.update(body)
        return hasher.finalize()
    }

    /// The frame of a body, and the chain value after it.
    static func frame(body: [UInt8], previous: Digest) -> (bytes: [UInt8], head: Digest) {
        let length = bigEndian(UInt32(body.count))
        let head = head(after: previous, length: length[...], body: body[...])
        var bytes = length
        bytes.reserveCapacity(body.count + frameOverhead)
        bytes += body
        bytes += head.bytes
        return (bytes, head)
    }

    static func bigEndian(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
        stride(from: value.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    static func length(of bytes: ArraySlice<UInt8>) -> Int {
        bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }

    /// Stands for nothing before: the chain value of logs and indexes without a line, and before the spools of older builds.
    static let origin = Digest(bytes: [UInt8](repeating: 0, count: 32)) ?? SHA256Digest.of([])
}

/// A verified place in the spool: everything before it follows from itself.
struct SpoolPosition: Sendable, Equatable {
    /// The segment.
    var segment: Int
    /// The end of the verified bytes in the segment; 0 where its header is not yet written.
    var offset: Int
    /// The number of the next record.
    var sequence: Int
    /// The chain value.
    var head: Digest
    /// The part segment that a bundle would write next.
    var partSegment = 0
    /// The length of that part segment.
    var partOffset = 0

    /// Moves past the parts of a record.
    mutating func advance(past record: StoredRecord) {
        guard let last = record.parts.last else { return }
        partSegment = last.segment
        partOffset = last.offset + Salt.count + last.bytes.count
    }
}
