internal import ContentAddressing
internal import ForensicTypes
internal import Glibc

/// The names of the files of a case.
struct CaseFolder: Sendable {
    let path: String

    var descriptionFile: String { path + "/case.json" }
    var lockFile: String { path + "/lock" }
    var custodyFile: String { path + "/custody.jsonl" }
    var indexFile: String { path + "/index.sqlite" }
    var spool: String { path + "/spool" }
    var certificates: String { path + "/tls" }

    func certificate(_ digest: Digest) -> String { certificates + "/" + digest.hex + ".der" }

    func segment(_ ordinal: Int) -> String {
        let digits = String(ordinal)
        return spool + "/" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".spool"
    }

    /// The chain value before the first segment: the SHA-256 of `case.json`, which binds the spool to its case.
    func origin() throws(CaseStoreError) -> Digest {
        SHA256Digest.of(try Descriptor(path: descriptionFile, access: .read).read(count: 65_536, at: 0))
    }

    /// The ordinals of the spool segments in the folder, ascending.
    func segments() throws(CaseStoreError) -> [Int] {
        let names = try Self.names(in: spool)
        return names.compactMap { name in
            guard name.hasSuffix(".spool") else { return nil }
            return Int(name.dropLast(6))
        }.sorted()
    }

    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    static func make(_ path: String) throws(CaseStoreError) {
        guard unsafe mkdir(path, 0o700) == 0 else { throw .system("make the folder", path, errno) }
    }

    static func rename(_ path: String, to other: String) throws(CaseStoreError) {
        guard unsafe Glibc.rename(path, other) == 0 else { throw .system("rename", path, errno) }
    }

    static func remove(_ path: String) { _ = unsafe unlink(path) }

    static func names(in path: String) throws(CaseStoreError) -> [String] {
        var opened = unsafe opendir(path)
        while unsafe opened == nil, errno == EINTR { unsafe opened = opendir(path) }
        guard let folder = unsafe opened else { throw .system("list", path, errno) }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Makes the names in a folder durable.
    static func synchronise(_ path: String) throws(CaseStoreError) {
        let folder = try Descriptor(path: path, access: .read)
        guard fsync(folder.number) == 0 else { throw .system("synchronise", path, errno) }
    }
}

/// The clocks that records are stamped with.
package enum HostClock {
    /// Nanoseconds since 1970 by the wall clock.
    package static func wall() -> Int64 { nanoseconds(CLOCK_REALTIME) }

    /// Nanoseconds by the monotonic clock.
    package static func monotonic() -> Int64 { nanoseconds(CLOCK_MONOTONIC) }

    /// The name of this host.
    package static func hostName() -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        guard unsafe clock_gettime(clock, &time) == 0 else { return 0 }
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
