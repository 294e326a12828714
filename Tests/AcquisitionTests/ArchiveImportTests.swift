import Acquisition
import CaseStore
import ForensicTypes
import Foundation
import Testing
import WireFormats

@Suite("Import of HTTP archives")
struct ArchiveImportTests {
    static let key = "sk-canary-0123456789"

    /// An entry of an archive: a chat call that asks a question of `Setting.probe`.
    private func entry(
        _ question: String, answer: String, status: Int = 200, temperature: String = "0.0", base64: Bool = false,
        url: String = "https://api.example.com/v1/chat/completions"
    ) throws -> String {
        let sent =
            #"{"model":"m","messages":[{"role":"user","content":"\#(question)"}],"max_tokens":64,"temperature":\#(temperature)}"#
        let body =
            #"{"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"\#(answer)"}}],"usage":{"prompt_tokens":3,"completion_tokens":1}}"#
        func json(_ text: String) throws -> String {
            String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
        }
        let text = base64 ? Data(body.utf8).base64EncodedString() : body
        return try #"""
        {"startedDateTime":"2026-01-02T03:04:05Z","time":12,"request":{"method":"POST","url":\#(json(url)),
        "httpVersion":"HTTP/1.1","headers":[{"name":"Authorization","value":"Bearer \#(Self.key)"},
        {"name":"Cookie","value":"session=abcdef"}],"cookies":[{"name":"session","value":"abcdef"}],
        "queryString":[],"postData":{"mimeType":"application/json","text":\#(json(sent))}},
        "response":{"status":\#(status),"headers":[{"name":"X-Echo","value":"\#(Self.key)"}],
        "content":{"size":1,"mimeType":"application/json"\#(base64 ? ",\"encoding\":\"base64\"" : ""),
        "text":\#(json(text))}},"cache":{},"timings":{}}
        """#
    }

    private func archive(_ entries: [String]) -> [UInt8] {
        Array(
            ("\u{FEFF}{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"x\",\"version\":\"1\"},\"entries\":["
                + entries.joined(separator: ",") + "]}}").utf8)
    }

    private func read(_ entries: [String]) throws -> AnswerImport {
        try AnswerImport(
            archive: archive(entries), path: "a.har", model: "panel-3", role: .panel, lineage: Lineage("l"),
            probes: [try Setting.probe(1, draws: 2), try Setting.probe(2)])
    }

    @Test("Calls are matched to probes by their prompts, in the order of the file")
    func matches() async throws {
        let answers = try read([
            try entry("question 1", answer: "first"), try entry("question 2", answer: "other", base64: true),
            try entry("question 1", answer: "second"), try entry("question 1", answer: "third"),
            try entry("question 9", answer: "x"), try entry("question 1", answer: "x", temperature: "1"),
            try entry("question 2", answer: "x", status: 500),
            try entry("question 1", answer: "x", url: "https://x/log"),
        ])
        #expect(
            answers.count == 3
                && answers.models == [ModelIdentity(name: "panel-3", role: .panel, lineage: Lineage("l"))])
        // The failed call asks for a second draw of probe 2, which wants one.
        #expect(answers.leftOut == [.surplus: 2, .noProbe: 2, .otherRequest: 1])
        let store = try await Setting.store()
        try await answers.append(to: store, run: "import-1")
        let read = try await RecordedAnswers.read(
            answers.models[0], from: store, probes: [try Setting.probe(1, draws: 2), try Setting.probe(2)])
        #expect(read.hasImports && read.answered == 3 && read.unreadable.isEmpty)
        let texts = read.responses.completions.mapValues { $0.map { String(decoding: $0.text, as: UTF8.self) } }
        #expect(texts[try Setting.probe(1).id] == ["first", "second"])
        #expect(texts[try Setting.probe(2).id] == ["other"])
        #expect(read.responses.completions.values.flatMap { $0 }.allSatisfy { $0.usage?.prompt == 3 })
        let records = try await Setting.records(store)
        #expect(records.allSatisfy { $0.transcript.outcome == .imported && $0.transcript.request.isEmpty })
    }

    @Test("Keys, cookies and echoes are masked at the same length before anything is written")
    func masks() async throws {
        let source = try entry("question 1", answer: "your key is \(Self.key)")
        let coded = try entry("question 2", answer: Self.key, base64: true)
        let store = try await Setting.store()
        try await read([source, coded]).append(to: store, run: "import-1")
        let records = try await Setting.records(store)
        let answered = try await RecordedAnswers.read(
            ModelIdentity(name: "panel-3", role: .panel), from: store,
            probes: [try Setting.probe(1), try Setting.probe(2)])
        #expect(answered.answered == 2 && answered.unreadable.isEmpty)
        #expect(records.map(\.transcript.response.count) == [source.utf8.count, coded.utf8.count])
        for record in records {
            let text = String(decoding: record.transcript.response, as: UTF8.self)
            #expect(!text.contains("canary") && !text.contains("abcdef") && text.contains("\"value\":\"****"))
            #expect(!record.transcript.redactions.isEmpty)
            for offset in 0..<3 {
                let encoded = Data((String(repeating: "x", count: offset) + Self.key).utf8).base64EncodedString()
                #expect(!text.contains(encoded.dropFirst(4).dropLast(4)))
            }
        }
    }

    @Test(
        "A file that is no archive, or answers nothing, is refused by name",
        arguments: [
            "", "{}", "{\"log\":{}}", "{\"log\":{\"entries\":[]}}", "{\"log\":{\"entries\":[{\"request\":{}}]}}", "[1]",
        ])
    func mistakes(text: String) throws {
        let error = #expect(throws: AcquisitionError.self) {
            try AnswerImport(
                archive: Array(text.utf8), path: "a.har", model: "m", role: .panel, lineage: nil,
                probes: [try Setting.probe(1)])
        }
        #expect(error?.code == .unreadableImport && error?.message.hasPrefix("a.har: ") == true)
    }
}
