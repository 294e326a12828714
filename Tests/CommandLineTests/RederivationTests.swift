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

    private func verify(
        _ folder: ScratchFolder, population: [String] = []
    ) throws -> (status: Int32, detail: String) {
        let run = try CommandLineRun(
            ["verify", folder.path("b.tar.zst"), "--key", folder.path("key.pem.pub"), "--rederive", "--json"]
                + population)
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

    /// A bundle whose plan names a calibration, and the options that name its population.
    private func calibrated() throws -> (folder: ScratchFolder, population: [String]) {
        let folder = try ScratchFolder()
        let population = try folder.writePopulation()
        let file = folder.path("calibration.json")
        #expect(try CommandLineRun(["evaluate"] + population + ["--fit", file]).status == 0)
        try folder.makeCase(calibration: file)
        try archive(folder)
        return (folder, population)
    }

    @Test("A calibration is fitted again where its population is given, and a forged one is found")
    func calibration() throws {
        let (folder, population) = try calibrated()
        let applied = try verify(folder)
        #expect(applied.status == 0 && applied.detail.contains("its fit not checked"), "\(applied.detail)")
        let fitted = try verify(folder, population: population)
        #expect(
            fitted.status == 0 && fitted.detail.contains("follows from its population"), "\(fitted.detail)")

        let forged = try ScratchFolder()
        let text = try String(contentsOfFile: folder.path("calibration.json"), encoding: .utf8)
        let changed = text.replacing(/"intercept":"(-?)[0-9.]+"/) { "\"intercept\":\"\($0.output.1)9.75\"" }
        try #require(changed != text)
        try forged.makeCase(calibration: forged.write(changed, to: "calibration.json"))
        try archive(forged)
        #expect(try verify(forged).status == 0)
        let found = try verify(forged, population: population)
        #expect(found.status == 70 && found.detail.contains("another calibration"), "\(found.detail)")
    }

    @Test("Answers of another population are refused with both digests")
    func otherPopulation() throws {
        let (folder, population) = try calibrated()
        let answers = try String(contentsOfFile: folder.path("answers.jsonl"), encoding: .utf8)
        try folder.write(answers.replacing("s1x1", with: "s1x9"), to: "answers.jsonl")
        let run = try CommandLineRun(
            ["verify", folder.path("b.tar.zst"), "--key", folder.path("key.pem.pub"), "--rederive"] + population)
        #expect(run.status == 3 && run.errors.contains("is not the population of the calibration"), "\(run.errors)")
        #expect(
            try CommandLineRun(["verify", folder.path("b.tar.zst")] + population).errors.contains("needs --rederive"))
    }
}
