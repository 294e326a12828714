import Evidence
import Foundation
import Testing

/// Whether every check of the verifier is needed. `Tools/verify/mutate` takes the checks out one by one and runs this suite;
/// without it there is nothing to do.
@Suite(
    "Mutated verifier",
    .enabled(
        if: ProcessInfo.processInfo.environment["WHORL_MUTANTS_REPORT"] != nil,
        "Tools/verify/mutate runs this with the checks taken out of the sources"))
struct MutationTests {
    @Test("Each check that is taken out lets an attack through, or gives it another reason")
    func everyCheck() async throws {
        let environment = ProcessInfo.processInfo.environment
        let path = try #require(environment["WHORL_MUTANTS_REPORT"])
        let range = try #require(environment["WHORL_MUTANTS_RANGE"]).split(separator: "-").compactMap { Int($0) }
        let corpus = try await AttackCorpus()
        let workspace = try Workspace()
        func exitCode(_ bytes: [UInt8]) throws -> Int32 {
            try workspace.write(bytes, to: "m")
            return try BundleVerifier.verify(path: workspace.path("m"), pinned: corpus.key.verificationKey).exitCode
        }
        unsafe setenv("WHORL_MUTANT", "none", 1)
        for bytes in corpus.sound { #expect(try exitCode(bytes) == 0) }
        for entry in corpus.entries { #expect(try exitCode(entry.bytes) == entry.exitCode, "\(entry.name)") }
        let report = try #require(FileHandle(forWritingAtPath: path))
        for number in range[0]...range[1] {
            try report.seekToEnd()
            // Written first: if the check that is out kills the process, this line stands alone.
            try report.write(contentsOf: Data("\(number) ".utf8))
            unsafe setenv("WHORL_MUTANT", "\(number)", 1)
            let noticed = try corpus.entries.first { try exitCode($0.bytes) != $0.exitCode }
            try report.write(contentsOf: Data(((noticed.map { "noticed by: \($0.name)" } ?? "SURVIVED") + "\n").utf8))
        }
    }
}
