internal import ContentAddressing
internal import ForensicTypes

/// Writes a canonical ustar archive into a file, under a Zstandard coat or without one.
///
/// The digest is that of the archive without the coat: compressed bytes depend on the library's version and are no identity.
/// Frames are independent, so several are compressed at a time; they are written in their order, and the bytes do not depend
/// on how many there are.
struct ArchiveWriter {
    private let file: OutputFile
    private let coat: ZstdFrame.Coat?
    /// Take turns; each is done with a frame before it is given the next.
    private let compressors: [FrameCompressor]
    private var frames = 0
    /// Whether what is written is record lines or leaf hashes, and how much of that is in the buffer.
    private var isOfLines = false
    private var lineBytes = 0
    private let faults: SealingFaults
    private var buffer: [UInt8] = []
    private var compressing: [Task<[UInt8], any Error>] = []
    private var hasher = SHA256Hasher()
    private(set) var length = 0

    /// Starts an archive.
    ///
    /// - Parameters:
    ///   - file: Where it goes.
    ///   - coat: How it is compressed; nil for a plain archive.
    ///   - width: How many frames are compressed at a time, from 1.
    ///   - faults: What goes wrong on purpose, in tests.
    init(file: OutputFile, coat: ZstdFrame.Coat?, width: Int, faults: SealingFaults) {
        self.file = file
        self.coat = coat
        compressors = (0..<max(1, width)).map { _ in FrameCompressor() }
        self.faults = faults
    }

    /// The digest of the archive so far.
    var digest: Digest { hasher.finalize() }

    mutating func write(_ bytes: [UInt8]) async throws {
        hasher.update(bytes)
        length += bytes.count
        let bytes = faults.piece(bytes)
        guard coat != nil else { return try file.write(bytes) }
        var rest = bytes[...]
        while buffer.count + rest.count >= ZstdFrameHeader.maximumContent {
            let taken = rest.prefix(ZstdFrameHeader.maximumContent - buffer.count)
            append(taken)
            rest = rest.dropFirst(taken.count)
            try await compressBuffer()
        }
        append(rest)
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        buffer += bytes
        if isOfLines { lineBytes += bytes.count }
    }

    /// Writes a member. The source must give exactly the bytes that it was measured with.
    mutating func write(_ member: BundleMember) async throws {
        let header = UstarHeader(path: member.path, size: member.size)
        isOfLines = member.path == BundleLayout.records || member.path == BundleLayout.leaves
        try await write(header.bytes)
        var source = try member.open()
        var hasher = SHA256Hasher()
        while let piece = try source.next() {
            hasher.update(piece)
            try await write(piece)
        }
        guard hasher.finalize() == member.digest else {
            throw EvidenceError(.digest, "\(member.path) changed between measuring and writing; nothing was sealed")
        }
        try await write([UInt8](repeating: 0, count: header.padding))
    }

    /// Writes the end of the archive.
    mutating func finish() async throws {
        try await write([UInt8](repeating: 0, count: UstarReader.endLength(after: length)))
        if !buffer.isEmpty { try await compressBuffer() }
        while !compressing.isEmpty { try await writeFrame() }
    }

    private mutating func compressBuffer() async throws {
        guard let coat else { return }
        while compressing.count >= compressors.count { try await writeFrame() }
        let (content, faults, compressor) = (buffer, faults, compressors[frames % compressors.count])
        let fitting = 2 * lineBytes > buffer.count ? .lines : coat
        compressing.append(Task { try faults.frame(await compressor.compress(content, coat: fitting)) })
        frames += 1
        lineBytes = 0
        buffer = []
        buffer.reserveCapacity(ZstdFrameHeader.maximumContent)
    }

    private mutating func writeFrame() async throws {
        try file.write(await compressing.removeFirst().value)
    }
}
