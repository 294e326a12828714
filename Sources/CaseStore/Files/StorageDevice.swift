internal import Glibc

/// The three calls that change a file of evidence, so that tests can make each of them fail.
package protocol StorageDevice: Sendable {
    /// Appends some of `bytes` at `offset` and says how many, or the error number.
    func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32, at offset: Int) -> StorageResult

    /// Waits until the file's data is on stable storage; 0, or the error number.
    func synchronise(_ descriptor: Int32) -> Int32

    /// Cuts the file to `length` bytes; 0, or the error number.
    func truncate(_ descriptor: Int32, to length: Int) -> Int32
}

/// How a write ended.
package enum StorageResult: Sendable, Equatable {
    /// So many bytes were taken, perhaps fewer than were given.
    case wrote(Int)
    /// The error number.
    case failed(Int32)
}

/// The real disk.
package struct Disk: StorageDevice {
    /// The real disk.
    package init() {}

    /// Calls `pwrite`.
    package func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32, at offset: Int) -> StorageResult {
        let count = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
        return count < 0 ? .failed(errno) : .wrote(count)
    }

    /// Calls `fdatasync`.
    package func synchronise(_ descriptor: Int32) -> Int32 { fdatasync(descriptor) == 0 ? 0 : errno }

    /// Calls `ftruncate`.
    package func truncate(_ descriptor: Int32, to length: Int) -> Int32 {
        ftruncate(descriptor, off_t(length)) == 0 ? 0 : errno
    }
}

extension StorageDevice {
    /// Writes all of `bytes` at `offset` and waits for stable storage.
    ///
    /// When this throws, any part of the bytes may be in the file: the caller cuts the file back.
    func commit(_ bytes: [UInt8], to file: Descriptor, at offset: Int) throws(CaseStoreError) {
        var written = 0
        while written < bytes.count {
            switch write(bytes[written...], to: file.number, at: offset + written) {
            case .wrote(let count) where count > 0: written += count
            case .wrote: throw .system("write", file.path, ENOSPC)
            case .failed(let number) where number == EINTR: continue
            case .failed(let number): throw .system("write", file.path, number)
            }
        }
        while true {
            let number = synchronise(file.number)
            if number == 0 { return }
            if number != EINTR { throw .system("synchronise", file.path, number) }
        }
    }

    /// Cuts a file and waits for stable storage.
    func cut(_ file: Descriptor, to length: Int) throws(CaseStoreError) {
        let number = truncate(file.number, to: length)
        guard number == 0 else { throw .system("truncate", file.path, number) }
        let synchronised = synchronise(file.number)
        guard synchronised == 0 else { throw .system("synchronise", file.path, synchronised) }
    }
}
