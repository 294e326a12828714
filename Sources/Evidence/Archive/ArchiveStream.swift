internal import ContentAddressing
internal import ForensicTypes

/// The bytes of a tape archive, read once from start to end, with or without its Zstandard coat.
///
/// One window of a frame is in memory. Skippable frames, frames outside the profile and bytes after the last frame are refused.
struct ArchiveStream {
    private let file: InputFile
    /// Whether the file wears the coat.
    let isCompressed: Bool
    private var buffer: [UInt8] = []
    private var position = 0
    private var compressed: [UInt8] = []
    /// Where in `compressed` the frame goes on, or the next begins.
    private var start = 0
    private let decompressor: ZstdDecompressor
    /// How much of the frame's content is still to come; nil between frames.
    private var expected: Int?
    /// How many bytes of the archive have been read.
    private(set) var offset = 0
    private var hasher = SHA256Hasher()

    /// The digest of what has been read of the archive.
    var digest: Digest { hasher.finalize() }

    init(path: String) throws(EvidenceError) {
        file = try InputFile(path: path)
        decompressor = try ZstdDecompressor()
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
            guard let more = isCompressed ? try decompressed() : try plainBytes(count - bytes.count) else {
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

    /// The next bytes of a frame; nil after the last frame.
    private mutating func decompressed() throws(EvidenceError) -> [UInt8]? {
        while true {
            if expected == nil { expected = try nextFrame() }
            guard let ahead = expected else { return nil }
            // One more than there may be, so that a frame that holds more is seen to.
            let step = try decompressor.step(compressed, from: start, most: min(ahead + 1, 1 << 20))
            start += step.used
            let left = ahead - step.content.count
            guard left >= 0, !step.isLast || left == 0 else {
                throw EvidenceError(.container, "a frame that is not as long as it says")
            }
            expected = step.isLast ? nil : left
            if !step.content.isEmpty { return step.content }
            if step.isLast { continue }
            let waiting = compressed.count - start
            try fill(waiting + 1)
            guard compressed.count - start > waiting else {
                throw EvidenceError(.container, "the archive is truncated inside a Zstandard frame")
            }
        }
    }

    /// Reads the header of the next frame and gives the length of its content; nil after the last frame.
    private mutating func nextFrame() throws(EvidenceError) -> Int? {
        try fill(ZstdFrameHeader.maximumLength)
        if start == compressed.count { return nil }
        return try ZstdFrameHeader(compressed[start...].prefix(ZstdFrameHeader.maximumLength)).contentSize
    }

    /// Reads on until so many bytes of frames are there, or the file ends.
    private mutating func fill(_ count: Int) throws(EvidenceError) {
        guard compressed.count - start < count else { return }
        compressed.removeFirst(start)
        start = 0
        compressed += try file.read(max(count - compressed.count, 1 << 16))
    }
}
