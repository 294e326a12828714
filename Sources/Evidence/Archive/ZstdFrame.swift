internal import CZstd

/// One Zstandard frame of at most 16 MiB. This file alone calls the C library.
enum ZstdFrame {
    /// How a frame is compressed.
    enum Coat: Sendable {
        /// Level 12, with repetitions looked for in the whole window of 8 MiB, which this level does not do by itself.
        case quick
        /// Level 17, fitted to records: no match of less than 6 bytes, and half as many candidates for each, which makes it a quarter
        /// faster without being larger. `Tools/Benchmarks` has the figures.
        case tight
    }

    private static func set(_ parameters: [(ZSTD_cParameter, Int32)], of context: OpaquePointer) {
        for (parameter, value) in parameters { unsafe ZSTD_CCtx_setParameter(context, parameter, value) }
    }

    /// Compresses some bytes into one frame with content size and checksum.
    static func compress(_ content: [UInt8], coat: Coat) throws(EvidenceError) -> [UInt8] {
        guard let context = unsafe ZSTD_createCCtx() else {
            throw EvidenceError(.container, "no memory for a compressor")
        }
        defer { unsafe ZSTD_freeCCtx(context) }
        unsafe set([(ZSTD_c_checksumFlag, 1), (ZSTD_c_contentSizeFlag, 1), (ZSTD_c_windowLog, 23)], of: context)
        switch coat {
        case .quick:
            unsafe set([(ZSTD_c_compressionLevel, 12), (ZSTD_c_enableLongDistanceMatching, 1)], of: context)
        case .tight:
            unsafe set([(ZSTD_c_compressionLevel, 17), (ZSTD_c_minMatch, 6), (ZSTD_c_searchLog, 4)], of: context)
        }
        var result = 0
        let frame = unsafe [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(content.count)) { buffer, count in
            result = unsafe content.withUnsafeBytes { source in
                unsafe ZSTD_compress2(context, buffer.baseAddress, buffer.count, source.baseAddress, source.count)
            }
            count = ZSTD_isError(result) == 0 ? result : 0
        }
        guard ZSTD_isError(result) == 0 else {
            throw EvidenceError(.container, "compression failed: \(unsafe String(cString: ZSTD_getErrorName(result)))")
        }
        return frame
    }

    /// Decompresses one whole frame whose header has been checked.
    static func decompress(_ frame: [UInt8], header: ZstdFrameHeader) throws(EvidenceError) -> [UInt8] {
        var result = 0
        let content = unsafe [UInt8](unsafeUninitializedCapacity: max(1, header.contentSize)) { buffer, count in
            result = unsafe frame.withUnsafeBytes { source in
                unsafe ZSTD_decompress(buffer.baseAddress, header.contentSize, source.baseAddress, source.count)
            }
            count = ZSTD_isError(result) == 0 ? result : 0
        }
        guard ZSTD_isError(result) == 0, content.count == header.contentSize else {
            throw EvidenceError(.container, "a frame is damaged: its content or its checksum does not agree")
        }
        return content
    }
}
