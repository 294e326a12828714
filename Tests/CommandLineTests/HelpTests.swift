import Foundation
import Testing

@Suite("Snapshot of help")
struct HelpTests {
    static let verbs: [[String]] = [
        [], ["init"], ["endpoint", "check"], ["key", "new"], ["probes", "build"], ["probes", "show"],
        ["probes", "stealth"], ["probes", "disclose"], ["probes", "verify"], ["probes", "curve"], ["plan", "seal"],
        ["collect"], ["import"], ["salvage"], ["compare"], ["archive"], ["verify"], ["disclose"], ["handover"],
        ["timestamp"],
        ["report"], ["two-sample"], ["panel", "import"], ["evaluate"], ["demo"],
    ]

    @Test("Every verb teaches itself", arguments: verbs)
    func help(verb: [String]) throws {
        let run = try CommandLineRun(verb + ["--help"])
        #expect(run.status == 0)
        try Snapshot.check(run.output, "help\(verb.map { "-" + $0 }.joined()).txt")
    }

    @Test("Every verb but the groups takes --json", arguments: verbs.dropFirst())
    func json(verb: [String]) throws {
        let run = try CommandLineRun(verb + ["--help"])
        #expect(run.output.contains("--json"))
    }

    @Test("The exit codes are documented")
    func exitCodes() throws {
        let run = try CommandLineRun("--help")
        for code in ["0", "1", "2", "3", "4", "5", "6", "7", "8", "64"] {
            #expect(run.output.contains("\n  \(code)  "), "code \(code)")
        }
    }

    @Test("A mistyped verb is a usage error")
    func usage() throws {
        let run = try CommandLineRun("colect")
        #expect(run.status == 64)
        #expect(run.errors.contains("colect"))
    }
}
