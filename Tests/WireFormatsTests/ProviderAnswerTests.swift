import ForensicTypes
import Testing
import WireFormats

@Suite("Answers of providers")
struct ProviderAnswerTests {
    private func token(_ text: String, _ logprob: Double) -> TokenLogprob {
        TokenLogprob(bytes: Array(text.utf8), logprob: logprob)
    }

    @Test("Chat Completions: reasoning and its count stand apart from the text; streams bring tool calls in parts")
    func chat() throws {
        let reasoned = try Fixture.answer("written-chat-reasoning", at: "/v1/chat/completions")
        #expect(Fixture.text(reasoned.text) == "Four." && Fixture.text(reasoned.reasoning) == "Two and two.")
        #expect(reasoned.usage == TokenUsage(prompt: 11, completion: 9, reasoning: 6, cached: 8))
        let tools = try Fixture.answer("written-chat-tools-stream", at: "/v1/chat/completions")
        #expect(tools.toolCalls == [ToolCall(name: "web_search", arguments: Array(#"{"q":"museum"}"#.utf8))])
        #expect(tools.finishReason == .other("tool_calls") && tools.text.isEmpty && tools.reasoning == nil)
        #expect(tools.usage == TokenUsage(prompt: 40, completion: 12) && tools.systemFingerprint == "fp_9")
    }

    @Test("Chat Completions and Completions of llama.cpp, streamed with log-probabilities")
    func recordedStreams() throws {
        let chat = try Fixture.answer("recorded-chat-stream", at: "/v1/chat/completions")
        #expect(Fixture.text(chat.text)?.hasPrefix("I'm") == true && chat.finishReason == .length)
        #expect(chat.usage == TokenUsage(prompt: 34, completion: 6, cached: 24) && chat.claimedModel == "smollm2-q4_1")
        #expect(chat.positions.count == 6 && chat.positions.allSatisfy { $0.top.count == 2 })
        #expect(chat.positions.flatMap(\.chosen.bytes) == chat.text)
        let raw = try Fixture.answer("recorded-completions-stream", at: "/v1/completions")
        #expect(raw.usage == TokenUsage(prompt: 3, completion: 5, cached: 0) && raw.finishReason == .length)
        #expect(raw.positions.flatMap(\.chosen.bytes) == raw.text && raw.positions.count == 5)
    }

    @Test("Azure: chunks without a choice, a filtered answer, a filtered prompt")
    func azure() throws {
        let path = "/openai/deployments/d/chat/completions?api-version=2024-10-21"
        let answer = try Fixture.answer("written-azure-stream", at: path)
        #expect(Fixture.text(answer.text) == "Red" && answer.finishReason == .refusal)
        let filtered = try HTTPResponse(wire: Fixture.wire("providers/written-azure-filtered"))
        #expect(ServerFailure(filtered) == .contentFiltered)
    }

