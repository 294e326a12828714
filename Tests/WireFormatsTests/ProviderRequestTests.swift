import ForensicTypes
import Testing
import WireFormats

@Suite("Requests to providers")
struct ProviderRequestTests {
    static let sampling = SamplingParameters(temperature: 0.7, topP: 0.9, maximumTokens: 12, topLogprobs: 5, seed: 7)
    static let chat = probe(
        .chat([
            Message(role: .system, content: "Be brief."), Message(role: .user, content: "Hi"),
            Message(role: .assistant, content: "Yes?"), Message(role: .user, content: "A\"colour"),
        ]))
    static let raw = probe(.raw("The sky is"))

    private static func probe(_ prompt: Prompt, _ sampling: SamplingParameters = sampling) -> Probe {
        Probe(family: "f", prompt: prompt, sampling: sampling, draws: 1, reading: .text)
    }

    private func settings(_ provider: ProviderProtocol, streaming: Bool = false) -> ProviderSettings {
        ProviderSettings(provider: provider, model: "the:model/1", isStreaming: streaming)
    }

    static let routes: [(provider: ProviderProtocol, chat: String?, raw: String?)] = [
        (.openAI, "/chat/completions", "/completions"), (.openAIChat, "/chat/completions", nil),
        (.openAICompletions, nil, "/completions"), (.openAIResponses, "/responses", nil),
        (
            .azureOpenAI, "/openai/deployments/the%3Amodel%2F1/chat/completions?api-version=2024-10-21",
            "/openai/deployments/the%3Amodel%2F1/completions?api-version=2024-10-21"
        ),
        (.anthropic, "/messages", nil), (.gemini, "/models/the%3Amodel%2F1:generateContent", nil),
        (.ollama, "/api/chat", "/api/generate"), (.llamaCpp, "/v1/chat/completions", "/completion"),
        (.cohere, "/v2/chat", nil), (.bedrock, "/model/the%3Amodel%2F1/converse", nil),
        (.textGenerationInference, "/v1/chat/completions", "/generate"),
    ]

