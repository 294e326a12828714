internal import ForensicTypes

/// Walks the members of a canonical ustar archive, in order, without extracting them.
///
/// Members are regular files with increasing paths, so none occurs twice; every header and every byte of padding has the one
/// value that it can have.
struct UstarReader {
    private var stream: ArchiveStream
    private var previous: [UInt8]?
    private var remaining = 0
    private var padding = 0

    init(stream: ArchiveStream) { self.stream = stream }

    /// The digest of the archive without its coat, as far as it has been read.
    var digest: Digest { stream.digest }

    /// The length of the archive without its coat, as far as it has been read.
    var length: Int { stream.offset }

    /// The next member's header; nil after the last, once the end of the archive is checked.
    mutating func nextMember() throws(EvidenceError) -> UstarHeader? {
        guard remaining == 0 else { throw EvidenceError(.container, "a member was not read to its end") }
        guard let block = try stream.read(UstarHeader.blockLength) else {
            throw EvidenceError(.container, "the archive is truncated: it has no end mark")
        }
        if block.allSatisfy({ $0 == 0 }) {
            try readEnd()
            return nil
        }
        guard let header = UstarHeader(block: block) else {
            throw EvidenceError(.container, "the header at byte \(stream.offset - 512) is not canonical")
        }
        let path = Array(header.path.utf8)
        if let previous, !previous.lexicographicallyPrecedes(path) {
            throw EvidenceError(.container, "the member at byte \(stream.offset - 512) is out of order or occurs twice")
        }
        previous = path
        remaining = header.size
        padding = header.padding
        return header
    }

    /// The next bytes of the member, at most `limit`; empty at its end.
    mutating func read(limit: Int = 1 << 20) throws(EvidenceError) -> [UInt8] {
        let count = min(limit, remaining)
        guard count > 0 else { return [] }
        let bytes = try required(count)
        remaining -= count
        if remaining == 0, padding > 0 {
            guard try required(padding).allSatisfy({ $0 == 0 }) else {
                throw EvidenceError(.container, "padding before byte \(stream.offset) is not zero")
            }
            padding = 0
        }
        return bytes
    }

    private mutating func required(_ count: Int) throws(EvidenceError) -> [UInt8] {
        guard let bytes = try stream.read(count) else {
            throw EvidenceError(.container, "the archive is truncated after \(stream.offset) bytes")
        }
        return bytes
    }

    private mutating func readEnd() throws(EvidenceError) {
        let rest = Self.endLength(after: stream.offset - UstarHeader.blockLength) - UstarHeader.blockLength
        guard try required(rest).allSatisfy({ $0 == 0 }) else {
            throw EvidenceError(.container, "bytes after the end of the archive")
        }
        guard try stream.read(1) == nil else { throw EvidenceError(.container, "bytes after the end of the archive") }
    }

    /// The zeros that end an archive whose members take `length` bytes: two blocks, and up to a whole record.
    static func endLength(after length: Int) -> Int {
        let least = length + 2 * UstarHeader.blockLength
        return (least + UstarHeader.recordLength - 1) / UstarHeader.recordLength * UstarHeader.recordLength - length
    }
}
