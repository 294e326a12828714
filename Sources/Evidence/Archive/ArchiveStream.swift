internal import ContentAddressing
internal import ForensicTypes

/// The bytes of a tape archive, read once from start to end, with or without its Zstandard coat.
///
/// At most one frame is in memory. Skippable frames, frames outside the profile and bytes after the last frame are refused.
struct ArchiveStream {
    private let file: InputFile
    /// Whether the file wears the coat.
    let isCompressed: Bool
    private var buffer: [UInt8] = []
    private var position = 0
    private var compressed: [UInt8] = []
    /// Where in `compressed` the next frame begins.
    private var start = 0
    /// How many bytes of the archive have been read.
    private(set) var offset = 0
    private var hasher = SHA256Hasher()

    /// The digest of what has been read of the archive.
    var digest: Digest { hasher.finalize() }

    init(path: String) throws(EvidenceError) {
        file = try InputFile(path: path)
        compressed = try file.read(ZstdFrameHeader.maximumLength)
        isCompressed = compressed.starts(with: ZstdFrameHeader.magic)
        if !isCompressed { swap(&buffer, &compressed) }
    }

    /// The next bytes, exactly `count` of them; nil at the end, if not one is left.
    ///
    /// - Throws: `container` if the archive ends in between.
    mutating func read(_ count: Int) throws(EvidenceError) -> [UInt8]? {
        var bytes = take(count)
        while bytes.count < count {
            // Let go before the next frame is decoded.
            buffer = []
            guard let more = isCompressed ? try nextFrame() : try plainBytes(count - bytes.count) else {
                if bytes.isEmpty { return nil }
                throw EvidenceError(.container, "the archive is truncated after \(offset + bytes.count) bytes")
            }
            buffer = more
            position = 0
            bytes += take(count - bytes.count)
        }
        offset += count
        hasher.update(bytes)
        return bytes
    }

    /// What there is of the next bytes without reading on.
    private mutating func take(_ count: Int) -> [UInt8] {
        let end = min(position + count, buffer.count)
        defer { position = end }
        return Array(buffer[position..<end])
    }

    private mutating func plainBytes(_ count: Int) throws(EvidenceError) -> [UInt8]? {
        let bytes = try file.read(max(count, 1 << 20))
        return bytes.isEmpty ? nil : bytes
    }

    private mutating func nextFrame() throws(EvidenceError) -> [UInt8]? {
        try fill(ZstdFrameHeader.maximumLength)
        if start == compressed.count { return nil }
        let header = try ZstdFrameHeader(compressed[start...].prefix(ZstdFrameHeader.maximumLength))
        // Blocks lie one after the other; the last is followed by the checksum.
        var length = header.length
        var isLast = false
        while !isLast {
            try require(length + 3)
            let place = start + length
            let block = Int(compressed[place]) | Int(compressed[place + 1]) << 8 | Int(compressed[place + 2]) << 16
            isLast = block & 1 == 1
            length += 3
            switch block >> 1 & 3 {
            case 0, 2: length += block >> 3
            case 1: length += 1
            default: throw EvidenceError(.container, "a frame with a reserved block type")
            }
            guard length <= 2 * ZstdFrameHeader.maximumContent else {
                throw EvidenceError(.limit, "a frame that is longer than its content may be")
            }
        }
        length += 4
        try require(length)
        let frame = Array(compressed[start..<(start + length)])
        start += length
        return try ZstdFrame.decompress(frame, header: header)
    }

    /// Reads on until so many bytes of frames are there, or the file ends.
    private mutating func fill(_ count: Int) throws(EvidenceError) {
        guard compressed.count - start < count else { return }
        compressed.removeFirst(start)
        start = 0
        compressed += try file.read(max(count - compressed.count, 1 << 16))
    }

    private mutating func require(_ count: Int) throws(EvidenceError) {
        try fill(count)
        guard compressed.count - start >= count else {
            throw EvidenceError(.container, "the archive is truncated inside a Zstandard frame")
        }
    }
}
