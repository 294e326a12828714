import CaseStore
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// Rows 17 and 18 of the fault table on the command itself: `whorl collect` asks a server on loopback, and its n-th system call on
/// the evidence is made to fail, or kills it, for n = 1, 2, and so on until nothing is injected any more.
///
/// An endpoint is asked one question at a time, so every request that the server saw but the last of each model follows an
/// acknowledged record: what has to be there is known from outside.
@Suite(
    "Injected faults in a collection", .serialized, .timeLimit(.minutes(15)),
    .enabled(if: InjectedCollection.isAvailable, "needs strace, and leave to trace: Tools/debian-packages --tests"))
struct InjectedCollectionTests {
    private let subject: InjectedCollection

    init() throws { subject = try InjectedCollection() }

    @Test(
        "Killed at any call: what was acknowledged is there, and the next run goes on and says so",
        arguments: [("pwrite64", 4), ("fdatasync", 4), ("openat", 4), ("fsync", 1), ("ftruncate", 1)])
    func killed(call: String, atLeast: Int) async throws {
        var struck = 0
        while let run = try subject.strike(call, "signal=SIGKILL", struck + 1) {
            struck += 1
            let comment: Comment = "\(call) \(struck)"
            #expect(run.wasKilled, comment)
            let before = try await subject.records()
            #expect(try subject.isCovered(before, by: run), comment)
            let holder = subject.lockHolder
            let second = try subject.plain()
            #expect(second.status == 0, "\(call) \(struck): \(second.errors)")
            let after = try await subject.records()
            #expect(after.prefix(before.count) == before[...], comment)
            #expect(try subject.isWhole(after), comment)
            let custody = try await subject.custody()
            #expect(custody.contains(.crashRecovered) == !holder.isEmpty, comment)
            #expect(custody.contains(.resume) == !before.isEmpty, comment)
            #expect(custody.last == .collectEnd, comment)
        }
        #expect(struck >= atLeast, "\(call): the fault struck \(struck) times")
    }

    @Test(
        "An error at any call: no success is claimed, nothing acknowledged is lost, and the next run goes on",
        arguments: [
            ("pwrite64", "error=ENOSPC", 4), ("pwrite64", "error=EIO", 4), ("fdatasync", "error=EIO", 4),
            ("fdatasync", "error=EDQUOT", 4), ("fsync", "error=EIO", 1), ("openat", "error=EMFILE", 4),
        ])
    func failed(call: String, effect: String, atLeast: Int) async throws {
        var struck = 0
        while let run = try subject.strike(call, effect, struck + 1) {
            struck += 1
            let comment: Comment = "\(call) \(effect) \(struck): status \(run.status), \(run.errors)"
            #expect(!run.wasKilled, comment)
            let before = try await subject.records()
            #expect(try subject.isCovered(before, by: run), comment)
            if run.status == 0 {
                // Only what is no evidence may fail unnoticed: the name in the lock.
                #expect(try subject.isWhole(before), comment)
            } else {
                #expect([3, 6].contains(run.status) && run.errors.hasPrefix("whorl: "), comment)
                #expect(!run.errors.contains("lost") || run.errors.contains("Nothing acknowledged is lost"), comment)
            }
        }
        #expect(struck >= atLeast, "\(call) \(effect): the fault struck \(struck) times")
        #expect(try subject.plain().status == 0)
        #expect(try subject.isWhole(try await subject.records()))
    }

    @Test("Interrupted calls are made again", arguments: ["pwrite64", "fdatasync", "openat"])
    func interrupted(call: String) async throws {
        var struck = 0
        while let run = try subject.strike(call, "error=EINTR", struck + 1) {
            struck += 1
            #expect(run.status == 0, "\(call) \(struck): \(run.errors)")
            #expect(try subject.isWhole(try await subject.records()), "\(call) \(struck)")
        }
        #expect(struck >= 4)
    }

    @Test(
        "A limit on the size of files cuts a write short: the disk counts as full, and without it the next run goes on")
    func shortWrite() async throws {
        let run = try subject.limited(kilobytes: 160)
        #expect(run.status == 6 && run.errors.contains("Nothing acknowledged is lost"), "\(run.errors)")
        let before = try await subject.records()
        #expect(before.count >= 1 && before.count < subject.wanted)
        #expect(try subject.isCovered(before, by: run))
        #expect(try subject.plain().status == 0)
        let after = try await subject.records()
        #expect(try subject.isWhole(after) && after.prefix(before.count) == before[...])
    }
}
