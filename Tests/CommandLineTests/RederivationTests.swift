import Foundation
import Testing

@Suite("Repeated analysis")
struct RederivationTests {
    private func archive(_ folder: ScratchFolder) throws {
        let run = try CommandLineRun(
            "archive", folder.path("case"), "--suspect", "suspect", "--key", folder.path("key.pem"), "--fast", "--out",
            folder.path("b.tar.zst"))
        #expect(run.status == 0, "\(run.errors)")
    }

    private func verify(_ folder: ScratchFolder) throws -> (status: Int32, detail: String) {
        let run = try CommandLineRun(
            "verify", folder.path("b.tar.zst"), "--key", folder.path("key.pem.pub"), "--rederive", "--json")
        let checks = try #require(try run.json()["checks"] as? [[String: Any]])
        let analysis = try #require(checks.first { $0["subject"] as? String == "analysis" })
        return (run.status, try #require(analysis["detail"] as? String))
    }

    @Test("The signed result follows from the records, and the arithmetic of both runs is named")
    func passes() throws {
        let folder = try ScratchFolder()
        try folder.makeCase()
        try archive(folder)
        let found = try verify(folder)
        #expect(found.status == 0, "\(found.detail)")
        for part in [
            "whole numbers and texts are equal", "decimals agree within 0.0001", "then ", "now ", "kernel", "1 thread",
        ] {
            #expect(found.detail.contains(part), "\(part): \(found.detail)")
        }
    }

    @Test(
        "A result that the records do not support is found, wherever it was changed",
        arguments: [
            (#""outcome":"uninformative""#, #""outcome":"inconclusive""#),
            (#""usable_probes":0"#, #""usable_probes":1"#),
            ("clears nobody", "clears somebody"), (#""level":"0.05""#, #""level":"0.06""#),
        ])
    func forged(pattern: String, replacement: String) throws {
        let folder = try ScratchFolder()
        try folder.makeCase()
        let file = URL(fileURLWithPath: folder.path("case/results/suspect.json"))
        let text = try String(contentsOf: file, encoding: .utf8)
        let changed = text.replacingOccurrences(of: pattern, with: replacement)
        try #require(changed != text)
        try Data(changed.utf8).write(to: file)
        try archive(folder)
        let found = try verify(folder)
        #expect(found.status == 70)
        #expect(found.detail.contains("another result"), "\(found.detail)")
    }
}
