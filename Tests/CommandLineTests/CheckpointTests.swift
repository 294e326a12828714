import CaseStore
import ContentAddressing
import Evidence
import ForensicTypes
import Foundation
import TestSupport
import Testing

/// The checkpoints that `whorl collect --key` signs while it collects.
@Suite(
    "Checkpoints of a collection", .timeLimit(.minutes(5)),
    .enabled(if: ExternalTool.areAvailable("python3"), "python3 is missing"))
struct CheckpointTests {
    private let folder: ScratchFolder
    private let server: MockEndpoint
    private var place: String { folder.path("case") }
    private var key: String { folder.path("key.pem") }

    init() throws {
        folder = try ScratchFolder()
        server = try MockEndpoint(folder, script: "relay_endpoint.py")
    }

    /// A case with so many draws for each of three models.
    private func plan(_ probes: Int, draws: Int, behaviour: String = "clean", budget: Int? = nil) throws {
        try folder.sealProbes(probes, draws: draws)
        for (name, role) in [("own", "protected"), ("s", "suspect"), ("p", "panel")] {
            try server.file(
                name, role, model: "\(name).\(behaviour)", lineage: role == "suspect" ? nil : name,
                more: budget.map { "max_requests = \($0)" } ?? "", in: folder)
        }
        try folder.planCase(["own", "s", "p"])
    }

    private func notes() throws -> [Checkpoint] {
        let start = place + "/checkpoints"
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: start)) ?? []).sorted()
        #expect(names == names.indices.map { String(format: "%04d.note", $0 + 1) })
        return try names.map { name in
            try Checkpoint(note: Array(try #require(FileManager.default.contents(atPath: "\(start)/\(name)"))))
        }
    }

    private func store() async throws -> CaseStore {
        try await CaseStore.open(
            at: place, access: .read, who: Custodian(name: "test"), tool: ToolIdentity(version: "0"))
    }

    private func lines() async throws -> [[UInt8]] {
        let store = try await store()
        var lines: [[UInt8]] = []
        for try await record in await store.records() { lines.append(record.line) }
        return lines
    }

    private func events(_ run: CommandLineRun, _ kind: String) throws -> [[String: Any]] {
        try run.output.split(separator: "\n").compactMap { line in
            let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return event?["event"] as? String == kind ? event : nil
        }
    }

    @Test("Made while records come and at the end, signed, over the tree of the records, each told as an event")
    func made() async throws {
        try plan(40, draws: 4, behaviour: "slow")
        let run = try CommandLineRun("collect", place, "--key", key, "--json")
        #expect(run.status == 0, "\(run.errors)")
        let notes = try notes()
        let lines = try await lines()
        #expect(lines.count == 480)
        #expect(notes.count >= 2 && notes.last?.size == 480, "\(notes.map(\.size))")
        let signer = try VerificationKey.load(path: key + ".pub")
        for (note, next) in zip(notes, notes.dropFirst()) {
            #expect(note.size < next.size && note.time < next.time)
            #expect(next.size - note.size >= 100 || next == notes.last, "not before there are a hundred new records")
        }
        for note in notes {
            #expect(note.isSigned(by: signer) && note.origin == "case/records")
            #expect(note.root == MerkleTree(leaves: Array(lines.prefix(note.size))).root)
        }
        let told = try events(run, "checkpoint")
        #expect(told.map { $0["number"] as? Int } == notes.indices.map { $0 + 1 })
        #expect(told.map { $0["records"] as? Int } == notes.map(\.size))
        #expect(told.map { $0["root"] as? String } == notes.map(\.root.hex))
        #expect(told.allSatisfy { ($0["timestamps"] as? [String])?.isEmpty == true && $0["problem"] == nil })
        let logged = try await store().custody.entries.filter { $0.action == .checkpoint }
        #expect(logged.map(\.object?.digest) == notes.map { SHA256Digest.of($0.note) })
    }

    @Test("A checkpoint that was taken away before sealing is missed")
    func takenAway() throws {
        try plan(2, draws: 2)
        #expect(try CommandLineRun("collect", place, "--key", key).status == 0)
        #expect(try CommandLineRun("compare", place).status == 0)
        func deviations(_ name: String) throws -> [String] {
            let bundle = folder.path(name)
            let seal = try CommandLineRun("archive", place, "--suspect", "s", "--key", key, "--out", bundle)
            #expect(seal.status == 0, "\(seal.errors)")
            let run = try CommandLineRun("verify", bundle, "--key", key + ".pub", "--json")
            return try #require(try run.json()["deviations"] as? [String])
        }
        #expect(try deviations("whole.tar.zst").isEmpty)
        try FileManager.default.removeItem(atPath: place + "/checkpoints/0001.note")
        #expect(
            try deviations("less.tar.zst") == ["the custody log names 1 checkpoint that is not in the bundle"])
    }

    @Test("The next run numbers on and covers what is new; a run without new records makes none")
    func resumed() async throws {
        try plan(2, draws: 3, budget: 2)
        #expect(try CommandLineRun("collect", place, "--key", key).status == 2)
        #expect(try notes().map(\.size) == [6])
        let idle = try CommandLineRun("collect", place, "--key", key, "--json")
        #expect(idle.status == 2)
        #expect(try notes().map(\.size) == [6] && events(idle, "checkpoint").isEmpty)
        for name in ["own", "s", "p"] {
            let file = place + "/endpoints/\(name).toml"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try Data(text.replacing("max_requests = 2", with: "max_requests = 9").utf8).write(
                to: URL(fileURLWithPath: file))
        }
        #expect(try CommandLineRun("collect", place, "--key", key).status == 0)
        let notes = try notes()
        #expect(notes.map(\.size) == [6, 18])
        #expect(notes.last?.root == MerkleTree(leaves: try await lines()).root)
    }

    @Test("Another key than that of the plan is refused before anything is asked")
    func otherKey() throws {
        try plan(1, draws: 1)
        #expect(try CommandLineRun("key", "new", folder.path("other.pem")).status == 0)
        let run = try CommandLineRun("collect", place, "--key", folder.path("other.pem"))
        #expect(run.status == 3 && run.errors.contains("not the key that sealed the plan"))
        #expect(server.requests.isEmpty)
        #expect(try notes().isEmpty)
    }

    @Test("An authority that does not answer leaves the checkpoint without a stamp, and that is told")
    func withoutStamp() throws {
        try plan(1, draws: 2)
        let run = try CommandLineRun(
            "collect", place, "--key", key, "--timestamp", "http://127.0.0.1:1/", "--json")
        #expect(run.status == 0 && run.errors.contains("a checkpoint bears no time stamp"), "\(run.errors)")
        #expect(try notes().map(\.size) == [6])
        let told = try events(run, "checkpoint")
        #expect(told.count == 1 && (told.first?["problem"] as? String)?.isEmpty == false)
    }
}
