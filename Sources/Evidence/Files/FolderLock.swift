internal import Glibc

/// Keeps other processes from changing a file that is read and replaced as a whole: an advisory lock on its folder, until the
/// value goes away or the process ends.
package final class FolderLock {
    private let descriptor: Int32

    /// Waits until nobody else has the lock.
    ///
    /// - Throws: `inputOutput` if the folder cannot be opened or locked.
    package init(folderOf path: String) throws(EvidenceError) {
        let cut = path.lastIndex(of: "/")
        let folder = cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("open", folder) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .system("lock", folder) }
        }
    }

    deinit { close(descriptor) }
}
