import CaseStore
import ForensicTypes
import Foundation
import Testing

/// `whorl import` of an HTTP archive, as a browser saves one.
@Suite("Import of an HTTP archive as a process")
struct ArchiveImportTests {
    private static let key = "sk-browser-0123456789abcdef"

    /// An entry as Chrome's network panel exports it, with what it adds of its own.
    private func entry(_ question: String, _ answer: String, second: Int) -> [String: Any] {
        let sent: [String: Any] = [
            "model": "fast-chat", "messages": [["role": "user", "content": question]], "max_tokens": 64,
            "temperature": 0.8, "stream": false,
        ]
        let got: [String: Any] = [
            "id": "chatcmpl-\(second)", "object": "chat.completion", "model": "fast-chat",
            "choices": [["index": 0, "finish_reason": "stop", "message": ["role": "assistant", "content": answer]]],
            "usage": ["prompt_tokens": 9, "completion_tokens": 5, "total_tokens": 14],
        ]
        func text(_ value: [String: Any]) -> String {
            String(decoding: (try? JSONSerialization.data(withJSONObject: value)) ?? Data(), as: UTF8.self)
        }
        let headers: [[String: Any]] = [
            [":authority", "api.example.com"], [":method", "POST"], [":scheme", "https"],
            ["authorization", "Bearer \(Self.key)"], ["content-type", "application/json"],
            ["cookie", "session=0123456789abcdef"], ["user-agent", "Mozilla/5.0 (X11; Linux x86_64)"],
        ].map { ["name": $0[0], "value": $0[1]] }
        return [
            "_connectionId": "4711", "_initiator": ["type": "script", "stack": ["callFrames": []]], "_priority": "High",
            "_resourceType": "fetch", "cache": [:] as [String: Any], "connection": "443", "pageref": "page_1",
            "startedDateTime": "2026-03-04T05:06:\(10 + second).123Z", "time": 812.25, "serverIPAddress": "192.0.2.7",
            "request": [
                "method": "POST", "url": "https://api.example.com/v1/chat/completions", "httpVersion": "http/2.0",
                "headers": headers, "queryString": [] as [Any], "headersSize": -1, "bodySize": text(sent).utf8.count,
                "cookies": [
                    [
                        "name": "session", "value": "0123456789abcdef", "path": "/", "httpOnly": true, "secure": true,
                        "expires": "2027-01-01T00:00:00.000Z",
                    ] as [String: Any]
                ],
                "postData": ["mimeType": "application/json", "text": text(sent)],
            ] as [String: Any],
            "response": [
                "status": 200, "statusText": "", "httpVersion": "http/2.0", "redirectURL": "", "headersSize": -1,
                "bodySize": -1, "_transferSize": 412, "_error": NSNull(), "cookies": [] as [Any],
                "headers": [
                    ["name": "content-type", "value": "application/json"], ["name": "x-echo", "value": Self.key],
                ],
                "content": ["size": text(got).utf8.count, "mimeType": "application/json", "text": text(got)],
            ] as [String: Any],
            "timings": [
                "blocked": 1.5, "dns": -1, "ssl": -1, "connect": -1, "send": 0.2, "wait": 800, "receive": 10,
                "_blocked_queueing": 1.1,
            ],
        ]
    }

    @Test("Calls become imported records, never collected ones; a collection asks for the same draws all the same")
    func imports() async throws {
        let folder = try ScratchFolder()
        try folder.sealProbes(2, draws: 1)
        for (name, role, lineage) in [
            ("own", "protected", "own"), ("s", "suspect", nil), ("panel-3", "panel", "other"),
        ] as [(String, String, String?)] {
            try folder.write(
                """
                name = "\(name)"
                role = "\(role)"
                url = "http://127.0.0.1:1/v1"
                model = "m"
                connect_timeout_s = 2
                \(lineage.map { "lineage = \"\($0)\"" } ?? "")
                """, to: "\(name).toml")
        }
        try folder.planCase(["own", "s", "panel-3"])
        var page = entry("question 1", "<html>", second: 3)
        page["request"] = ["method": "GET", "url": "https://api.example.com/", "headers": [] as [Any]] as [String: Any]
        let archive: [String: Any] = [
            "log": [
                "version": "1.2", "creator": ["name": "WebInspector", "version": "537.36"],
                "pages": [
                    [
                        "id": "page_1", "title": "https://api.example.com/",
                        "startedDateTime": "2026-03-04T05:06:07.000Z",
                        "pageTimings": ["onContentLoad": 12.5, "onLoad": 20],
                    ] as [String: Any]
                ],
                "entries": [
                    page, entry("question 2", "second answer", second: 1),
                    entry("question 1", "first answer", second: 2),
                ],
            ] as [String: Any]
        ]
        let data = try JSONSerialization.data(
            withJSONObject: archive, options: [.prettyPrinted, .withoutEscapingSlashes])
        let file = try folder.write(String(decoding: data, as: UTF8.self), to: "recorded.HAR")
        let imports = ["import", folder.path("case"), file, "--role", "panel", "--lineage", "other"]
        #expect(try CommandLineRun(imports).status == 64, "an archive does not name its model")
        let run = try CommandLineRun(imports + ["--name", "panel-3", "--json"])
        #expect(run.status == 0, "\(run.errors)")
        #expect(try run.json()["answers"] as? Int == 2)
        #expect(try run.json()["left_out"] as? [String: Int] == ["other_request": 1])
        #expect(!(run.output + run.errors).contains(Self.key))

        let store = try await CaseStore.open(
            at: folder.path("case"), access: .read, who: Custodian(name: "test"), tool: ToolIdentity(version: "0"))
        var records: [StoredRecord] = []
        for try await record in await store.records() { records.append(record) }
        #expect(records.count == 2 && records.allSatisfy { $0.transcript.outcome == .imported && $0.plan == nil })
        #expect(records.allSatisfy { $0.transcript.run.hasPrefix("import-") && $0.transcript.request.isEmpty })
        #expect(records.allSatisfy { String(decoding: $0.line, as: UTF8.self).contains(#""outcome":"imported""#) })
        for record in records {
            let text = String(decoding: record.transcript.response, as: UTF8.self)
            #expect(!text.contains(Self.key) && !text.contains("0123456789abcdef") && text.contains("\"****"))
        }
        let lines = try #require(FileManager.default.contents(atPath: folder.path("case/custody.jsonl")))
        #expect(String(decoding: lines, as: UTF8.self).contains("import"))

        // Nobody answers at the endpoints: all six draws are still wanted, the imported ones too.
        let collected = try CommandLineRun("collect", folder.path("case"), "--json")
        #expect(collected.status == 4)
        #expect(collected.output.contains(#""already_there":0"#) && collected.output.contains(#""wanted":6"#))
    }
}
