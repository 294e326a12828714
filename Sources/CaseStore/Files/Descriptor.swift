internal import Glibc

/// An open file, closed when the last owner lets go.
final class Descriptor: Sendable {
    let number: Int32
    let path: String

    /// What a file is opened for.
    enum Access: Sendable {
        case read
        /// Reading and writing; made if absent.
        case write
    }

    init(path: String, access: Access) throws(CaseStoreError) {
        let flags = access == .read ? O_RDONLY | O_CLOEXEC : O_RDWR | O_CREAT | O_CLOEXEC
        var descriptor: Int32 = -1
        repeat { descriptor = unsafe open(path, flags, 0o600) } while descriptor < 0 && errno == EINTR
        guard descriptor >= 0 else { throw .system("open", path, errno) }
        self.number = descriptor
        self.path = path
    }

    deinit { _ = close(number) }

    /// The length of the file, in bytes.
    func length() throws(CaseStoreError) -> Int {
        guard let status = FileStatus(descriptor: number) else { throw .system("stat", path, errno) }
        return status.length
    }

    /// Reads up to `count` bytes from `offset`; fewer only at the end of the file.
    func read(count: Int, at offset: Int) throws(CaseStoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe pread(number, buffer.baseAddress?.advanced(by: filled), count - filled, off_t(offset + filled))
            }
            if got < 0 {
                if errno == EINTR { continue }
                throw .system("read", path, errno)
            }
            if got == 0 { break }
            filled += got
        }
        bytes.removeLast(count - filled)
        return bytes
    }

    /// Takes the whole-file lock without waiting; false when another process holds it.
    func lock() throws(CaseStoreError) -> Bool {
        if flock(number, LOCK_EX | LOCK_NB) == 0 { return true }
        if errno == EWOULDBLOCK { return false }
        throw .system("lock", path, errno)
    }
}

extension CaseStoreError {
    /// Describes a failed call of the operating system.
    static func system(_ operation: String, _ path: String, _ number: Int32) -> CaseStoreError {
        let reason = unsafe String(cString: strerror(number))
        switch number {
        case ENOSPC, EDQUOT, EFBIG:
            return CaseStoreError(
                .diskFull,
                "\(operation) \(path): \(reason). Nothing acknowledged is lost: free some space and run again.")
        default:
            return CaseStoreError(.inputOutput, "\(operation) \(path): \(reason)")
        }
    }
}
