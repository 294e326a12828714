internal import ContentAddressing
internal import ForensicTypes

/// Writes a canonical ustar archive into a file, under a Zstandard coat or without one.
///
/// The digest is that of the archive without the coat: compressed bytes depend on the library's version and are no identity.
struct ArchiveWriter {
    private let file: OutputFile
    private let level: Int?
    private var buffer: [UInt8] = []
    private var hasher = SHA256Hasher()
    private(set) var length = 0

    init(file: OutputFile, level: Int?) {
        self.file = file
        self.level = level
    }

    /// The digest of the archive so far.
    var digest: Digest { hasher.finalize() }

    mutating func write(_ bytes: [UInt8]) throws(EvidenceError) {
        hasher.update(bytes)
        length += bytes.count
        guard let level else { return try file.write(bytes) }
        buffer += bytes
        while buffer.count >= ZstdFrameHeader.maximumContent {
            try file.write(
                ZstdFrame.compress(Array(buffer[..<ZstdFrameHeader.maximumContent]), level: level))
            buffer.removeFirst(ZstdFrameHeader.maximumContent)
        }
    }

    /// Writes a member. The source must give exactly the bytes that it was measured with.
    mutating func write(_ member: BundleMember) throws(EvidenceError) {
        let header = UstarHeader(path: member.path, size: member.size)
        try write(header.bytes)
        var source = try member.open()
        var hasher = SHA256Hasher()
        while let piece = try source.next() {
            hasher.update(piece)
            try write(piece)
        }
        guard hasher.finalize() == member.digest else {
            throw EvidenceError(.digest, "\(member.path) changed between measuring and writing; nothing was sealed")
        }
        try write([UInt8](repeating: 0, count: header.padding))
    }

    /// Writes the end of the archive.
    mutating func finish() throws(EvidenceError) {
        try write([UInt8](repeating: 0, count: UstarReader.endLength(after: length)))
        if let level, !buffer.isEmpty { try file.write(ZstdFrame.compress(buffer, level: level)) }
        buffer = []
    }
}
