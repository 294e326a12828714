internal import CZstd

/// How an archive is compressed. `Tools/Benchmarks` has the figures.
///
/// Repetitions are looked for near in trees or chains, and through the whole window in a table of its own (long-distance matching):
/// answers to one prompt lie anywhere in an archive.
enum ZstdCoat: Sendable {
    /// Lazy matching.
    case quick
    /// Optimal parsing, fitted to answers of models.
    case tight

    /// What a frame holds.
    enum Content: Sendable {
        /// A whole archive that is short.
        case all
        /// Documents, leaf hashes and record lines: digests between words that repeat from line to line.
        case lines
        /// What follows the lines, mostly segments: the bytes of the wire.
        case exchanges
    }

    /// How long an archive may be to be one frame, which level 19 of the library compresses in a few seconds.
    static let shortArchive = 8 << 20

    /// The parameters of a frame.
    ///
    /// - Parameters:
    ///   - content: What it holds.
    ///   - size: How many bytes of that, which bounds the tables.
    func parameters(for content: Content, size: Int) -> [(ZSTD_cParameter, Int32)] {
        switch (self, content) {
        case (.quick, .lines): Self.lines + [(ZSTD_c_compressionLevel, 12), (ZSTD_c_searchLog, 4)]
        case (.tight, .lines):
            Self.lines + [(ZSTD_c_compressionLevel, 17), (ZSTD_c_searchLog, 2), (ZSTD_c_targetLength, 999)]
        case (.quick, _):
            // Half of the memory that the level takes by itself.
            Self.exchanges + [(ZSTD_c_compressionLevel, 12), (ZSTD_c_jobSize, 8 << 20), (ZSTD_c_hashLog, 22)]
        case (.tight, .all): [(ZSTD_c_compressionLevel, 19)]
        case (.tight, .exchanges):
            Self.exchanges + [
                (ZSTD_c_compressionLevel, 17), (ZSTD_c_jobSize, 12 << 20), (ZSTD_c_searchLog, 4),
                (ZSTD_c_minMatch, 6), (ZSTD_c_targetLength, 999), (ZSTD_c_chainLog, 21), (ZSTD_c_hashLog, 20),
                (ZSTD_c_ldmMinMatch, 12), (ZSTD_c_ldmHashRateLog, 2), (ZSTD_c_ldmBucketSizeLog, 5),
                (ZSTD_c_ldmHashLog, Self.tableLog(for: size)),
            ]
        }
    }

    // A job is what one thread compresses; it begins with the end of the one before in its trees (the overlap).

    private static let lines: [(ZSTD_cParameter, Int32)] = [
        (ZSTD_c_windowLog, ZstdFrameHeader.windowLog), (ZSTD_c_jobSize, 8 << 20), (ZSTD_c_overlapLog, 2),
        (ZSTD_c_minMatch, 6), (ZSTD_c_chainLog, 18), (ZSTD_c_hashLog, 16), (ZSTD_c_enableLongDistanceMatching, 1),
        (ZSTD_c_ldmMinMatch, 64), (ZSTD_c_ldmHashRateLog, 6), (ZSTD_c_ldmHashLog, 16),
    ]

    private static let exchanges: [(ZSTD_cParameter, Int32)] = [
        (ZSTD_c_windowLog, ZstdFrameHeader.windowLog), (ZSTD_c_overlapLog, 4), (ZSTD_c_enableLongDistanceMatching, 1),
    ]

    /// The logarithm of the table's length: eight million places, or as many as there are bytes.
    private static func tableLog(for size: Int) -> Int32 {
        min(23, Int32(Int.bitWidth - max(size, 1 << 15).leadingZeroBitCount))
    }
}
