internal import CZstd

/// One Zstandard frame of at most 16 MiB. This file alone calls the C library.
enum ZstdFrame {
    /// How a frame is compressed.
    enum Coat: Sendable {
        /// Level 12, with repetitions looked for in the whole window of 8 MiB, which this level does not do by itself.
        case quick
        /// Level 17, fitted to answers of models: matches of 6 bytes or more, however long, among the last two million places. What
        /// repeats in such answers lies near. `Tools/Benchmarks` has the figures.
        case tight
        /// For record lines and leaf hashes, which are digests between words that repeat from line to line: lazy matching in the
        /// last few hundred lines. A quarter of the time, for a fiftieth to a twentieth more bytes.
        case lines

        fileprivate var parameters: [(ZSTD_cParameter, Int32)] {
            switch self {
            case .quick:
                [
                    (ZSTD_c_windowLog, 23), (ZSTD_c_compressionLevel, 12), (ZSTD_c_enableLongDistanceMatching, 1),
                    // Half of the memory that the level takes by itself.
                    (ZSTD_c_hashLog, 22),
                ]
            case .tight:
                [
                    (ZSTD_c_windowLog, 23), (ZSTD_c_compressionLevel, 17), (ZSTD_c_minMatch, 6), (ZSTD_c_searchLog, 5),
                    (ZSTD_c_targetLength, 999), (ZSTD_c_chainLog, 22), (ZSTD_c_hashLog, 20),
                ]
            case .lines:
                [
                    (ZSTD_c_windowLog, 18), (ZSTD_c_compressionLevel, 13), (ZSTD_c_minMatch, 6), (ZSTD_c_searchLog, 4),
                    (ZSTD_c_chainLog, 18), (ZSTD_c_hashLog, 16),
                ]
            }
        }
    }

    /// Compresses one frame after the other, in memory that is set aside once. The bytes of a frame depend on its content and its
    /// coat alone.
    @safe final class Compressor {
        private let context: OpaquePointer
        private var output: [UInt8] = []

        init() throws(EvidenceError) {
            guard let context = unsafe ZSTD_createCCtx() else {
                throw EvidenceError(.container, "no memory for a compressor")
            }
            unsafe self.context = context
        }

        deinit { unsafe ZSTD_freeCCtx(context) }

        /// Compresses some bytes into one frame with content size and checksum.
        func compress(_ content: [UInt8], coat: Coat) throws(EvidenceError) -> [UInt8] {
            unsafe ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters)
            let all = [(ZSTD_c_checksumFlag, 1), (ZSTD_c_contentSizeFlag, 1)] + coat.parameters
            for (parameter, value) in all { unsafe ZSTD_CCtx_setParameter(context, parameter, value) }
            let bound = ZSTD_compressBound(content.count)
            if output.count < bound {
                output = unsafe [UInt8](unsafeUninitializedCapacity: bound) { _, count in count = bound }
            }
            let result = unsafe output.withUnsafeMutableBytes { buffer in
                unsafe content.withUnsafeBytes { source in
                    unsafe ZSTD_compress2(context, buffer.baseAddress, buffer.count, source.baseAddress, source.count)
                }
            }
            guard ZSTD_isError(result) == 0 else {
                let reason = unsafe String(cString: ZSTD_getErrorName(result))
                throw EvidenceError(.container, "compression failed: \(reason)")
            }
            return Array(output.prefix(result))
        }
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
