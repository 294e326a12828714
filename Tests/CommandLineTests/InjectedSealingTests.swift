import Foundation
import TestSupport
import Testing

/// Rows 17 and 18 of the fault table on what is sealed: the n-th system call of `whorl plan seal`, `archive`, `disclose`, `handover`,
/// `timestamp` and `key new` is made to fail, or kills it, for n = 1, 2, and so on until nothing is injected any more; and files may not
/// grow beyond a size, for one size after the other.
///
/// Whatever happens: a file that has its name is whole, success is claimed only where it is there, and the verb can be run again.
@Suite(
    "Injected faults in sealing", .serialized, .timeLimit(.minutes(20)),
    .enabled(if: InjectedSealing.isAvailable, "needs strace, and leave to trace: Tools/debian-packages --tests"))
struct InjectedSealingTests {
    /// A fault, and how often it has to strike at least: calls are counted by thread, and which thread makes one is not fixed.
    struct Fault: Sendable, CustomTestStringConvertible {
        let call: String
        let effect: String
        let atLeast: Int

        var testDescription: String { "\(call) \(effect)" }

        init(_ call: String, _ effect: String, _ atLeast: Int) {
            self.call = call
            self.effect = effect
            self.atLeast = atLeast
        }

        static let kill = "signal=SIGKILL"
    }

    private let subject: InjectedSealing

    init() throws { subject = try InjectedSealing() }

