import Acquisition
import CaseStore
import ForensicTypes
import Testing

@Suite("Import of recorded answers")
struct AnswerImportTests {
    private func read(_ lines: [String], role: ModelRole = .panel, lineage: Lineage? = nil) throws -> AnswerImport {
        let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        return try AnswerImport(
            bytes, path: "a.jsonl", role: role, lineage: lineage, probes: [try Setting.probe(1), try Setting.probe(2)])
    }

    private func line(_ model: String, _ probe: Int, _ text: String, draw: Int = 0) throws -> String {
        #"{"model":"\#(model)","probe":"\#(try Setting.probe(probe).id.hex)","draw":\#(draw),"text":"\#(text)"}"#
    }

    @Test("Answers become records that say that they were imported, with the exact line")
    func imports() async throws {
        let lines = [try line("b", 1, "x"), try line("a", 2, "y"), try line("b", 2, "z")]
        let answers = try read(lines)
        #expect(answers.count == 3)
        #expect(answers.models.map(\.name) == ["a", "b"])
        #expect(answers.models.map(\.lineage) == [Lineage("a"), Lineage("b")])
        let store = try await Setting.store()
        try await answers.append(to: store, run: "import-1")
        let records = try await Setting.records(store)
        #expect(records.map(\.transcript.response) == lines.map { Array($0.utf8) })
        #expect(records.allSatisfy { $0.transcript.outcome == .imported && $0.transcript.request.isEmpty })
        #expect(await store.custody.entries.map(\.action) == [.open, .imported])
        let read = try await RecordedAnswers.read(
            answers.models[1], from: store, probes: [try Setting.probe(1), try Setting.probe(2)])
        #expect(read.hasImports && read.answered == 2)
        // The time of the import says nothing about when the model answered.
        #expect(read.responses.completions.values.joined().allSatisfy { $0.times == nil })
        await #expect(throws: CaseStoreError(.alreadyExists, "")) { try await answers.append(to: store, run: "again") }
    }

    @Test("Imported answers are never taken for collected ones")
    func neverCollected() async throws {
        let store = try await Setting.store()
        let answers = try read([try line("suspect", 1, "x")], role: .suspect)
        #expect(answers.models.first?.lineage == nil)
        try await answers.append(to: store, run: "import-1")
        let server = try await ScriptedServer.start { _, _ in [.write(Answers.ok)] }
        let summary = try await Collector(
            store: store, endpoints: [try Setting.endpoint(server.port)], probes: [try Setting.probe(1)], run: "r",
            plan: nil, seed: 1
        ).run()
        #expect(summary.alreadyThere == 0 && summary.answered == 1)
        await server.stop()
    }

    @Test("A bad line is named, and nothing is written")
    func mistakes() throws {
        let good = try line("a", 1, "x")
        let cases: [([String], String)] = [
            ([good, "{"], "a.jsonl:2"), ([good, good], "a.jsonl:2"), ([try line("a", 9, "x")], "a.jsonl:1"),
            (["{\"model\":\"a\"}"], "a.jsonl:1"), ([good, try line("a", 1, "x", draw: -1)], "a.jsonl:2"),
            ([""], "a.jsonl:1"), ([good, try line("Caf\u{E9}", 1, "x")], "a.jsonl:2"),
            ([try line("a ", 1, "x")], "a.jsonl:1"),
        ]
        for (lines, place) in cases {
            let error = #expect(throws: AcquisitionError.self) { try read(lines) }
            #expect(error?.code == .unreadableImport)
            #expect(error?.message.hasPrefix(place + ":") == true, "\(error?.message ?? "")")
        }
    }
}
