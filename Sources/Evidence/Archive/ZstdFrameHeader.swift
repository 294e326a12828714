/// The header of a Zstandard frame (RFC 8878, section 3.1.1), as far as the format allows one.
///
/// A frame has its content size, a checksum, no dictionary, no more content than an archive may have, and a window of 32 MiB or
/// less. All of that is known before a byte is allocated or decoded.
struct ZstdFrameHeader: Equatable {
    static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
    static let maximumContent = BundleLimits().archive
    /// The logarithm of the longest window, in bytes.
    static let windowLog: Int32 = 25
    /// The longest header: magic, descriptor, window, and eight bytes of size.
    static let maximumLength = 14

    let contentSize: Int
    let length: Int

    /// Reads the start of a frame.
    ///
    /// - Parameter bytes: At least the header; more is ignored.
    init(_ bytes: ArraySlice<UInt8>) throws(EvidenceError) {
        let bytes = Array(bytes)
        guard bytes.count >= 6, bytes.starts(with: Self.magic) else {
            throw EvidenceError(.container, "no Zstandard frame where one has to begin")
        }
        let descriptor = bytes[4]
        let isSingleSegment = descriptor & 0x20 != 0
        guard descriptor & 0x18 == 0 else { throw EvidenceError(.container, "a frame with a reserved bit set") }
        guard descriptor & 0x04 != 0 else { throw EvidenceError(.container, "a frame without a checksum") }
        guard descriptor & 0x03 == 0 else { throw EvidenceError(.container, "a frame that needs a dictionary") }
        let sizeFlag = descriptor >> 6
        let sizeLength = [isSingleSegment ? 1 : 0, 2, 4, 8][Int(sizeFlag)]
        guard sizeLength > 0 else { throw EvidenceError(.container, "a frame that does not state its content size") }
        let sizeStart = isSingleSegment ? 5 : 6
        length = sizeStart + sizeLength
        guard bytes.count >= length else {
            throw EvidenceError(.container, "the archive is truncated in a frame header")
        }
        var size: UInt64 = 0
        for byte in bytes[sizeStart..<length].reversed() { size = size << 8 | UInt64(byte) }
        if sizeLength == 2 { size += 256 }
        guard size <= Self.maximumContent else {
            throw EvidenceError(.limit, "a frame of \(size) bytes; the limit is \(Self.maximumContent)")
        }
        contentSize = Int(size)
        // In a single segment the content is its own window.
        let window = isSingleSegment ? size : Self.window(bytes[5])
        let most = UInt64(1) << UInt64(Self.windowLog)
        guard window <= most else {
            throw EvidenceError(.limit, "a frame with a window of \(window) bytes; the limit is \(most)")
        }
    }

    private static func window(_ descriptor: UInt8) -> UInt64 {
        let base = UInt64(1) << (10 + UInt64(descriptor >> 3))
        return base + base / 8 * UInt64(descriptor & 7)
    }
}