    @Test("Each prompt goes to its route, and the recorded request says again what was asked", arguments: routes)
    func eachRoute(provider: ProviderProtocol, chat: String?, raw: String?) throws {
        #expect(provider.carriesChat == (chat != nil) && provider.carriesRawText == (raw != nil))
        for (probe, path) in [(Self.chat, chat), (Self.raw, raw)] {
            guard let path else {
                #expect(throws: WireFormatsError(.unsupportedPrompt, "")) {
                    try ProviderRequest(probe, settings(provider))
                }
                continue
            }
            for isStreaming in [false, true] {
                let request = try ProviderRequest(probe, settings(provider, streaming: isStreaming))
                #expect(request.method == "POST" && (isStreaming || request.path == path))
                #expect(request == (try ProviderRequest(probe, settings(provider, streaming: isStreaming))))
                #expect((request.accept == "application/json") == !isStreaming)
                let body = try JSONDocument(request.body).root
                #expect(body.isObject)
                // The archive of the same exchange leads back to the probe.
                let entry = Self.entry(path: "/prefix" + request.path, body: request.body)
                let question = try #require(try ArchivedExchange(entry: entry).question)
                #expect(question.prompt == probe.prompt && question.maximumTokens == 12)
                #expect(question.temperature == 0.7 && question.asks(probe))
                #expect(
                    !question.asks(Self.probe(probe.prompt, SamplingParameters(temperature: 0.7, maximumTokens: 13))))
            }
        }
    }

    private static func entry(path: String, body: [UInt8]) -> [UInt8] {
        var text = ""
        for byte in body {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += "\\" + String(UnicodeScalar(byte))
            default: text += String(UnicodeScalar(byte))
            }
        }
        return Array(
            (#"{"request":{"method":"POST","url":"https://h\#(path)","postData":{"text":"\#(text)"}},"#
                + #""response":{"status":200,"content":{"mimeType":"application/json","text":""}}}"#).utf8)
    }

    private func body(_ probe: Probe, _ provider: ProviderProtocol, streaming: Bool = false) throws -> String {
        String(decoding: try ProviderRequest(probe, settings(provider, streaming: streaming)).body, as: UTF8.self)
    }

    @Test("The bytes of every body, pinned")
    func bodies() throws {
        let system = #"{"role":"system","content":"Be brief."}"#
        let turns =
            #"{"role":"user","content":"Hi"},{"role":"assistant","content":"Yes?"},{"role":"user","content":"A\"colour"}"#
        #expect(
            try body(Self.chat, .openAI, streaming: true)
                == #"{"model":"the:model/1","messages":[\#(system),\#(turns)],"logprobs":true,"top_logprobs":5,"#
                + #""max_tokens":12,"temperature":0.7,"top_p":0.9,"seed":7,"stream":true,"#
                + #""stream_options":{"include_usage":true}}"#)
        #expect(
            try body(Self.chat, .openAIResponses)
                == #"{"model":"the:model/1","input":[\#(system),\#(turns)],"include":["message.output_text.logprobs"],"#
                + #""top_logprobs":5,"max_output_tokens":12,"temperature":0.7,"top_p":0.9,"store":false,"stream":false}"#
        )
        #expect(
            try body(Self.chat, .anthropic)
                == #"{"model":"the:model/1","max_tokens":12,"system":"Be brief.","messages":[\#(turns)],"#
                + #""temperature":0.7,"top_p":0.9,"stream":false}"#)
        #expect(
            try body(Self.chat, .gemini)
                == #"{"systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[{"role":"user","parts":[{"text":"Hi"}]},"#
                + #"{"role":"model","parts":[{"text":"Yes?"}]},{"role":"user","parts":[{"text":"A\"colour"}]}],"#
                + #""generationConfig":{"maxOutputTokens":12,"temperature":0.7,"topP":0.9,"seed":7,"#
                + #""responseLogprobs":true,"logprobs":5}}"#)
        #expect(
            try body(Self.raw, .ollama)
                == #"{"model":"the:model/1","prompt":"The sky is","raw":true,"stream":false,"logprobs":true,"#
                + #""top_logprobs":5,"options":{"num_predict":12,"temperature":0.7,"top_p":0.9,"seed":7}}"#)
        #expect(
            try body(Self.raw, .llamaCpp)
                == #"{"prompt":"The sky is","n_predict":12,"temperature":0.7,"top_p":0.9,"seed":7,"n_probs":5,"#
                + #""cache_prompt":false,"stream":false}"#)
        #expect(
            try body(Self.chat, .cohere)
                == #"{"model":"the:model/1","messages":[\#(system),\#(turns)],"max_tokens":12,"temperature":0.7,"p":0.9,"#
                + #""seed":7,"logprobs":true,"stream":false}"#)
        #expect(
            try body(Self.chat, .bedrock)
                == #"{"messages":[{"role":"user","content":[{"text":"Hi"}]},{"role":"assistant","content":[{"text":"Yes?"}]},"#
                + #"{"role":"user","content":[{"text":"A\"colour"}]}],"system":[{"text":"Be brief."}],"#
                + #""inferenceConfig":{"maxTokens":12,"temperature":0.7,"topP":0.9}}"#)
        #expect(
            try body(Self.raw, .textGenerationInference)
                == #"{"inputs":"The sky is","parameters":{"max_new_tokens":12,"do_sample":true,"temperature":0.7,"top_p":0.9,"#
                + #""seed":7,"details":true,"decoder_input_details":true,"top_n_tokens":5}}"#)
    }

    @Test("What an interface refuses is not sent: a mass of 1, a temperature of 0, parameters that the file leaves out")
    func greedy() throws {
        let greedy = Self.probe(.raw("x"), SamplingParameters(maximumTokens: 1))
        #expect(
            try body(greedy, .textGenerationInference)
                == #"{"inputs":"x","parameters":{"max_new_tokens":1,"do_sample":false,"details":true,"decoder_input_details":true}}"#
        )
        let chat = Self.probe(
            .chat([Message(role: .user, content: "x")]), SamplingParameters(maximumTokens: 1, seed: 3))
        for provider in [ProviderProtocol.anthropic, .bedrock] { #expect(!(try body(chat, provider).contains("op"))) }
        #expect(try body(chat, .cohere).contains(#""p":0.99"#))
        var bare = settings(.openAIChat)
        bare.omitted = [.temperature, .topP, .seed]
        #expect(
            String(decoding: try ProviderRequest(chat, bare).body, as: UTF8.self)
                == #"{"model":"the:model/1","messages":[{"role":"user","content":"x"}],"max_tokens":1,"stream":false}"#)
    }

    @Test("Versions and key styles")
    func styles() throws {
        let anthropic = try ProviderRequest(Self.chat, settings(.anthropic))
        #expect(
            anthropic.fields.map(\.name) == ["anthropic-version"] && anthropic.fields.map(\.value) == ["2023-06-01"])
        var azure = settings(.azureOpenAI)
        azure.apiVersion = "2025-04-01-preview"
        #expect(try ProviderRequest(Self.chat, azure).path.hasSuffix("?api-version=2025-04-01-preview"))
        #expect(ProviderRequest.models(settings(.bedrock)) == nil)
        #expect(ProviderRequest.models(settings(.gemini))?.path == "/models")
        let styles: [ProviderProtocol: KeyStyle] = [
            .azureOpenAI: .apiKey, .anthropic: .anthropicKey, .gemini: .googleKey, .bedrock: .signatureV4,
        ]
        for provider in ProviderProtocol.allCases { #expect(provider.keyStyle == styles[provider] ?? .bearer) }
    }
}
