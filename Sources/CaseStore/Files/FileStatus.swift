internal import Glibc

/// What the system says of an open file.
package struct FileStatus: Sendable, Hashable {
    /// Whether it is a regular file: no folder, pipe or device.
    package let isRegular: Bool
    /// The length in bytes.
    package let length: Int
    /// The permission bits.
    package let permissions: UInt32

    /// Asks for an open file; nil where the system does not tell, and `errno` says why.
    package init?(descriptor: Int32) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        isRegular = status.st_mode & S_IFMT == S_IFREG
        length = Int(status.st_size)
        permissions = status.st_mode & 0o777
    }
}
