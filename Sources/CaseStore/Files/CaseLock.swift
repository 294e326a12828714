internal import Glibc

/// The lock of a case: held by the one process that writes, and let go by its end, however it ends.
///
/// The file names its holder while it is held, so that the next one knows whether the last let go in order.
final class CaseLock: Sendable {
    /// The holder before, where it ended without closing the case: process number and host.
    let abandonedBy: String?
    private let file: Descriptor

    /// Takes the lock without waiting; nil where another process holds it.
    init?(_ folder: CaseFolder) throws(CaseStoreError) {
        file = try Descriptor(path: folder.lockFile, access: .write)
        guard try file.lock() else { return nil }
        let left = try file.read(count: 256, at: 0)
        let printable = left.filter { (0x20...0x7E).contains($0) }
        abandonedBy = left.isEmpty ? nil : String(decoding: printable, as: UTF8.self)
        // Only a courtesy to the next holder: a full disk is reported by the first record.
        _ = Disk().truncate(file.number, to: 0)
        _ = Disk().write(Self.ownName[...], to: file.number, at: 0)
    }

    /// Whether this very process holds the lock, or somebody is just letting it go: then the file is empty already.
    static func isHeldHere(_ folder: CaseFolder) throws(CaseStoreError) -> Bool {
        let holder = try Descriptor(path: folder.lockFile, access: .read).read(count: 256, at: 0)
        return holder.isEmpty || holder == ownName
    }

    private static var ownName: [UInt8] {
        Array("process \(getpid()) on \(HostClock.hostName())".utf8.prefix(256))
    }

    deinit { _ = Disk().truncate(file.number, to: 0) }
}
