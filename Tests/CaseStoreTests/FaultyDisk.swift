import CaseStore
import Glibc
import Synchronization

/// A disk that does its work until the n-th call, and then fails in one way.
final class FaultyDisk: StorageDevice {
    enum Fault: Sendable, CaseIterable {
        /// The call takes half of the bytes, then the disk is full.
        case halfThenFull
        /// The disk is full from this call on.
        case full
        /// Synchronising fails from this call on.
        case failedSynchronise
        /// One call is interrupted; nothing is wrong.
        case interrupted
        /// One call takes a single byte; nothing is wrong.
        case short
    }

    private let disk = Disk()
    private let calls = Mutex(0)
    private let fault: Fault
    private let first: Int

    init(_ fault: Fault, from first: Int) {
        self.fault = fault
        self.first = first
    }

    /// Whether the fault has struck.
    var hasStruck: Bool { calls.withLock { $0 > first } }

    private func number() -> Int {
        calls.withLock { count in
            defer { count += 1 }
            return count
        }
    }

    func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32, at offset: Int) -> StorageResult {
        let call = number()
        switch fault {
        case .halfThenFull where call == first && bytes.count > 1:
            return disk.write(bytes.prefix(bytes.count / 2), to: descriptor, at: offset)
        case .halfThenFull where call >= first, .full where call >= first: return .failed(ENOSPC)
        case .interrupted where call == first: return .failed(EINTR)
        case .short where call == first: return disk.write(bytes.prefix(1), to: descriptor, at: offset)
        default: return disk.write(bytes, to: descriptor, at: offset)
        }
    }

    func synchronise(_ descriptor: Int32) -> Int32 {
        let call = number()
        if fault == .failedSynchronise && call >= first { return EIO }
        if fault == .interrupted && call == first { return EINTR }
        return disk.synchronise(descriptor)
    }

    func truncate(_ descriptor: Int32, to length: Int) -> Int32 { disk.truncate(descriptor, to: length) }
}
