internal import Glibc

/// A file that comes into being whole or not at all.
///
/// The bytes go to a new file beside the final one; it is synchronised, then renamed. What is left behind by a failure is
/// removed.
final class OutputFile {
    private let descriptor: Int32
    private let temporary: String
    private let path: String
    private var isFinished = false
    private(set) var count = 0

    /// Opens the temporary file. The final one is replaced only when `finish` is called.
    init(path: String) throws(EvidenceError) {
        self.path = path
        temporary = "\(path).\(getpid()).partial"
        unsafe unlink(temporary)
        descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .system("create", temporary) }
    }

    deinit {
        close(descriptor)
        if !isFinished { unsafe unlink(temporary) }
    }

    /// Where the bytes are until `finish`.
    var temporaryPath: String { temporary }

    func write(_ bytes: [UInt8]) throws(EvidenceError) {
        try Self.write(bytes, to: descriptor, path: path)
        count += bytes.count
    }

    /// Synchronises the bytes without giving the file its name.
    func synchronise() throws(EvidenceError) {
        guard fsync(descriptor) == 0 else { throw .system("synchronise", path) }
    }

    /// Gives the file its name, durably.
    func finish() throws(EvidenceError) {
        try synchronise()
        guard unsafe rename(temporary, path) == 0 else { throw .system("rename", temporary) }
        isFinished = true
        try Self.synchroniseFolder(of: path)
    }

    /// Writes a file that must not exist yet, with these permissions whatever the umask.
    static func create(path: String, bytes: [UInt8], permissions: UInt32) throws(EvidenceError) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("create", path) }
        defer { close(descriptor) }
        do throws(EvidenceError) {
            guard fchmod(descriptor, permissions) == 0 else { throw EvidenceError.system("set the mode of", path) }
            try write(bytes, to: descriptor, path: path)
            guard fsync(descriptor) == 0 else { throw EvidenceError.system("synchronise", path) }
        } catch {
            unsafe unlink(path)
            throw error
        }
        try synchroniseFolder(of: path)
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

    private static func synchroniseFolder(of path: String) throws(EvidenceError) {
        let cut = path.lastIndex(of: "/")
        let folder = cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("open", folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system("synchronise", folder) }
    }
}
