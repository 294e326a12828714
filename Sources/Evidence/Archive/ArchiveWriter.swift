internal import ContentAddressing
internal import ForensicTypes

/// Writes a canonical ustar archive into a file, under a Zstandard coat or without one.
///
/// The digest is that of the archive without the coat: compressed bytes depend on the library's version and are no identity.
/// The coat of a short archive is one frame; that of another is two, of which the first ends with the record lines.
struct ArchiveWriter {
    private let file: OutputFile
    private let coat: ZstdCoat?
    private let compressor: ZstdCompressor
    private let faults: SealingFaults
    private var hasher = SHA256Hasher()
    private(set) var length = 0

    /// Starts an archive.
    ///
    /// - Parameters:
    ///   - file: Where it goes.
    ///   - coat: How it is compressed; nil for a plain archive.
    ///   - width: How many threads compress, from 1. The bytes do not depend on it.
    ///   - faults: What goes wrong on purpose, in tests.
    init(file: OutputFile, coat: ZstdCoat?, width: Int, faults: SealingFaults) throws(EvidenceError) {
        self.file = file
        self.coat = coat
        compressor = try ZstdCompressor(width: width)
        self.faults = faults
    }

    /// The digest of the archive so far.
    var digest: Digest { hasher.finalize() }

    /// Writes a whole archive.
    ///
    /// - Parameter members: The members in the order of their paths. Their sources must give exactly the bytes that they were measured
    ///   with.
    mutating func write(_ members: [BundleMember]) throws(EvidenceError) {
        let end = UstarReader.endLength(after: Self.length(of: members[...]))
        let isShort = Self.length(of: members[...]) + end <= ZstdCoat.shortArchive
        let lines = members.prefix { !isShort && !BundleLayout.records.utf8.lexicographicallyPrecedes($0.path.utf8) }
        if !lines.isEmpty { try writeFrame(of: .lines, lines, end: 0) }
        try writeFrame(of: isShort ? .all : .exchanges, members.dropFirst(lines.count), end: end)
    }

    private static func length(of members: ArraySlice<BundleMember>) -> Int {
        members.reduce(0) { $0 + $1.archivedLength }
    }

    /// Writes members and the zeros after them, in one frame if there is a coat.
    private mutating func writeFrame(
        of content: ZstdCoat.Content, _ members: ArraySlice<BundleMember>, end: Int
    ) throws(EvidenceError) {
        if let coat { try compressor.begin(content, size: Self.length(of: members) + end, coat: coat) }
        for member in members { try write(member) }
        try write([UInt8](repeating: 0, count: end))
        if coat != nil { try write(compressed: try compressor.end()) }
    }

    private mutating func write(_ member: BundleMember) throws(EvidenceError) {
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

    private mutating func write(_ bytes: [UInt8]) throws(EvidenceError) {
        hasher.update(bytes)
        length += bytes.count
        let bytes = faults.piece(bytes)
        guard coat != nil else { return try file.write(bytes) }
        try write(compressed: try compressor.take(bytes))
    }

    private func write(compressed bytes: [UInt8]) throws(EvidenceError) {
        if !bytes.isEmpty { try file.write(faults.compressed(bytes)) }
    }
}
