internal import ContentAddressing
internal import ForensicTypes

/// One verified frame and where it lies.
struct SpoolFrame: Sendable {
    let segment: Int
    let offset: Int
    let length: Int
    let sequence: Int
    let body: [UInt8]
    /// The chain value after it.
    let head: Digest
}

/// Where a spool stops following from itself.
struct SpoolDamage: Error, Equatable {
    let reason: String
    /// Nothing readable can follow: the segment ends inside this frame, as after a crash.
    let isTorn: Bool
}

/// Walks the frames of a spool, verifying the chain, one frame in memory at a time.
struct SpoolScanner: Sendable {
    let folder: CaseFolder
    /// The end of what has been verified.
    private(set) var position: SpoolPosition
    private let ordinals: [Int]
    private var file: Descriptor?
    private var fileLength = 0

    /// Starts at the first segment.
    init(folder: CaseFolder) throws(CaseStoreError) {
        self.folder = folder
        ordinals = try folder.segments()
        position = SpoolPosition(segment: 0, offset: 0, sequence: 0, head: try folder.origin())
    }

    /// Goes on after what was verified earlier.
    init(folder: CaseFolder, after position: SpoolPosition) throws(CaseStoreError) {
        self.folder = folder
        ordinals = try folder.segments()
        self.position = position
        guard position.offset > 0 else {
            if position.segment == 0 { self.position.head = try folder.origin() }
            return
        }
        let opened = try Descriptor(path: folder.segment(position.segment), access: .read)
        fileLength = try opened.length()
        file = opened
    }

    /// The next frame, nil at the end.
    mutating func next() throws -> SpoolFrame? {
        while true {
            if file == nil {
                guard try openSegment() else { return nil }
            }
            if position.offset < fileLength { return try readFrame() }
            guard ordinals.contains(position.segment + 1) else {
                if let last = ordinals.last, last > position.segment {
                    throw SpoolDamage(reason: "segment \(position.segment + 1) is missing", isTorn: false)
                }
                return nil
            }
            file = nil
            position.segment += 1
            position.offset = 0
        }
    }

    private mutating func openSegment() throws -> Bool {
        guard ordinals.contains(position.segment) else {
            if ordinals.isEmpty { return false }
            throw SpoolDamage(reason: "segment \(position.segment) is missing", isTorn: false)
        }
        let opened = try Descriptor(path: folder.segment(position.segment), access: .read)
        fileLength = try opened.length()
        let isLast = ordinals.last == position.segment
        if fileLength == 0 && isLast { return false }
        guard fileLength >= SpoolFormat.headerLength else {
            throw SpoolDamage(reason: "segment \(position.segment) ends inside its header", isTorn: isLast)
        }
        let header = try opened.read(count: SpoolFormat.headerLength, at: 0)
        // Spools of older builds begin at zeros, whatever their case.
        let previous = position.segment == 0 ? [position.head, SpoolFormat.origin] : [position.head]
        let follows = previous.contains {
            header
                == SpoolFormat.header(
                    ordinal: position.segment, firstSequence: position.sequence, previous: $0)
        }
        guard follows else {
            throw SpoolDamage(
                reason: position.segment == 0
                    ? "the spool is of another case, or its header was changed"
                    : "the header of segment \(position.segment) does not follow from what is before it",
                isTorn: false)
        }
        position.offset = SpoolFormat.headerLength
        position.head = SpoolFormat.head(afterHeader: header)
        file = opened
        return true
    }

    private mutating func readFrame() throws -> SpoolFrame {
        guard let file else { throw SpoolDamage(reason: "no segment is open", isTorn: false) }
        let isLast = ordinals.last == position.segment
        let left = fileLength - position.offset
        let prefix = try file.read(count: min(4, left), at: position.offset)
        guard prefix.count == 4 else {
            throw SpoolDamage(reason: "the segment ends inside a frame's length", isTorn: isLast)
        }
        let length = SpoolFormat.length(of: prefix[...])
        guard length <= SpoolFormat.bodyLimit else {
            throw SpoolDamage(reason: "a frame claims \(length) bytes", isTorn: false)
        }
        guard left >= length + SpoolFormat.frameOverhead else {
            throw SpoolDamage(reason: "the segment ends inside a frame", isTorn: isLast)
        }
        let rest = try file.read(count: length + 32, at: position.offset + 4)
        let body = Array(rest.prefix(length))
        let head = SpoolFormat.head(after: position.head, length: prefix[...], body: body[...])
        guard rest.suffix(32).elementsEqual(head.bytes) else {
            throw SpoolDamage(reason: "a frame does not match the chain", isTorn: false)
        }
        let frame = SpoolFrame(
            segment: position.segment, offset: position.offset, length: length, sequence: position.sequence, body: body,
            head: head)
        position.offset += length + SpoolFormat.frameOverhead
        position.sequence += 1
        position.head = head
        return frame
    }
}

extension CaseStoreError {
    /// Puts any error of a scan into this module's terms.
    static func scanning(_ error: any Error, at position: SpoolPosition) -> CaseStoreError {
        switch error {
        case let error as CaseStoreError: error
        case let damage as SpoolDamage:
            CaseStoreError(
                .damagedSpool,
                "\(damage.reason), at record \(position.sequence), segment \(position.segment), "
                    + "byte \(position.offset). The records before it are intact.")
        default: CaseStoreError(.inputOutput, "the spool could not be read")
        }
    }
}
