internal import Glibc

/// A file that comes into being whole or not at all.
///
/// The bytes go to a new file beside the final one; it is synchronised, then renamed. What is left behind by a failure is
/// removed.
package final class OutputFile {
    private let descriptor: Int32
    private let temporary: String
    private let path: String
    private var isFinished = false
    private(set) var count = 0
    /// Small pieces on their way to the file.
    private var pending: [UInt8] = []
    private static let pendingLimit = 1 << 18

    /// Opens the temporary file. The final one is replaced only when `finish` is called.
    package init(path: String) throws(EvidenceError) {
        self.path = path
        temporary = "\(path).\(getpid()).partial"
        unsafe unlink(temporary)
        descriptor = Self.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .system("create", temporary) }
    }

    deinit {
        close(descriptor)
        if !isFinished { unsafe unlink(temporary) }
    }

    /// Where the bytes are until `finish`.
    var temporaryPath: String { temporary }

    package func write(_ bytes: [UInt8]) throws(EvidenceError) {
        count += bytes.count
        if pending.count + bytes.count > Self.pendingLimit { try flush() }
        guard bytes.count <= Self.pendingLimit else { return try Self.write(bytes, to: descriptor, path: path) }
        pending += bytes
    }

    private func flush() throws(EvidenceError) {
        try Self.write(pending, to: descriptor, path: path)
        pending.removeAll(keepingCapacity: true)
    }

    /// Synchronises the bytes without giving the file its name.
    func synchronise() throws(EvidenceError) {
        try flush()
        try Self.synchronise(descriptor, path: path)
    }

    /// Gives the file its name, durably.
    package func finish() throws(EvidenceError) {
        try synchronise()
        guard unsafe rename(temporary, path) == 0 else { throw .system("rename", temporary) }
        isFinished = true
        try Self.synchroniseFolder(of: path)
    }

    /// Writes a file that must not exist yet, with these permissions whatever the umask.
    ///
    /// It has no name until it is whole, so that a crash leaves nothing; on a file system that cannot do that, it has its name from
    /// the start.
    static func create(path: String, bytes: [UInt8], permissions: UInt32) throws(EvidenceError) {
        let descriptor = open(folder(of: path), Self.unnamed | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return try createNamed(path: path, bytes: bytes, permissions: permissions) }
        defer { close(descriptor) }
        try fill(descriptor, bytes, permissions, path: path)
        guard unsafe linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 else {
            guard errno != EEXIST, errno != EIO, errno != ENOSPC else { throw .system("create", path) }
            return try createNamed(path: path, bytes: bytes, permissions: permissions)
        }
        try synchroniseFolder(of: path)
    }

    private static func createNamed(path: String, bytes: [UInt8], permissions: UInt32) throws(EvidenceError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("create", path) }
        defer { close(descriptor) }
        do throws(EvidenceError) {
            try fill(descriptor, bytes, permissions, path: path)
        } catch {
            unsafe unlink(path)
            throw error
        }
        try synchroniseFolder(of: path)
    }

    private static func fill(
        _ descriptor: Int32, _ bytes: [UInt8], _ permissions: UInt32, path: String
    ) throws(EvidenceError) {
        guard fchmod(descriptor, permissions) == 0 else { throw .system("set the mode of", path) }
        try write(bytes, to: descriptor, path: path)
        try synchronise(descriptor, path: path)
    }

    /// `O_TMPFILE`, which the importer of C does not read: the kernel's own bit, and that of folders.
    private static let unnamed: Int32 = 0o20_000_000 | O_DIRECTORY

    private static func open(_ path: String, _ flags: Int32, _ permissions: mode_t = 0) -> Int32 {
        while true {
            let descriptor = unsafe Glibc.open(path, flags, permissions)
            if descriptor >= 0 || errno != EINTR { return descriptor }
        }
    }

    private static func synchronise(_ descriptor: Int32, path: String) throws(EvidenceError) {
        while fsync(descriptor) != 0 {
            guard errno == EINTR else { throw .system("synchronise", path) }
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(EvidenceError) {
        var done = 0
        while done < bytes.count {
            let step = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done)
            }
            if step < 0 {
                if errno == EINTR { continue }
                throw .system("write", path)
            }
            done += step
        }
    }

    private static func folder(of path: String) -> String {
        let cut = path.lastIndex(of: "/")
        return cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    private static func synchroniseFolder(of path: String) throws(EvidenceError) {
        let folder = folder(of: path)
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("open", folder) }
        defer { close(descriptor) }
        try synchronise(descriptor, path: folder)
    }
}
