internal import CZstd

/// Decompresses one Zstandard frame after the other, piece by piece, holding one window of it.
@safe final class ZstdDecompressor {
    /// What a step gave.
    struct Step {
        /// The next bytes of the content.
        let content: [UInt8]
        /// How many bytes of the frame were used up.
        let used: Int
        /// Whether the frame is whole, and its checksum agrees.
        let isLast: Bool
    }

    private let context: OpaquePointer

    /// Makes a decompressor.
    ///
    /// - Throws: `container` if there is no memory for it.
    init() throws(EvidenceError) {
        guard let context = unsafe ZSTD_createDCtx() else {
            throw EvidenceError(.container, "no memory for a decompressor")
        }
        unsafe self.context = context
        unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, ZstdFrameHeader.windowLog)
    }

    deinit { unsafe ZSTD_freeDCtx(context) }

    /// Decodes some of a frame whose header has been checked.
    ///
    /// - Parameters:
    ///   - bytes: Some bytes.
    ///   - start: Where among them the frame goes on.
    ///   - most: How many bytes of content to give at most, from 1.
    /// - Throws: `container` if the frame is damaged.
    func step(_ bytes: [UInt8], from start: Int, most: Int) throws(EvidenceError) -> Step {
        var result = 0
        var position = start
        let content = unsafe [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
            unsafe bytes.withUnsafeBytes { source in
                var target = unsafe ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
                var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: position)
                result = unsafe ZSTD_decompressStream(context, &target, &input)
                position = unsafe input.pos
                count = ZSTD_isError(result) == 0 ? unsafe target.pos : 0
            }
        }
        guard ZSTD_isError(result) == 0 else {
            throw EvidenceError(.container, "a frame is damaged: its content or its checksum does not agree")
        }
        return Step(content: content, used: position - start, isLast: result == 0)
    }
}
