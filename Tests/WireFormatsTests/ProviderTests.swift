import ForensicTypes
import Testing
import WireFormats

@Suite("OpenAI answers and requests")
struct ProviderTests {
    @Test("A chat answer of llama.cpp with log-probabilities")
    func chat() throws {
        let completion = try Fixture.completion("chat-logprobs")
        #expect(
            String(decoding: completion.text, as: UTF8.self)
                == "The primary colours are:\n\nRed is the most fundamental")
        #expect(completion.finishReason == .length)
        #expect(completion.usage == TokenUsage(prompt: 35, completion: 12, cached: 24))
        #expect(completion.claimedModel == "smollm2-q4_1")
        #expect(completion.systemFingerprint == "b0-unknown")
        #expect(completion.probe == Fixture.probe && completion.draw == 3)
        #expect(completion.positions.count == 4)
        let first = try #require(completion.positions.first)
        #expect(first.chosen == TokenLogprob(bytes: Array("The".utf8), logprob: -1.341515302658081))
        #expect(first.top.map(\.bytes).prefix(2) == [Array("The".utf8), Array("There".utf8)])
        #expect(first.top.map(\.logprob) == first.top.map(\.logprob).sorted(by: >))
        #expect(try Fixture.completion("qwen-chat-logprobs").finishReason == .stop)
    }

    @Test("Completions of llama.cpp carry the chat shape of log-probabilities")
    func completions() throws {
        let completion = try Fixture.completion("completions-logprobs")
        #expect(String(decoding: completion.text, as: UTF8.self) == " Paris.\n\nThe United States has")
        #expect(completion.positions.first?.chosen.logprob == -0.25889989733695984)
        #expect(completion.positions.first?.top.count == 5)
        let gemma = try Fixture.completion("gemma-completions-logprobs")
        #expect(gemma.usage == TokenUsage(prompt: 6, completion: 8, cached: 1))
    }

    @Test("The older shape with parallel lists, and a first token without a value")
    func parallelLists() throws {
        let body = """
            {"choices":[{"text":" a b","finish_reason":"stop","logprobs":{"tokens":[" a"," b"],
            "token_logprobs":[null,-0.25],"top_logprobs":[null,{" c":-2,"d":-1.5," b":-0.25}],"text_offset":[0,2]}}]}
            """
        let completion = try ProviderResponse.completion(body: Array(body.utf8), probe: Fixture.probe, draw: 0)
        #expect(completion.positions.count == 1)
        #expect(completion.positions[0].chosen == TokenLogprob(bytes: Array(" b".utf8), logprob: -0.25))
        #expect(completion.positions[0].top.map(\.logprob) == [-0.25, -1.5, -2])
    }

    @Test(
        "Answers of the right JSON and the wrong shape",
        arguments: [
            "[]", "{}", #"{"choices":[]}"#, #"{"choices":[{},{}]}"#, #"{"choices":[{"index":0}]}"#,
            #"{"choices":[{"message":{"content":5}}]}"#, #"{"choices":[{"message":"x"}]}"#,
            #"{"choices":[{"text":"a","logprobs":{"content":[{"token":"a"}]}}]}"#,
            #"{"choices":[{"text":"a","logprobs":{"content":[{"token":"a","logprob":5}]}}]}"#,
            #"{"choices":[{"text":"a","logprobs":{"content":[{"bytes":[256],"logprob":-1}]}}]}"#,
            #"{"choices":[{"text":"a","logprobs":{"tokens":["a"],"token_logprobs":[]}}]}"#,
        ])
    func shapes(body: String) {
        #expect(throws: WireFormatsError(.shape, ""), "\(body)") {
            try ProviderResponse.completion(body: Array(body.utf8), probe: Fixture.probe, draw: 0)
        }
    }

    @Test("Refusals, tool calls, and answers without usage or finish reason")
    func partial() throws {
        func read(_ message: String, _ rest: String = "") throws -> Completion {
            try ProviderResponse.completion(
                body: Array("{\"choices\":[{\"message\":\(message)\(rest)}]}".utf8), probe: Fixture.probe, draw: 0)
        }
        #expect(try read(#"{"content":null,"refusal":"no"}"#, #","finish_reason":"stop""#).finishReason == .refusal)
        #expect(
            try read(#"{"content":null,"tool_calls":[]}"#, #","finish_reason":"tool_calls""#).finishReason
                == .other("tool_calls"))
        let bare = try read(#"{"content":"x"}"#)
        #expect(bare.usage == nil && bare.finishReason == nil && bare.positions.isEmpty)
        #expect(throws: WireFormatsError(.serverError, "")) {
            try ProviderResponse.completion(
                body: Array(#"{"error":{"message":"m"}}"#.utf8), probe: Fixture.probe, draw: 0)
        }
    }

    @Test(
        "Errors of a real server are told apart",
        arguments: [
            ("error-401-key", ServerFailure.wrongKey), ("error-503-loading", .notReady),
            ("error-400-context", .contextOverflow), ("error-400-request", .refusedRequest), ("error-404", .notFound),
        ])
    func failures(name: String, failure: ServerFailure) throws {
        let response = try Fixture.response(name)
        #expect(ServerFailure(response) == failure)
        #expect(throws: WireFormatsError(.serverError, "")) {
            try ProviderResponse.completion(
                of: Fixture.transcript(try Fixture.wire(name), .http(status: response.status)))
        }
    }

    @Test(
        "Errors by status, and Retry-After",
        arguments: [
            (200, nil), (301, .redirect), (402, .quotaExhausted), (403, .wrongKey), (418, .refusedRequest),
            (429, .rateLimited), (500, .serverFault), (529, .notReady), (600, .unexpected),
        ] as [(Int, ServerFailure?)])
    func statuses(status: Int, failure: ServerFailure?) throws {
        let wire = Array("HTTP/1.1 \(status) X\r\nRetry-After: 17\r\nContent-Length: 0\r\n\r\n".utf8)
        let response = try HTTPResponse(wire: wire)
        #expect(ServerFailure(response) == failure)
        #expect(response.retryAfterSeconds == 17)
    }

    @Test("Names of the served models")
    func models() throws {
        #expect(try ProviderResponse.models(body: try Fixture.response("models").body) == ["smollm2-q4_1"])
    }

    @Test("Requests are the same bytes every time, escaped, and carry every parameter")
    func requests() throws {
        let sampling = SamplingParameters(temperature: 0.7, topP: 0.9, maximumTokens: 12, topLogprobs: 5)
        let chat = Probe(
            family: "f",
            prompt: .chat([Message(role: .system, content: "a\"b\n"), Message(role: .user, content: "é\u{1}")]),
            sampling: sampling, draws: 1, reading: .text)
        let request = try ProviderRequest(chat, model: "m", over: .openAI)
        #expect(request.path == "/chat/completions")
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == #"{"model":"m","messages":[{"role":"system","content":"a\"b\n"},{"role":"user","content":"é\u0001"}],"#
                + #""logprobs":true,"top_logprobs":5,"max_tokens":12,"temperature":0.7,"top_p":0.9,"stream":false}"#)
        _ = try JSONDocument(request.body)
        let raw = Probe(family: "f", prompt: .raw("x"), sampling: sampling, draws: 1, reading: .text)
        let completion = try ProviderRequest(raw, model: "m", over: .openAICompletions)
        #expect(completion.path == "/completions")
        #expect(try JSONDocument(completion.body).root["logprobs"]?.integer == 5)
        #expect(throws: WireFormatsError(.unsupportedPrompt, "")) {
            try ProviderRequest(raw, model: "m", over: .openAIChat)
        }
        #expect(throws: WireFormatsError(.unsupportedPrompt, "")) {
            try ProviderRequest(chat, model: "m", over: .openAICompletions)
        }
    }

    @Test("Imported lines: the good one, and what is wrong with the others")
    func imported() throws {
        let probe = Fixture.probe.hex
        let line =
            #"{"model":"m","probe":"\#(probe)","draw":3,"text":"t","finish_reason":"length","prompt_tokens":4,"completion_tokens":1}"#
        let completion = try ProviderResponse.completion(of: Fixture.transcript(Array(line.utf8), .imported))
        #expect(completion.text == Array("t".utf8) && completion.usage == TokenUsage(prompt: 4, completion: 1))
        #expect(completion.finishReason == .length && completion.claimedModel == "m")
        for bad in [
            "[]", "{}", #"{"model":"","probe":"\#(probe)","text":"t"}"#, #"{"model":"m","probe":"ab","text":"t"}"#,
            #"{"model":"m","probe":"\#(probe)"}"#, #"{"model":"m","probe":"\#(probe)","text":"t","draw":-1}"#,
            #"{"model":"m","probe":"\#(probe)","text":"t","extra":1}"#,
        ] {
            #expect(throws: WireFormatsError(.shape, ""), "\(bad)") { try ImportedAnswer(line: Array(bad.utf8)) }
        }
    }
}
