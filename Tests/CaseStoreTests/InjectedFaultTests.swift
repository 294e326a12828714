import CaseStore
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// Rows 17 and 18 of the fault table: a real process writes to a case, and its n-th system call on a file of the case is
/// made to fail, or kills it, for n = 1, 2, and so on until nothing is injected any more.
@Suite(
    "Injected faults", .serialized, .timeLimit(.minutes(10)),
    .enabled(if: InjectedRun.isAvailable, "needs strace, and leave to trace: Tools/debian-packages --tests"))
struct InjectedFaultTests {
    let folder: TemporaryFolder
    var base: String { folder.file("base") }

    init() throws { folder = try TemporaryFolder() }

    private static let calls = ["pwrite64", "fdatasync", "fsync", "openat", "rename", "ftruncate", "mkdir", "unlink"]

    /// A closed case of two records.
    private func makeBase() throws {
        #expect(try InjectedRun.plain(["create", base]).status == 0)
        let run = try InjectedRun.plain(["append", base, "0", "2"])
        #expect(run.status == 0 && run.acknowledged == 2 && run.isDone)
    }

    /// Runs the writer on a copy with one fault, then checks the case; false where the fault did not strike.
    private func strike(_ call: String, _ effect: String, _ number: Int) async throws -> Bool {
        let path = folder.file("case")
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.copyItem(atPath: base, toPath: path)
        let run = try InjectedRun(["append", path, "2", "3"], case: path, call: call, effect: effect, number: number)
        let comment: Comment = "\(call) \(effect) \(number)"
        if effect.hasPrefix("error"), run.wasInjected { #expect(run.isDone == (run.status == 0), comment) }
        let store = try await SampleRecords.open(path)
        let found = try await SampleRecords.all(store)
        #expect(found.count >= 2 + run.acknowledged, comment)
        #expect(found.map(\.transcript.request) == (0..<found.count).map { Array("request \($0)".utf8) }, comment)
        #expect(try await store.attempts().map(\.sequence) == Array(0..<found.count), comment)
        if run.isDone { #expect(found.count == 5, comment) }
        // A record never names a certificate that is not there: here each has one, kept before it.
        #expect(try store.certificates().count >= found.count, comment)
        if run.wasKilled {
            let actions = await store.custody.entries.map(\.action)
            // Killed before it took the lock, or after it let go of it, there is nothing to recover.
            if found.count > 2 && !run.isDone { #expect(actions.contains(.crashRecovered), comment) }
        }
        #expect(try await store.append(SampleRecords.transcript(found.count)) == found.count, comment)
        return run.wasInjected
    }

    @Test("Killed at any call: what was acknowledged is there, and the next writer goes on", arguments: calls)
    func killed(call: String) async throws {
        try makeBase()
        var struck = 0
        while try await strike(call, "signal=SIGKILL", struck + 1) { struck += 1 }
        if ["pwrite64", "fdatasync", "openat"].contains(call) { #expect(struck >= 5, "\(call)") }
    }

    @Test(
        "An error at any call: the record is there or the failure is told, never neither",
        arguments: [
            ("pwrite64", "error=ENOSPC"), ("pwrite64", "error=EDQUOT"), ("pwrite64", "error=EINTR"),
            ("pwrite64", "error=EIO"), ("fdatasync", "error=EIO"), ("fdatasync", "error=ENOSPC"),
            ("fsync", "error=EIO"), ("openat", "error=EMFILE"), ("openat", "error=EINTR"), ("rename", "error=EIO"),
            ("ftruncate", "error=EIO"), ("mkdir", "error=ENOSPC"),
        ])
    func failed(call: String, effect: String) async throws {
        try makeBase()
        var struck = 0
        while try await strike(call, effect, struck + 1) { struck += 1 }
        if ["pwrite64", "fdatasync", "openat"].contains(call) { #expect(struck >= 5, "\(call) \(effect)") }
    }

    @Test("A limit on the size of files: a clear failure, every acknowledged record there")
    func fileSizeLimit() async throws {
        try makeBase()
        let path = folder.file("case")
        try FileManager.default.copyItem(atPath: base, toPath: path)
        let run = try InjectedRun.limited(["append", path, "2", "200"], kilobytes: 64)
        #expect(run.acknowledged > 5 && run.acknowledged < 200)
        #expect(run.status == 1 && run.failure == "disk_full")
        let store = try await SampleRecords.open(path)
        #expect(await store.recordCount == 2 + run.acknowledged)
        #expect(try await store.append(SampleRecords.transcript(9)) == 2 + run.acknowledged)
    }

    @Test("A second writer is refused while the first lives, and takes over, with an entry, when it was killed")
    func abandonedLock() async throws {
        try makeBase()
        let lock = base + "/lock"
        #expect(try TemporaryFolder.bytes(lock).isEmpty, "an orderly end leaves no name in the lock")
        do {
            let store = try await SampleRecords.open(base)
            #expect(try InjectedRun.plain(["append", base, "2", "1"]).status == 2)
            _ = try await store.append(SampleRecords.transcript(2))
        }
        // Waits until the store above has let go.
        do { _ = try await SampleRecords.open(base) }
        try TemporaryFolder.write(Array("process 4242 on lab".utf8), to: lock)
        let store = try await SampleRecords.open(base)
        let last = try #require(await store.custody.entries.last)
        #expect(last.action == .crashRecovered)
        #expect(last.why.contains("process 4242 on lab"))
    }
}