    /// Strikes at every call, and looks at what is left after each.
    private func strikeAll(
        _ arguments: [String], _ fault: Fault, check: (InjectedSealing.Run, Comment) throws -> Void
    ) throws {
        var struck = 0
        while let run = try subject.strike(arguments, fault.call, fault.effect, struck + 1) {
            struck += 1
            let comment: Comment = "\(fault.call) \(fault.effect) \(struck): status \(run.status), \(run.errors)"
            #expect(run.wasKilled == (fault.effect == Fault.kill), comment)
            if fault.effect == "error=EINTR" { #expect(run.status == 0, comment) }
            try check(run, comment)
        }
        #expect(struck >= fault.atLeast, "\(fault.call) \(fault.effect): the fault struck \(struck) times")
    }

    @Test(
        "Sealing: the bundle gets its name whole or not at all, and another run seals",
        arguments: [
            Fault("write", Fault.kill, 2), .init("fsync", Fault.kill, 2), .init("rename", Fault.kill, 2),
            .init("pwrite64", Fault.kill, 2), .init("fdatasync", Fault.kill, 1), .init("mkdir", Fault.kill, 1),
            .init("unlink", Fault.kill, 1), .init("write", "error=ENOSPC", 2), .init("write", "error=EDQUOT", 2),
            .init("write", "error=EIO", 2), .init("write", "error=EINTR", 2), .init("fsync", "error=EIO", 2),
            .init("fsync", "error=EINTR", 2), .init("rename", "error=EIO", 2), .init("rename", "error=ENOSPC", 2),
            .init("mkdir", "error=EDQUOT", 1), .init("pwrite64", "error=ENOSPC", 2), .init("openat", "error=EMFILE", 8),
        ])
    func archive(fault: Fault) throws {
        func seal(_ name: String) -> [String] {
            [
                "archive", subject.path("case"), "--suspect", "suspect", "--key", subject.path("key.pem"), "--fast",
                "--out", subject.path(name),
            ]
        }
        try strikeAll(seal("new.tar.zst"), fault) { run, comment in
            let isThere = subject.exists("new.tar.zst")
            if isThere { #expect(try subject.verify("new.tar.zst").status == 0, comment) }
            if run.status == 0, !run.wasKilled { #expect(isThere && subject.exists("new.tar.sha256"), comment) }
            let added = try subject.added
            if !run.wasKilled { #expect(added.isSubset(of: ["new.tar.zst", "new.tar.sha256"]), comment) }
            guard run.wasKilled else { return }
            let again = try subject.plain(seal("again.tar.zst"))
            #expect(again.status == 0, "\(fault.call) \(fault.effect): \(again.errors)")
            #expect(try subject.verify("again.tar.zst").status == 0, comment)
        }
    }

    @Test(
        "Sealing a plan: the case has a whole plan or none, and another run seals one",
        arguments: [
            Fault("write", Fault.kill, 4), .init("fsync", Fault.kill, 4), .init("rename", Fault.kill, 4),
            .init("mkdir", Fault.kill, 1), .init("write", "error=ENOSPC", 4), .init("write", "error=EDQUOT", 4),
            .init("fsync", "error=EIO", 4), .init("rename", "error=EIO", 4), .init("openat", "error=EMFILE", 4),
        ])
    func planSeal(fault: Fault) throws {
        try strikeAll(subject.planSeal("unplanned"), fault) { run, comment in try checkPlan(run, comment) }
    }

    @Test(
        "A plan that was registered before its sealing was killed is finished by another run, not left as one never reported"
    )
    func registeredPlan() throws {
        let register = subject.path("plans.jsonl")
        let seal = subject.planSeal("unplanned") + ["--register", register]
        var finished = 0
        var number = 1
        while try subject.strike(seal, "rename", Fault.kill, number) != nil {
            let isRegistered = subject.exists("plans.jsonl") && !subject.exists("unplanned/plan.json")
            let again = try subject.plain(seal)
            #expect(subject.exists("unplanned/plan.json"), "rename \(number): \(again.errors)")
            let lines = try String(contentsOfFile: register, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 1, "rename \(number): \(lines)")
            #expect(!subject.exists("unplanned/plan.draft.json"))
            if isRegistered { finished += 1 }
            number += 1
        }
        #expect(finished > 0)
    }

    /// Whether a case has a whole plan or none, and what has to follow from that.
    private func checkPlan(_ run: InjectedSealing.Run, _ comment: Comment) throws {
        let isSealed = subject.exists("unplanned/plan.json")
        if run.status == 0, !run.wasKilled { #expect(isSealed, comment) }
        let again = try subject.plain(subject.planSeal("unplanned"))
        #expect((again.status == 0) == !isSealed, "\(comment): \(again.errors)")
        let log = try String(contentsOfFile: subject.path("unplanned/custody.jsonl"), encoding: .utf8)
        #expect(log.contains("\"plan_sealed\""), comment)
        // Nobody answers: what is asked is recorded, under the plan.
        let collected = try subject.plain(["collect", subject.path("unplanned")])
        #expect(collected.status == 4, "\(comment): \(collected.errors)")
    }

    @Test("Short writes: what has its name is whole, and without the limit it comes into being")
    func shortWrites() throws {
        var refused = 0
        for kilobytes in [0, 1, 2, 4, 8, 16, 32, 64, 128] {
            let comment: Comment = "\(kilobytes) KiB"
            let seal = [
                "archive", subject.path("case"), "--suspect", "suspect", "--key", subject.path("key.pem"), "--out",
                subject.path("new.tar.zst"),
            ]
            let run = try subject.limited(seal, kilobytes: kilobytes)
            if subject.exists("new.tar.zst") { #expect(try subject.verify("new.tar.zst").status == 0, comment) }
            if run.status == 0 {
                #expect(subject.exists("new.tar.zst") && subject.exists("new.tar.sha256"), comment)
            } else {
                refused += 1
                // What the run says goes into a file too.
                #expect(!run.errors.isEmpty || kilobytes == 0, comment)
                #expect(try subject.added.isSubset(of: ["new.tar.zst", "new.tar.sha256"]), comment)
            }
            try checkPlan(try subject.limited(subject.planSeal("unplanned"), kilobytes: kilobytes), comment)
            let disclose = [
                "disclose", subject.path("acme.tar.zst"), "--record", "0", "--key", subject.path("key.pem.pub"),
                "--out",
                subject.path("record.json"),
            ]
            let disclosed = try subject.limited(disclose, kilobytes: kilobytes)
            #expect((disclosed.status == 0) == subject.exists("record.json"), comment)
            #expect(try subject.added.isEmpty == (disclosed.status != 0), comment)
            let newKey = try subject.limited(["key", "new", subject.path("n.pem")], kilobytes: kilobytes)
            #expect(try subject.added == (newKey.status == 0 ? ["n.pem", "n.pem.pub"] : []), comment)
        }
        #expect((3...7).contains(refused), "\(refused) sizes were too small")
    }

    @Test(
        "Disclosing: the file is whole or not there",
        arguments: [
            Fault("write", Fault.kill, 1), .init("fsync", Fault.kill, 1), .init("rename", Fault.kill, 1),
            .init("write", "error=ENOSPC", 1), .init("write", "error=EDQUOT", 1), .init("fsync", "error=EIO", 1),
            .init("rename", "error=EIO", 1), .init("openat", "error=EMFILE", 3),
        ])
    func disclose(fault: Fault) throws {
        let key = subject.path("key.pem.pub")
        func disclose(_ name: String) -> [String] {
            ["disclose", subject.path("acme.tar.zst"), "--record", "0", "--key", key, "--out", subject.path(name)]
        }
        try strikeAll(disclose("record.json"), fault) { run, comment in
            let check = ["disclose", "--check", subject.path("record.json"), "--key", key]
            if subject.exists("record.json") { #expect(try subject.plain(check).status == 0, comment) }
            if run.status == 0, !run.wasKilled { #expect(subject.exists("record.json"), comment) }
            let added = try subject.added
            if !run.wasKilled { #expect(added.isSubset(of: ["record.json"]), comment) }
            #expect(try subject.plain(disclose("again.json")).status == 0, comment)
        }
    }

    private var handover: [String] {
        ["handover", subject.path("acme.tar.zst"), "--signer", subject.path("key.pem.pub"), "--key"]
    }

    private var give: [String] {
        handover + [
            subject.path("key.pem"), "--as", "A", "--to", "B", "--to-key", subject.path("b.pem.pub"), "--why", "test",
        ]
    }

    @Test(
        "Handing over: the chain is never broken, and goes on",
        arguments: [
            Fault("write", Fault.kill, 1), .init("fsync", Fault.kill, 2), .init("linkat", Fault.kill, 1),
            .init("mkdir", Fault.kill, 1), .init("write", "error=ENOSPC", 1), .init("write", "error=EINTR", 1),
            .init("fsync", "error=EIO", 2), .init("linkat", "error=EIO", 1), .init("linkat", "error=EOPNOTSUPP", 1),
            .init("openat", "error=EMFILE", 4),
        ])
    func handover(fault: Fault) throws {
        try strikeAll(give, fault) { run, comment in
            #expect(try subject.verify("acme.tar.zst").status == 0, comment)
            let statement = "after/acme/0001.giver.dsse.json"
            if run.status == 0, !run.wasKilled { #expect(subject.exists(statement), comment) }
            if !subject.exists(statement) { #expect(try subject.plain(give).status == 0, comment) }
            let received = try subject.plain(handover + [subject.path("b.pem"), "--receive"])
            #expect(received.status == 0, "\(fault.call) \(fault.effect): \(received.errors)")
            #expect(try subject.verify("acme.tar.zst").status == 0, comment)
        }
    }

    @Test(
        "Stamping: after another run the bundle has a whole renewal",
        .enabled(if: Authority.isAvailable, "openssl is missing"),
        arguments: [
            Fault("write", Fault.kill, 2), .init("fsync", Fault.kill, 4), .init("linkat", Fault.kill, 2),
            .init("mkdir", Fault.kill, 1), .init("fsync", "error=EIO", 4), .init("linkat", "error=EIO", 2),
            .init("openat", "error=EMFILE", 4),
        ])
    func timestamp(fault: Fault) throws {
        let scratch = try ScratchFolder()
        let authority = try Authority(scratch.path("one"))
        let stamp = [
            "timestamp", subject.path("acme.tar.zst"), "--url", authority.url, "--tsa-root", authority.root,
        ]
        try strikeAll(stamp, fault) { run, comment in
            let pinned = ["--tsa-root", authority.root]
            let before = try subject.verify("acme.tar.zst", pinned[0], pinned[1])
            #expect([0, 32].contains(before.status), comment)
            if run.status == 0, !run.wasKilled { #expect(before.status == 0, comment) }
            let again = try subject.plain(stamp)
            #expect(again.status == 0, "\(fault.call) \(fault.effect): \(again.errors)")
            let after = try subject.verify("acme.tar.zst", pinned[0], pinned[1])
            #expect(after.status == 0, "\(fault.call) \(fault.effect): \(after.output)")
            #expect(after.output.contains("renewal"), comment)
        }
    }

    @Test(
        "Short writes after sealing: what lies beside the bundle is whole, and without the limit it comes into being",
        .enabled(if: Authority.isAvailable, "openssl is missing"))
    func shortWritesLater() throws {
        let scratch = try ScratchFolder()
        let authority = try Authority(scratch.path("one"))
        let stamp = [
            "timestamp", subject.path("acme.tar.zst"), "--url", authority.url, "--tsa-root", authority.root,
        ]
        var refused = (given: 0, stamped: 0)
        for kilobytes in [0, 1, 2, 4, 8] {
            let comment: Comment = "\(kilobytes) KiB"
            let given = try subject.limited(give, kilobytes: kilobytes)
            let isGiven = subject.exists("after/acme/0001.giver.dsse.json")
            #expect((given.status == 0) == isGiven, "\(comment): \(given.errors)")
            #expect(try subject.verify("acme.tar.zst").status == 0, comment)
            if !isGiven { #expect(try subject.plain(give).status == 0, comment) }
            let stamped = try subject.limited(stamp, kilobytes: kilobytes)
            let before = try subject.verify("acme.tar.zst", "--tsa-root", authority.root)
            #expect(stamped.status == 0 ? before.status == 0 : [0, 32].contains(before.status), comment)
            #expect(try subject.plain(stamp).status == 0, comment)
            #expect(try subject.verify("acme.tar.zst", "--tsa-root", authority.root).status == 0, comment)
            refused.given += isGiven ? 0 : 1
            refused.stamped += stamped.status == 0 ? 0 : 1
        }
        #expect((1...4).contains(refused.given) && (1...4).contains(refused.stamped), "\(refused)")
    }

    @Test(
        "A new key is whole or not there",
        arguments: [
            Fault("write", Fault.kill, 2), .init("fsync", Fault.kill, 4), .init("linkat", Fault.kill, 2),
            .init("write", "error=ENOSPC", 2), .init("fsync", "error=EIO", 4),
            .init("openat", "error=EMFILE", 2),
        ])
    func newKey(fault: Fault) throws {
        try strikeAll(["key", "new", subject.path("n.pem")], fault) { run, comment in
            let names: Set = ["n.pem", "n.pem.pub"]
            let added = try subject.added
            #expect(added.isSubset(of: names), comment)
            if run.status == 0, !run.wasKilled { #expect(added == names, comment) }
            guard subject.exists("n.pem") else { return }
            let text = try String(contentsOfFile: subject.path("n.pem"), encoding: .utf8)
            #expect(text.hasSuffix("-----END PRIVATE KEY-----\n"), comment)
        }
    }
}
