import ForensicTypes
import Testing
import WireFormats

@Suite("Streams")
struct ProviderStreamTests {
    static let streams = [
        ("recorded-chat-stream", "/v1/chat/completions"), ("recorded-completions-stream", "/v1/completions"),
        ("written-responses-stream", "/v1/responses"), ("recorded-anthropic-stream", "/v1/messages"),
        ("written-anthropic-stream", "/v1/messages"), ("written-gemini-stream", "/models/m:streamGenerateContent"),
        ("written-ollama-chat-stream", "/api/chat"), ("written-ollama-generate-stream", "/api/generate"),
        ("recorded-llama-cpp-stream", "/completion"), ("written-cohere-stream", "/v2/chat"),
        ("written-bedrock-stream", "/model/m/converse-stream"), ("written-tgi-stream", "/generate_stream"),
    ]

    private static func wire(_ body: some Sequence<UInt8>, type: String) -> [UInt8] {
        let body = Array(body)
        return Array("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
    }

    @Test("A stream that is cut anywhere is no answer until its own end has come", arguments: streams)
    func cut(name: String, path: String) throws {
        let response = try Fixture.response("providers/" + name)
        let type = try #require(response.value(of: "content-type"))
        #expect(!ProviderResponse.isBrokenStream(response, target: path))
        let whole = try Fixture.answer(name, at: path)
        var answers = 0
        for length in stride(from: 0, to: response.body.count, by: max(1, response.body.count / 97)) {
            let cut = try HTTPResponse(wire: Self.wire(response.body.prefix(length), type: type))
            let answer = try? ProviderResponse.completion(of: cut, target: path, probe: Fixture.probe, draw: 3)
            // What can be read before the last byte has all of the text: only counts or the closing mark are missing.
            if let answer {
                answers += 1
                #expect(answer.text == whole.text && answer.finishReason == whole.finishReason)
            } else {
                #expect(ProviderResponse.isBrokenStream(cut, target: path), "\(length)")
            }
        }
        #expect(answers < 49)
    }

    @Test("Half a JSON line is no JSON, so a cut stream of lines is refused")
    func halfLine() throws {
        let text = #"{"model":"m","response":"a","done":fal"#
        let response = try HTTPResponse(wire: Self.wire(text.utf8, type: "application/x-ndjson"))
        #expect(throws: WireFormatsError(.syntax, "")) {
            try ProviderResponse.completion(of: response, target: "/api/generate", probe: Fixture.probe, draw: 0)
        }
    }

    @Test("Server-sent events: every line ending, comments, several data lines, a byte order mark")
    func lineEndings() throws {
        let data = #"{"choices":[{"index":0,"#
        let rest = #""delta":{"content":"é"},"finish_reason":"stop"}]}"#
        for ending in ["\n", "\r\n", "\r"] {
            let lines = [
                "\u{FEFF}: comment", "id: 1", "retry: 5", "event: chunk", "data:\(data)", "data: \(rest)", "", "",
            ]
            let response = try HTTPResponse(
                wire: Self.wire(lines.joined(separator: ending).utf8, type: "Text/Event-Stream; charset=utf-8"))
            let answer = try ProviderResponse.completion(
                of: response, target: "/chat/completions", probe: Fixture.probe, draw: 0)
            #expect(Fixture.text(answer.text) == "é")
        }
    }

    @Test("Every changed byte of an event stream is found by a check sum or changes nothing that is read")
    func checksums() throws {
        let response = try Fixture.response("providers/written-bedrock-stream")
        let type = try #require(response.value(of: "content-type"))
        for place in stride(from: 0, to: response.body.count, by: 5) {
            var body = response.body
            body[place] ^= 0x10
            let changed = try HTTPResponse(wire: Self.wire(body, type: type))
            let error = #expect(throws: WireFormatsError.self) {
                try ProviderResponse.completion(
                    of: changed, target: "/model/m/converse-stream", probe: Fixture.probe, draw: 0)
            }
            #expect([.framing, .truncated].contains(error?.code), "\(place)")
        }
    }

    @Test("Two choices, or an error event, make no answer")
    func refused() throws {
        for body in [
            #"data: {"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"},{"index":1}]}"#,
            #"data: {"choices":[{"index":1,"delta":{"content":"a"},"finish_reason":"stop"}]}"#,
            #"data: {"error":{"message":"m","type":"server_error"}}"#, "data: [1]", "data: {}",
        ] {
            let response = try HTTPResponse(wire: Self.wire((body + "\n\n").utf8, type: "text/event-stream"))
            #expect(throws: WireFormatsError.self, "\(body)") {
                try ProviderResponse.completion(
                    of: response, target: "/chat/completions", probe: Fixture.probe, draw: 0)
            }
        }
    }
}
