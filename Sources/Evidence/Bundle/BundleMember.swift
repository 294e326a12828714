internal import ContentAddressing
internal import ForensicTypes

/// A file of a bundle before it is written: its path, its measure, and where its bytes come from.
struct BundleMember {
    private enum Source {
        case bytes([UInt8])
        case file(String)
    }

    /// Yields the bytes piece by piece.
    struct Pieces {
        fileprivate var bytes: [UInt8]?
        fileprivate let file: InputFile?

        mutating func next() throws(EvidenceError) -> [UInt8]? {
            if let file {
                let piece = try file.read(1 << 20)
                return piece.isEmpty ? nil : piece
            }
            defer { bytes = nil }
            return bytes
        }
    }

    let path: String
    let size: Int
    let digest: Digest
    private let source: Source

    /// A file held in memory.
    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.size = bytes.count
        self.digest = SHA256Digest.of(bytes)
        self.source = .bytes(bytes)
    }

    /// A staged file, measured by reading it back from the disk.
    init(path: String, staged: String) throws(EvidenceError) {
        self.path = path
        self.source = .file(staged)
        var hasher = SHA256Hasher()
        var size = 0
        let file = try InputFile(path: staged)
        while true {
            let piece = try file.read(1 << 20)
            if piece.isEmpty { break }
            hasher.update(piece)
            size += piece.count
        }
        self.size = size
        self.digest = hasher.finalize()
    }

    /// How many bytes it takes in an archive: header, bytes and padding.
    var archivedLength: Int {
        UstarHeader.blockLength + size + UstarHeader(path: path, size: size).padding
    }

    func open() throws(EvidenceError) -> Pieces {
        switch source {
        case .bytes(let bytes): Pieces(bytes: bytes, file: nil)
        case .file(let path): Pieces(bytes: nil, file: try InputFile(path: path))
        }
    }
}
