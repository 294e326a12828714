import Foundation
import TestSupport

/// One run of `case-writer`, perhaps with a fault injected by strace.
struct InjectedRun {
    let status: Int32
    let output: String
    /// Whether the fault struck.
    private(set) var wasInjected = false
    /// Whether a signal ended the writer.
    private(set) var wasKilled = false

    /// How many records the writer says were acknowledged.
    var acknowledged: Int { output.split(separator: "\n").count { $0.hasPrefix("acknowledged ") } }
    /// Whether the writer says that it did all it was asked for.
    var isDone: Bool { output.hasSuffix("done\n") }
    /// The code of the failure that the writer reports.
    var failure: String? {
        output.split(separator: "\n").last { $0.hasPrefix("failed ") }.map { String($0.dropFirst(7)) }
    }

    /// The writer lies beside the test bundle.
    private static let writer =
        ((try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "")
        .split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/case-writer"

    static let isAvailable: Bool = {
        guard let strace = ExternalTool("strace") else { return false }
        return (try? strace.run(["-qq", "-e", "trace=none", "true"]).status) == 0
    }()

    private init(_ outcome: ExternalTool.Outcome) {
        status = outcome.status
        output = String(decoding: outcome.output, as: UTF8.self)
    }

    /// Runs the writer as it is.
    static func plain(_ arguments: [String]) throws -> InjectedRun { try run("env", [writer] + arguments) }

    /// Runs the writer with a limit on the size of its files; going beyond it is an error, not a signal.
    static func limited(_ arguments: [String], kilobytes: Int) throws -> InjectedRun {
        let line = "trap '' XFSZ; ulimit -f \(kilobytes); exec \"$0\" \"$@\""
        return try run("bash", ["-c", line, writer] + arguments)
    }

    /// Runs the writer with a fault at the n-th call on a file of the case.
    init(_ arguments: [String], case path: String, call: String, effect: String, number: Int) throws {
        let log = path + ".trace"
        try? FileManager.default.removeItem(atPath: log)
        let names = [
            "", "/lock", "/case.json", "/custody.jsonl", "/index.sqlite", "/index.sqlite-wal", "/index.sqlite-shm",
            "/spool", "/spool/000000.spool", "/tls",
        ]
        let certificates = (0..<5).flatMap { number -> [String] in
            let name = "/tls/" + Self.digest(ofCertificate: number) + ".der"
            return [name, name + ".part"]
        }
        let paths = (names + certificates).flatMap { ["-P", path + $0] }
        self = try Self.run(
            "strace",
            ["-f", "-qq", "-o", log, "-e", "trace=\(call)", "-e", "inject=\(call):\(effect):when=\(number)"] + paths
                + [Self.writer] + arguments)
        let trace = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        wasKilled = trace.contains("killed by SIGKILL") || status == 137 || status == 9
        wasInjected = wasKilled || trace.contains("(INJECTED)")
    }

    private static func digest(ofCertificate number: Int) -> String {
        SampleRecords.hex(ofRepeated: UInt8(number), count: 100)
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> InjectedRun {
        struct Missing: Error {}
        guard let tool = ExternalTool(program) else { throw Missing() }
        return InjectedRun(try tool.run(arguments))
    }
}
