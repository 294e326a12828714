internal import ContentAddressing
internal import ForensicTypes
internal import Glibc

/// The records of a bundle on their way through the disk: lines, leaf hashes and segments, written once and read back.
///
/// Every file is hashed as it is written and again as it is read back, before anything is signed: what the disk, or the memory
/// on the way to it, changed is found while the records are still there.
final class StagedRecords {
    private let folder: String
    private let faults: SealingFaults
    private var lines: OutputFile?
    private var lineHasher = SHA256Hasher()
    private var segment: OutputFile?
    private var segmentHasher = SHA256Hasher()
    private var segments = 0
    private var staged: [String] = []
    private var written: [Digest] = []
    private var leaves: OutputFile?
    private var leafHasher = SHA256Hasher()
    /// The tree over the records so far.
    private(set) var heads = TreeHeads()
    private(set) var tally: RecordTally
    private let limits: BundleLimits

    init(beside path: String, limits: BundleLimits, faults: SealingFaults) throws(EvidenceError) {
        self.faults = faults
        self.limits = limits
        tally = RecordTally(limits: limits)
        folder = "\(path).\(String(UInt64.random(in: 0 ... .max), radix: 16)).staging"
        guard unsafe mkdir(folder, 0o700) == 0 else { throw .system("create", folder) }
        do {
            lines = try OutputFile(path: "\(folder)/records.jsonl")
            leaves = try OutputFile(path: "\(folder)/leaves.txt")
        } catch {
            unsafe rmdir(folder)
            throw error
        }
    }

    deinit {
        // Open files remove their temporary names themselves.
        lines = nil
        leaves = nil
        segment = nil
        for path in staged { unsafe unlink(path) }
        unsafe unlink("\(folder)/records.jsonl")
        unsafe unlink("\(folder)/leaves.txt")
        unsafe rmdir(folder)
    }

    /// Takes the next record of the case.
    ///
    /// - Throws: `contents` if its number is not the next, `limit`.
    func add(_ prepared: PreparedRecord) throws(EvidenceError) {
        let number = heads.size
        guard number < limits.records else {
            throw EvidenceError(.limit, "a case of more than \(limits.records) records")
        }
        heads.append(prepared.leafHash)
        var leaf: [UInt8] = []
        leaf.reserveCapacity(65)
        prepared.leafHash.appendHex(to: &leaf)
        leaf.append(UInt8(ascii: "\n"))
        leafHasher.update(leaf)
        try leaves?.write(leaf)
        guard let fields = prepared.fields else { return }
        guard fields.sequence == number else {
            throw EvidenceError(.contents, "record \(fields.sequence) where record \(number) has to stand")
        }
        try tally.add(fields)
        let record = faults.record(prepared.record)
        let line = record.line + [UInt8(ascii: "\n")]
        lineHasher.update(line)
        try lines?.write(line)
        for part in record.parts ?? [] { try write(part) }
    }

    /// The members with the records, once all have been added.
    func members() throws(EvidenceError) -> [BundleMember] {
        try lines?.finish()
        lines = nil
        try leaves?.finish()
        leaves = nil
        try finishSegment()
        var members = [
            try measured(BundleLayout.leaves, staged: "\(folder)/leaves.txt", written: leafHasher.finalize()),
            try measured(BundleLayout.records, staged: "\(folder)/records.jsonl", written: lineHasher.finalize()),
        ]
        for (number, path) in staged.enumerated() {
            members.append(try measured(BundleLayout.segment(number), staged: path, written: written[number]))
        }
        return members
    }

    /// A staged file as it reads from the disk, which must be as it was written.
    private func measured(
        _ path: String, staged file: String, written: Digest
    ) throws(EvidenceError) -> BundleMember {
        faults.afterStaging(file)
        let member = try BundleMember(path: path, staged: file)
        guard member.digest == written else {
            throw EvidenceError(
                .digest,
                "\(path) reads from the disk as something else than was written; nothing was signed. Check the disk "
                    + "and the memory of this machine")
        }
        faults.afterMeasuring(file)
        return member
    }

    private func finishSegment() throws(EvidenceError) {
        guard let open = segment else { return }
        try open.finish()
        segment = nil
        written.append(segmentHasher.finalize())
        segmentHasher = SHA256Hasher()
    }

    private func write(_ part: [UInt8]) throws(EvidenceError) {
        if let open = segment, open.count > 0, open.count + part.count > BundleLayout.maximumSegment {
            try finishSegment()
        }
        if segment == nil {
            let path = "\(folder)/\(segments).seg"
            segments += 1
            segment = try OutputFile(path: path)
            staged.append(path)
        }
        segmentHasher.update(part)
        try segment?.write(part)
    }
}
