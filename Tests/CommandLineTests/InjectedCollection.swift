import CaseStore
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// A case with a sealed plan, a server that answers it, and runs of `whorl collect` on copies of it, with and without a fault.
final class InjectedCollection {
    /// What one run did.
    struct Run {
        let status: Int32
        let output: String
        let errors: String
        let wasKilled: Bool
        /// Requests that the server saw in this run, by model.
        let requests: [String: Int]
    }

    private struct Missing: Error {}

    private let folder: ScratchFolder
    private let server: MockEndpoint
    private let models = ["own", "s", "p"]
    private let draws = 3
    private var victim: String { folder.path("victim") }

    /// Records of a whole collection without failed attempts.
    var wanted: Int { models.count * draws }

    static let isAvailable: Bool = {
        guard let strace = ExternalTool("strace"), ExternalTool("python3") != nil else { return false }
        return (try? strace.run(["-qq", "-e", "trace=none", "true"]).status) == 0
    }()

    init() throws {
        folder = try ScratchFolder()
        server = try MockEndpoint(folder, script: "relay_endpoint.py")
        // Records of 30 kB each outgrow a small limit before the index does.
        try folder.sealProbes(1, draws: draws, padding: 30_000)
        for (name, role, lineage) in zip(models, ["protected", "suspect", "panel"]).map({
            ($0, $1, $0 == "s" ? nil : $0)
        }) {
            try server.file(name, role, model: "\(name).clean", lineage: lineage, concurrency: 1, in: folder)
        }
        try folder.planCase(models)
        try renew()
    }

    /// Runs on a new copy with a fault at the n-th call on a file of the evidence; nil where the fault did not strike.
    func strike(_ call: String, _ effect: String, _ number: Int) throws -> Run? {
        try renew()
        let log = folder.path("trace")
        try? FileManager.default.removeItem(atPath: log)
        let paths = ["", "/lock", "/case.json", "/custody.jsonl", "/spool", "/spool/000000.spool"]
        let run = try run(
            "strace",
            // The count is by thread, so the tasks are kept to as few as the runtime allows.
            [
                "-f", "-qq", "-E", "LIBDISPATCH_COOPERATIVE_POOL_STRICT=1", "-o", log, "-e", "trace=\(call)", "-e",
                "inject=\(call):\(effect):when=\(number)",
            ]
                + paths.flatMap { ["-P", victim + $0] } + [CommandLineRun.binary.path, "collect", victim, "--json"])
        let trace = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        let wasKilled = trace.contains("killed by SIGKILL")
        guard wasKilled || trace.contains("(INJECTED)") else {
            #expect(run.status == 0, "\(run.errors)")
            return nil
        }
        return Run(
            status: run.status, output: run.output, errors: run.errors, wasKilled: wasKilled, requests: run.requests)
    }

    /// Goes on with the same copy, without a fault.
    func plain() throws -> Run { try run("env", [CommandLineRun.binary.path, "collect", victim]) }

    /// Runs on a new copy with a limit on the size of files; going beyond it is an error, not a signal.
    func limited(kilobytes: Int) throws -> Run {
        try renew()
        let line = "trap '' XFSZ; ulimit -f \(kilobytes); exec \"$0\" collect \"$1\""
        return try run("bash", ["-c", line, CommandLineRun.binary.path, victim])
    }

    /// The records of the copy, in order.
    func records() async throws -> [Transcript] {
        let store = try await CaseStore.open(
            at: victim, access: .read, who: Custodian(name: "test"), tool: ToolIdentity(version: "0"))
        var records: [Transcript] = []
        for try await record in await store.records() { records.append(record.transcript) }
        #expect(await store.recordCount == records.count)
        return records
    }

    /// What was written into the custody log of the copy.
    func custody() async throws -> [CustodyAction] {
        let store = try await CaseStore.open(
            at: victim, access: .read, who: Custodian(name: "test"), tool: ToolIdentity(version: "0"))
        return await store.custody.entries.map(\.action)
    }

    /// Who the lock says was writing.
    var lockHolder: Data { FileManager.default.contents(atPath: victim + "/lock") ?? Data() }

    /// Whether every record that must have been acknowledged is there, and none that was never asked for.
    func isCovered(_ records: [Transcript], by run: Run) throws -> Bool {
        models.allSatisfy { model in
            let asked = run.requests[model, default: 0]
            return (max(0, asked - 1)...asked).contains(records.count { $0.model.name == model })
        }
    }

    /// Whether each draw of each model has one answer.
    func isWhole(_ records: [Transcript]) throws -> Bool {
        let answered = records.filter { $0.outcome == .http(status: 200) }
        return answered.count == wanted && Set(answered.map { "\($0.model.name) \($0.draw)" }).count == wanted
    }

    private func renew() throws {
        try? FileManager.default.removeItem(atPath: victim)
        try FileManager.default.copyItem(atPath: folder.path("case"), toPath: victim)
    }

    private func run(_ program: String, _ arguments: [String]) throws -> Run {
        guard let tool = ExternalTool(program) else { throw Missing() }
        let before = server.requests.count
        let outcome = try tool.run(arguments)
        let names = server.requests.dropFirst(before).compactMap { $0.split(separator: ".").first.map(String.init) }
        return Run(
            status: outcome.status, output: String(decoding: outcome.output, as: UTF8.self), errors: outcome.errors,
            wasKilled: false, requests: names.reduce(into: [:]) { $0[$1, default: 0] += 1 })
    }
}
