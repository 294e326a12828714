internal import CZstd

/// Compresses one Zstandard frame after the other, on several threads, in memory that is set aside once.
///
/// The bytes of a frame depend on its content, its coat and the library's version, and on neither the number of threads nor the
/// pieces that the content comes in.
@safe final class ZstdCompressor {
    private let context: OpaquePointer
    private let width: Int
    private var output = [UInt8](repeating: 0, count: ZSTD_CStreamOutSize())

    /// Makes a compressor.
    ///
    /// - Parameter width: How many threads it works on, from 1.
    /// - Throws: `container` if there is no memory for it.
    init(width: Int) throws(EvidenceError) {
        guard let context = unsafe ZSTD_createCCtx() else {
            throw EvidenceError(.container, "no memory for a compressor")
        }
        unsafe self.context = context
        self.width = width
    }

    deinit { unsafe ZSTD_freeCCtx(context) }

    /// Begins a frame with content size and checksum.
    ///
    /// - Throws: `container` if the library lacks threads or a parameter.
    func begin(_ content: ZstdCoat.Content, size: Int, coat: ZstdCoat) throws(EvidenceError) {
        try Self.check(unsafe ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters))
        let all =
            [(ZSTD_c_nbWorkers, Int32(clamping: width)), (ZSTD_c_checksumFlag, 1), (ZSTD_c_contentSizeFlag, 1)]
            + coat.parameters(for: content, size: size)
        for (parameter, value) in all {
            try Self.check(unsafe ZSTD_CCtx_setParameter(context, parameter, value))
        }
        try Self.check(unsafe ZSTD_CCtx_setPledgedSrcSize(context, UInt64(size)))
    }

    /// Takes the next bytes of the frame, and gives what is compressed by now.
    func take(_ bytes: [UInt8]) throws(EvidenceError) -> [UInt8] {
        var compressed: [UInt8] = []
        var taken = 0
        while taken < bytes.count { _ = try step(bytes, &taken, ZSTD_e_continue, into: &compressed) }
        return compressed
    }

    /// Ends the frame, and gives the rest of it.
    ///
    /// - Throws: `container` if the content was not as long as it was said to be.
    func end() throws(EvidenceError) -> [UInt8] {
        var compressed: [UInt8] = []
        var taken = 0
        while try step([], &taken, ZSTD_e_end, into: &compressed) > 0 {}
        return compressed
    }

    /// Moves what fits through the library; returns what it still keeps, or a hint of that.
    private func step(
        _ bytes: [UInt8], _ taken: inout Int, _ directive: ZSTD_EndDirective, into compressed: inout [UInt8]
    ) throws(EvidenceError) -> Int {
        var position = taken
        var produced = 0
        let result = unsafe output.withUnsafeMutableBytes { buffer in
            unsafe bytes.withUnsafeBytes { source in
                var target = unsafe ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
                var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: position)
                let result = unsafe ZSTD_compressStream2(context, &target, &input, directive)
                position = unsafe input.pos
                produced = unsafe target.pos
                return result
            }
        }
        try Self.check(result)
        taken = position
        compressed += output[..<produced]
        return result
    }

    private static func check(_ result: Int) throws(EvidenceError) {
        guard ZSTD_isError(result) == 0 else {
            throw EvidenceError(.container, "compression failed: \(unsafe String(cString: ZSTD_getErrorName(result)))")
        }
    }
}
