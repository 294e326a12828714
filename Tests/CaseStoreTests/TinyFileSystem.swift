import Foundation

/// A tmpfs of 1 MB, unmounted at the end.
final class TinyFileSystem {
    let path: String

    static var isAvailable: Bool {
        let probe = NSTemporaryDirectory() + "/whorl-mount-\(UUID().uuidString)"
        guard (try? TinyFileSystem(at: probe)) != nil else { return false }
        try? FileManager.default.removeItem(atPath: probe)
        return true
    }

    private struct MountError: Error {}

    init(at path: String) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard Self.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path]) else { throw MountError() }
    }

    deinit { _ = Self.run(["umount", path]) }

    private static func run(_ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
