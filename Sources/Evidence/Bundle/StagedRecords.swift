internal import ContentAddressing
internal import ForensicTypes
internal import Glibc

/// The records of a bundle on their way through the disk: lines, leaf hashes and segments, written once and read back.
final class StagedRecords {
    private let folder: String
    private var lines: OutputFile?
    private var segment: OutputFile?
    private var segments = 0
    private var staged: [String] = []
    private(set) var leafHashes: [Digest] = []
    private(set) var tally = RecordTally()

    init(beside path: String) throws(EvidenceError) {
        folder = "\(path).\(String(UInt64.random(in: 0 ... .max), radix: 16)).staging"
        guard unsafe mkdir(folder, 0o700) == 0 else { throw .system("create", folder) }
        do {
            lines = try OutputFile(path: "\(folder)/records.jsonl")
        } catch {
            unsafe rmdir(folder)
            throw error
        }
    }

    deinit {
        // Open files remove their temporary names themselves.
        lines = nil
        segment = nil
        for path in staged { unsafe unlink(path) }
        unsafe unlink("\(folder)/records.jsonl")
        unsafe rmdir(folder)
    }

    /// Takes the next record of the case.
    ///
    /// - Throws: `contents` if its number is not the next, or a part does not fit its commitment.
    func add(_ record: BundleRecord) throws(EvidenceError) {
        let number = leafHashes.count
        guard number < BundleLayout.maximumRecords else {
            throw EvidenceError(.limit, "a case of more than \(BundleLayout.maximumRecords) records")
        }
        leafHashes.append(MerkleTree.leafHash(record.line))
        guard let parts = record.parts else { return }
        let fields = try RecordFields(line: record.line)
        guard fields.sequence == number else {
            throw EvidenceError(.contents, "record \(fields.sequence) where record \(number) has to stand")
        }
        guard fields.parts.count == parts.count,
            zip(fields.parts, parts).allSatisfy({
                $0.length == $1.count && $0.commitment == SHA256Digest.of($1)
            })
        else { throw EvidenceError(.digest, "the parts of record \(number) do not fit their commitments") }
        try tally.add(fields)
        try lines?.write(record.line + [UInt8(ascii: "\n")])
        for part in parts { try write(part) }
    }

    /// The members with the records, once all have been added.
    func members() throws(EvidenceError) -> [BundleMember] {
        try lines?.finish()
        lines = nil
        try segment?.finish()
        segment = nil
        var leaves: [UInt8] = []
        leaves.reserveCapacity(leafHashes.count * 65)
        for hash in leafHashes {
            leaves += hash.hex.utf8
            leaves.append(UInt8(ascii: "\n"))
        }
        var members = [
            BundleMember(path: BundleLayout.leaves, bytes: leaves),
            try BundleMember(path: BundleLayout.records, staged: "\(folder)/records.jsonl"),
        ]
        for (number, path) in staged.enumerated() {
            members.append(try BundleMember(path: BundleLayout.segment(number), staged: path))
        }
        return members
    }

    private func write(_ part: [UInt8]) throws(EvidenceError) {
        if let open = segment, open.count > 0, open.count + part.count > BundleLayout.maximumSegment {
            try open.finish()
            segment = nil
        }
        if segment == nil {
            let path = "\(folder)/\(segments).seg"
            segments += 1
            segment = try OutputFile(path: path)
            staged.append(path)
        }
        try segment?.write(part)
    }
}
