import Evidence
import Foundation
import TestSupport
import Testing

/// Whether every check of the verifier is needed. `Tools/verify/mutate` takes the checks out one by one and runs this suite;
/// without it there is nothing to do.
@Suite(
    "Mutated verifier",
    .enabled(
        if: ProcessInfo.processInfo.environment["WHORL_MUTATION"] != nil,
        "Tools/verify/mutate runs this with the checks taken out of the sources"))
struct MutationTests {
    /// Sets which condition is out, or where those that refuse are written down.
    private func set(_ mutant: String) { unsafe setenv("WHORL_MUTANT", mutant, 1) }

    @Test("Each check that is taken out lets an attack through, or gives it another reason")
    func everyCheck() async throws {
        let environment = ProcessInfo.processInfo.environment
        let folder = URL(filePath: try #require(environment["WHORL_MUTATION"]))
        let range = try #require(environment["WHORL_MUTANTS_RANGE"]).split(separator: "-").compactMap { Int($0) }
        set("none")
        let workspace = Workspace(at: folder)
        var corpus = try await TracedCorpus(in: workspace)
        if corpus.attacks[0].verdict == nil {
            let trace = folder.appending(path: "trace")
            for number in corpus.attacks.indices {
                try Data().write(to: trace)
                set(">\(trace.path)")
                let verdict = try corpus.judge(number, in: workspace)
                #expect(verdict.exitCode == corpus.attacks[number].exitCode, "\(corpus.attacks[number].name)")
                corpus.attacks[number].verdict = verdict
                corpus.attacks[number].refused = Set(
                    try String(contentsOf: trace, encoding: .utf8).split(separator: "\n").compactMap { Int($0) })
            }
            try corpus.save(in: workspace)
        }
        // A clause that binds a value is not taken out: an attack that makes it refuse is enough.
        let bindings = Set(
            try String(contentsOf: folder.appending(path: "bindings"), encoding: .utf8).split(separator: "\n")
                .compactMap { Int($0) })
        let file = folder.appending(path: "report").path
        if !FileManager.default.fileExists(atPath: file) { try Data().write(to: URL(filePath: file)) }
        let report = try #require(FileHandle(forWritingAtPath: file))
        for number in range[0]...range[1] {
            try report.seekToEnd()
            // Written first: if the check that is out kills the process, this line stands alone.
            try report.write(contentsOf: Data("\(number) ".utf8))
            set("\(number)")
            // The loss of a condition changes nothing for the attacks that it does not refuse.
            let reached = corpus.attacks.indices.filter { corpus.attacks[$0].refused.contains(number) }
            let noticed =
                bindings.contains(number)
                ? reached.first
                : try reached.first { try corpus.judge($0, in: workspace) != corpus.attacks[$0].verdict }
            let words =
                noticed.map { "noticed by: \(corpus.attacks[$0].name)" }
                ?? (reached.isEmpty
                    ? "SURVIVED: no attack reaches it"
                    : "SURVIVED: \(corpus.attacks[reached[0]].name), and \(reached.count - 1) more")
            try report.write(contentsOf: Data((words + "\n").utf8))
        }
    }
}

/// Writes the corpus as files, for the mutation of the verifiers that are not written in Swift.
@Suite(
    "Attacks as files",
    .enabled(
        if: ProcessInfo.processInfo.environment["WHORL_CORPUS"] != nil,
        "Tools/verify/mutate runs this to have the corpus as files"))
struct AttackExportTests {
    private struct Line: Encodable {
        let name: String
        let arguments: [String]
        let codes: [[Int32]]
    }

    @Test("Every attack is a file, with what the verifiers are told")
    func export() async throws {
        let folder = try #require(ProcessInfo.processInfo.environment["WHORL_CORPUS"])
        let corpus = try await AttackCorpus()
        let workspace = Workspace(at: URL(filePath: folder))
        var lines: [Line] = []
        for (number, entry) in corpus.entries.enumerated() {
            try entry.pins.write(entry.bytes, in: workspace, name: "\(number).bundle")
            let arguments = try entry.pins.arguments(in: workspace, name: "\(number)")
            lines.append(
                Line(
                    name: entry.name, arguments: [workspace.path("\(number).bundle")] + arguments,
                    codes: entry.others.map { $0.sorted() }))
        }
        try workspace.write(corpus.script, to: "verify.sh")
        try workspace.write(Array(try JSONEncoder().encode(lines)), to: "index.json")
    }
}
