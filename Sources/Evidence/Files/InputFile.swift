internal import CaseStore
internal import Glibc

/// A regular file that is read from its start, piece by piece.
final class InputFile {
    private let descriptor: Int32
    let path: String

    init(path: String) throws(EvidenceError) {
        // Without waiting: a pipe is refused below, and its open would never return.
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
        var opened = unsafe open(path, flags)
        while opened < 0, errno == EINTR { opened = unsafe open(path, flags) }
        descriptor = opened
        self.path = path
        guard descriptor >= 0 else { throw .system("open", path) }
        guard try status().isRegular else {
            throw EvidenceError(.inputOutput, "\(path) is not a regular file")
        }
    }

    deinit { close(descriptor) }

    private func status() throws(EvidenceError) -> FileStatus {
        guard let status = FileStatus(descriptor: descriptor) else { throw .system("read the status of", path) }
        return status
    }

    /// The length in bytes.
    func length() throws(EvidenceError) -> Int { try status().length }

    /// The permission bits.
    func permissions() throws(EvidenceError) -> UInt32 { try status().permissions }

    /// The next bytes, fewer than `count` only at the end of the file.
    func read(_ count: Int) throws(EvidenceError) -> [UInt8] {
        var problem = false
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let step = unsafe Glibc.read(descriptor, buffer.baseAddress.map { unsafe $0 + filled }, count - filled)
                if step == 0 { break }
                if step < 0 {
                    if errno == EINTR { continue }
                    problem = true
                    break
                }
                filled += step
            }
        }
        if problem { throw .system("read", path) }
        return bytes
    }

    /// The whole file.
    ///
    /// - Throws: `limit` if it is longer than `limit`.
    func readAll(limit: Int) throws(EvidenceError) -> [UInt8] {
        let bytes = try read(limit + 1)
        guard bytes.count <= limit else { throw EvidenceError(.limit, "\(path) is longer than \(limit) bytes") }
        return bytes
    }
}

extension EvidenceError {
    /// The error of the last system call.
    static func system(_ action: String, _ path: String) -> EvidenceError {
        let number = errno
        let reason = unsafe String(cString: strerror(number))
        return switch number {
        case ENOSPC, EDQUOT: EvidenceError(.diskFull, "could not \(action) \(path): \(reason)")
        case EEXIST: EvidenceError(.exists, "\(path) exists already")
        default: EvidenceError(.inputOutput, "could not \(action) \(path): \(reason)")
        }
    }
}
