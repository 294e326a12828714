import Foundation
import TestSupport
import Testing

/// A case with a sealed bundle, and runs of verbs on copies of them, with and without a fault.
final class InjectedSealing {
    /// What one run did.
    struct Run {
        let status: Int32
        let errors: String
        let wasKilled: Bool
    }

    private struct Missing: Error {}

    private let folder: ScratchFolder
    private let kept: Set<String>

    static let isAvailable: Bool = {
        guard let strace = ExternalTool("strace") else { return false }
        return (try? strace.run(["-qq", "-e", "trace=none", "true"]).status) == 0
    }()

    init() throws {
        folder = try ScratchFolder()
        try folder.makeCase()
        #expect(try CommandLineRun("key", "new", folder.path("b.pem")).status == 0)
        let seal = ["archive", folder.path("case"), "--suspect", "suspect", "--key", folder.path("key.pem"), "--fast"]
        #expect(try CommandLineRun(seal + ["--out", folder.path("acme.tar.zst")]).status == 0)
        #expect(try CommandLineRun("init", folder.path("unplanned")).status == 0)
        let names = ["case", "unplanned", "key.pem", "key.pem.pub", "b.pem", "b.pem.pub", "acme.tar.zst"]
        kept = Set(names)
        try FileManager.default.createDirectory(atPath: folder.path("base"), withIntermediateDirectories: false)
        for name in names {
            try FileManager.default.moveItem(atPath: folder.path(name), toPath: folder.path("base/\(name)"))
        }
        try renew()
    }

    /// A file of the copy.
    func path(_ name: String) -> String { folder.path("victim/\(name)") }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// What the copy holds besides what it began with.
    var added: Set<String> {
        get throws { Set(try FileManager.default.contentsOfDirectory(atPath: folder.path("victim"))).subtracting(kept) }
    }

    /// Runs a verb on a new copy with a fault at the n-th call of its kind; nil where the fault did not strike.
    func strike(_ arguments: [String], _ call: String, _ effect: String, _ number: Int) throws -> Run? {
        try renew()
        let log = folder.path("trace")
        try? FileManager.default.removeItem(atPath: log)
        guard let strace = ExternalTool("strace") else { throw Missing() }
        // The count is by thread, so the tasks are kept to as few as the runtime allows.
        let outcome = try strace.run(
            [
                "-f", "-qq", "-E", "LIBDISPATCH_COOPERATIVE_POOL_STRICT=1", "-E", "SWIFT_BACKTRACE=enable=no", "-o",
                log,
                "-e", "trace=\(call)", "-e", "inject=\(call):\(effect):when=\(number)", CommandLineRun.binary.path,
            ] + arguments)
        let trace = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        let wasKilled = trace.contains("killed by SIGKILL")
        guard wasKilled || trace.contains("(INJECTED)") else {
            #expect(outcome.status == 0, "\(outcome.errors)")
            return nil
        }
        return Run(status: outcome.status, errors: outcome.errors, wasKilled: wasKilled)
    }

    /// Runs a verb on a new copy in which no process may write a file beyond a size: the write that crosses it is short, and the
    /// next one fails.
    func limited(_ arguments: [String], kilobytes: Int) throws -> Run {
        try renew()
        guard let bash = ExternalTool("bash") else { throw Missing() }
        let line = "trap '' XFSZ; ulimit -f \(kilobytes); exec \"$0\" \"$@\""
        let outcome = try bash.run(["-c", line, CommandLineRun.binary.path] + arguments)
        return Run(status: outcome.status, errors: outcome.errors, wasKilled: false)
    }

    /// What seals a plan in a case, over the endpoint files of the first.
    func planSeal(_ name: String) -> [String] {
        ["plan", "seal", path(name), "--probes", path("case/probes.json"), "--key", path("key.pem")]
            + ["protected", "suspect", "panel"].flatMap { ["--endpoint", path("case/endpoints/\($0).toml")] }
    }

    /// Runs a verb on the same copy, without a fault.
    func plain(_ arguments: [String]) throws -> CommandLineRun { try CommandLineRun(arguments) }

    /// What `whorl verify` says of a bundle of the copy.
    func verify(_ name: String, _ more: String...) throws -> CommandLineRun {
        try CommandLineRun(["verify", path(name), "--key", path("key.pem.pub"), "--json"] + more)
    }

    /// Makes a new copy.
    func renew() throws {
        try? FileManager.default.removeItem(atPath: folder.path("victim"))
        try FileManager.default.copyItem(atPath: folder.path("base"), toPath: folder.path("victim"))
    }
}