    @Test("Responses: reasoning items, log-probabilities, tool calls, refusals, streams")
    func responses() throws {
        let recorded = try Fixture.answer("recorded-responses", at: "/v1/responses")
        #expect(Fixture.text(recorded.text) == "Hello! I'm here to help with any kind of creative")
        #expect(recorded.usage == TokenUsage(prompt: 33, completion: 12, cached: 32))
        for name in ["written-responses", "written-responses-stream"] {
            let answer = try Fixture.answer(name, at: "/v1/responses")
            #expect(Fixture.text(answer.text) == "Blue" && Fixture.text(answer.reasoning) == "Think.")
            #expect(answer.finishReason == .length)
            #expect(answer.usage == TokenUsage(prompt: 21, completion: 17, reasoning: 16, cached: 0))
            #expect(
                answer.positions
                    == [TokenPosition(chosen: token("Blue", -0.25), top: [token("Blue", -0.25), token("Red", -1.75)])])
        }
        let tools = try Fixture.answer("written-responses-tools", at: "/responses")
        #expect(tools.toolCalls == [ToolCall(name: "find_info", arguments: Array(#"{"x":1}"#.utf8))])
        let refusal = try Fixture.answer("written-responses-refusal", at: "/responses")
        #expect(refusal.finishReason == .refusal && Fixture.text(refusal.text) == "I cannot.")
    }

    @Test("Anthropic Messages: thinking, tools, cached tokens, refusals, streams, an error inside a stream")
    func anthropic() throws {
        let recorded = try Fixture.answer("recorded-anthropic", at: "/v1/messages")
        #expect(recorded.usage == TokenUsage(prompt: 33, completion: 16, cached: 24))
        #expect(recorded.finishReason == .length && recorded.claimedModel == "smollm2-q4_1")
        let stream = try Fixture.answer("recorded-anthropic-stream", at: "/v1/messages")
        #expect(Fixture.text(stream.text) == "I'm sorry for any" && stream.finishReason == .length)
        #expect(stream.usage == TokenUsage(prompt: 34, completion: 5, cached: 33))
        let answer = try Fixture.answer("written-anthropic", at: "/v1/messages")
        #expect(Fixture.text(answer.text) == "I will look." && Fixture.text(answer.reasoning) == "Which tool?")
        #expect(
            answer.toolCalls == [ToolCall(name: "page_lookup", arguments: Array(#"{"page":"opening hours"}"#.utf8))])
        #expect(answer.usage == TokenUsage(prompt: 127, completion: 33, cached: 100))
        #expect(try Fixture.answer("written-anthropic-refusal", at: "/v1/messages").finishReason == .refusal)
        let written = try Fixture.answer("written-anthropic-stream", at: "/v1/messages")
        #expect(Fixture.text(written.text) == "Yes" && Fixture.text(written.reasoning) == "Hm.")
        #expect(written.toolCalls == [ToolCall(name: "web_search", arguments: Array(#"{"q": 1}"#.utf8))])
        #expect(written.usage == TokenUsage(prompt: 25, completion: 15))
        #expect(throws: WireFormatsError(.serverError, "")) {
            try Fixture.answer("written-anthropic-overloaded-stream", at: "/v1/messages")
        }
    }

    @Test("Gemini: thoughts, log-probabilities, blocked prompts and answers, tools, streams, a wrong key, models")
    func gemini() throws {
        let path = "/v1beta/models/gemini-2.5-flash:generateContent"
        let answer = try Fixture.answer("written-gemini", at: path)
        #expect(Fixture.text(answer.text) == "Green" && Fixture.text(answer.reasoning) == "Let me see.")
        #expect(answer.usage == TokenUsage(prompt: 9, completion: 5, reasoning: 4, cached: 2))
        #expect(
            answer.positions == [
                TokenPosition(chosen: token("Green", -0.125), top: [token("Green", -0.125), token("Blue", -2.5)])
            ])
        #expect(answer.finishReason == .stop && answer.claimedModel == "gemini-2.5-flash")
        for name in ["written-gemini-blocked", "written-gemini-safety"] {
            let refusal = try Fixture.answer(name, at: path)
            #expect(refusal.finishReason == .refusal && refusal.text.isEmpty)
            #expect(refusal.usage == TokenUsage(prompt: 9, completion: 0))
        }
        #expect(
            try Fixture.answer("written-gemini-tools", at: path).toolCalls
                == [ToolCall(name: "knowledge_query", arguments: Array(#"{"q":"x"}"#.utf8))])
        let stream = try Fixture.answer(
            "written-gemini-stream", at: "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse")
        #expect(Fixture.text(stream.text) == "Green" && stream.finishReason == .length)
        #expect(ServerFailure(try HTTPResponse(wire: Fixture.wire("providers/written-gemini-key"))) == .wrongKey)
        let models = try HTTPResponse(wire: Fixture.wire("providers/written-gemini-models"))
        #expect(try ProviderResponse.models(body: models.body, of: .gemini) == ["gemini-2.5-flash", "gemma-3"])
    }

    @Test("Ollama: both interfaces, whole and as JSON lines, an error inside a stream, models")
    func ollama() throws {
        let chat = try Fixture.answer("written-ollama-chat", at: "/api/chat")
        #expect(Fixture.text(chat.text) == "Yellow" && Fixture.text(chat.reasoning) == "Colour.")
        #expect(chat.toolCalls == [ToolCall(name: "find_info", arguments: Array(#"{"a":1}"#.utf8))])
        #expect(chat.usage == TokenUsage(prompt: 26, completion: 3))
        #expect(chat.positions.first?.top == [token("Yellow", -0.5), token("Pink", -3)])
        let stream = try Fixture.answer("written-ollama-chat-stream", at: "/api/chat")
        #expect(Fixture.text(stream.text) == "Yellow" && Fixture.text(stream.reasoning) == "Colour.")
        #expect(stream.finishReason == .length && stream.usage == TokenUsage(prompt: 26, completion: 4))
        for name in ["written-ollama-generate", "written-ollama-generate-stream"] {
            let raw = try Fixture.answer(name, at: "/api/generate")
            #expect(Fixture.text(raw.text) == " Paris" && raw.finishReason == .stop)
            #expect(raw.usage == TokenUsage(prompt: 5, completion: 2))
        }
        #expect(throws: WireFormatsError(.serverError, "")) {
            try Fixture.answer("written-ollama-error-stream", at: "/api/generate")
        }
        let tags = try HTTPResponse(wire: Fixture.wire("providers/written-ollama-tags"))
        #expect(try ProviderResponse.models(body: tags.body, of: .ollama) == ["llama3.2:latest"])
        let absent = try HTTPResponse(wire: Fixture.wire("providers/recorded-ollama-404"))
        #expect(ServerFailure(absent) == .notFound)
    }

    @Test("llama.cpp by its own interface, whole and as a stream")
    func llamaCpp() throws {
        let answer = try Fixture.answer("recorded-llama-cpp", at: "/completion")
        #expect(Fixture.text(answer.text) == " Paris.\n\nThe United" && answer.finishReason == .length)
        #expect(answer.usage == TokenUsage(prompt: 5, completion: 6) && answer.positions.count == 6)
        #expect(answer.positions.allSatisfy { $0.top.count == 5 && $0.top.first == $0.chosen })
        // Probabilities after sampling are no log-probabilities.
        #expect(try Fixture.answer("recorded-llama-cpp-sampled", at: "/completion").positions.isEmpty)
        let stream = try Fixture.answer("recorded-llama-cpp-stream", at: "/completion")
        #expect(stream.usage == TokenUsage(prompt: 3, completion: 4) && stream.positions.count == 4)
        #expect(stream.positions.flatMap(\.chosen.bytes) == stream.text)
    }

    @Test("Cohere: thinking, plans, tools, log-probabilities of chosen tokens, streams")
    func cohere() throws {
        let answer = try Fixture.answer("written-cohere", at: "/v2/chat")
        #expect(Fixture.text(answer.text) == "Blue sea" && Fixture.text(answer.reasoning) == "Sea.")
        #expect(answer.usage == TokenUsage(prompt: 71, completion: 2, cached: 64) && answer.finishReason == .stop)
        #expect(answer.positions.map(\.chosen) == [token("Blue", -0.75), token(" sea", -0.0625)])
        let tools = try Fixture.answer("written-cohere-tools", at: "/v2/chat")
        #expect(tools.toolCalls.map(\.name) == ["web_search"] && Fixture.text(tools.reasoning) == "I will search.")
        let stream = try Fixture.answer("written-cohere-stream", at: "/v2/chat")
        #expect(Fixture.text(stream.text) == "Blue" && Fixture.text(stream.reasoning) == "Search.")
        #expect(stream.toolCalls == [ToolCall(name: "web_search", arguments: Array(#"{"q":1}"#.utf8))])
        #expect(stream.usage == TokenUsage(prompt: 71, completion: 1) && stream.finishReason == .length)
    }

    @Test("Bedrock Converse: reasoning, tools, cached tokens, guardrails, the binary stream")
    func bedrock() throws {
        let answer = try Fixture.answer("written-bedrock", at: "/model/anthropic.claude-3%3A0/converse")
        #expect(Fixture.text(answer.text) == "Purple" && Fixture.text(answer.reasoning) == "Think.")
        #expect(answer.toolCalls == [ToolCall(name: "web_search", arguments: Array(#"{"q":"x"}"#.utf8))])
        #expect(answer.usage == TokenUsage(prompt: 110, completion: 8, cached: 100))
        #expect(try Fixture.answer("written-bedrock-guardrail", at: "/model/m/converse").finishReason == .refusal)
        let stream = try Fixture.answer("written-bedrock-stream", at: "/model/m/converse-stream")
        #expect(Fixture.text(stream.text) == "Purple" && Fixture.text(stream.reasoning) == "Think.")
        #expect(stream.toolCalls == [ToolCall(name: "web_search", arguments: Array(#"{"q":1}"#.utf8))])
        #expect(stream.usage == TokenUsage(prompt: 10, completion: 8) && stream.finishReason == .other("tool_calls"))
    }

    @Test("text-generation-inference: details, alternatives, the prompt's length, streams, models")
    func textGeneration() throws {
        let answer = try Fixture.answer("written-tgi", at: "/generate")
        #expect(Fixture.text(answer.text) == " Paris" && answer.finishReason == .stop)
        #expect(answer.usage == TokenUsage(prompt: 2, completion: 2) && answer.positions.count == 2)
        #expect(answer.positions.first?.top == [token(" Paris", -0.5), token(" Lyon", -4)])
        let stream = try Fixture.answer("written-tgi-stream", at: "/generate_stream")
        #expect(Fixture.text(stream.text) == " Paris" && stream.finishReason == .length)
        #expect(stream.usage == TokenUsage(prompt: 6, completion: 2) && stream.positions.count == 2)
        let info = try HTTPResponse(wire: Fixture.wire("providers/written-tgi-info"))
        #expect(try ProviderResponse.models(body: info.body, of: .textGenerationInference) == ["bigscience/bloom"])
    }
}
