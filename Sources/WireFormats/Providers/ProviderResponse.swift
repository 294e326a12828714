public import ForensicTypes

/// Reads the answers of providers from the bytes that were recorded.
public enum ProviderResponse {
    /// The answer in a recorded exchange.
    ///
    /// The shape of the answer tells which interface it came over, so a record can be read without its endpoint file.
    ///
    /// - Throws: `serverError` for a status that is no success; `http`, `truncated`, `size`, `encoding`; `syntax`, `text`,
    ///   `duplicateKey`, `depth`; `shape` for JSON that holds no answer.
    public static func completion(of transcript: Transcript) throws(WireFormatsError) -> Completion {
        switch transcript.outcome {
        case .imported:
            return try ImportedAnswer(line: transcript.response).completion(
                probe: transcript.probe, draw: transcript.draw)
        case .http:
            let response = try HTTPResponse(wire: transcript.response)
            if let failure = ServerFailure(response) {
                throw WireFormatsError(.serverError, "status \(response.status): \(failure.rawValue)")
            }
            return try completion(body: response.body, probe: transcript.probe, draw: transcript.draw)
        default:
            throw WireFormatsError(.truncated, "the exchange did not end with a complete response")
        }
    }

    /// The answer in the JSON body of a successful response.
    public static func completion(
        body: [UInt8], probe: Digest, draw: Int
    ) throws(WireFormatsError) -> Completion {
        let root = try JSONDocument(body).root
        guard root.isObject else { throw WireFormatsError(.shape, "the answer is no JSON object") }
        guard root["error"] == nil else {
            throw WireFormatsError(.serverError, "an error object behind a status of success")
        }
        guard let choices = root["choices"]?.elements, choices.count == 1, let choice = choices.first else {
            throw WireFormatsError(.shape, "the answer has no list of exactly one choice")
        }
        let (text, isRefusal) = try OpenAIAnswer.text(of: choice)
        return Completion(
            probe: probe, draw: draw, text: text,
            finishReason: isRefusal ? .refusal : choice["finish_reason"]?.text.map(OpenAIAnswer.finishReason),
            usage: OpenAIAnswer.usage(root["usage"]), positions: try OpenAIAnswer.positions(choice["logprobs"]),
            claimedModel: root["model"]?.text, systemFingerprint: root["system_fingerprint"]?.text)
    }

    /// The names in an endpoint's list of models, in the order of the list.
    public static func models(body: [UInt8]) throws(WireFormatsError) -> [String] {
        guard let models = try JSONDocument(body).root["data"]?.elements else {
            throw WireFormatsError(.shape, "the answer has no list of models")
        }
        return models.compactMap { $0["id"]?.text }
    }
}
