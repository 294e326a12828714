import Foundation
import TestSupport
import Testing

@Suite(
    "Salvage of a damaged case", .timeLimit(.minutes(2)),
    .enabled(if: ExternalTool.areAvailable("python3"), "python3 is missing"))
struct SalvageTests {
    @Test("What stands before the damage becomes a case that goes on; a whole case is left alone")
    func salvage() throws {
        let folder = try ScratchFolder()
        let server = try MockEndpoint(folder, script: "relay_endpoint.py")
        try folder.sealProbes(2, draws: 3)
        for (name, role) in [("own", "protected"), ("s", "suspect"), ("p", "panel")] {
            try server.file(
                name, role, model: "\(name).clean", lineage: role == "suspect" ? nil : name, in: folder)
        }
        try folder.planCase(["own", "s", "p"])
        let place = folder.path("case"), copy = folder.path("copy")
        #expect(try CommandLineRun("collect", place).status == 0)
        let whole = try CommandLineRun("salvage", place, "--out", copy)
        #expect(whole.status == 3 && whole.errors.contains("nothing to salvage"))
        #expect(!FileManager.default.fileExists(atPath: copy))

        let spool = URL(fileURLWithPath: place + "/spool/000000.spool")
        var bytes = try Data(contentsOf: spool)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: spool)
        #expect(try CommandLineRun("compare", place).status == 3)
        let run = try CommandLineRun("salvage", place, "--out", copy, "--json")
        #expect(run.status == 0, "\(run.errors)")
        let records = try #require(try run.json()["records"] as? Int)
        #expect((4...14).contains(records))
        let damaged = "at record \(records), segment 0, byte \(try length(copy)). The records before it are intact."
        #expect((try run.json()["damage"] as? String)?.hasSuffix(damaged) == true)
        #expect(try Data(contentsOf: spool) == bytes, "the original is as it was")
        #expect(try CommandLineRun("salvage", place, "--out", copy).status == 6)
        let custody = try String(contentsOfFile: copy + "/custody.jsonl", encoding: .utf8)
        #expect(custody.contains("salvaged the first \(records) records of a damaged spool, which is incomplete"))
        let asked = server.requests.count
        #expect(try CommandLineRun("collect", copy).status == 0)
        #expect(server.requests.count == asked + 18 - records)
    }

    private func length(_ place: String) throws -> Int {
        try Data(contentsOf: URL(fileURLWithPath: place + "/spool/000000.spool")).count
    }
}
