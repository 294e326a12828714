public import ForensicTypes

/// Reads the answers of providers from the bytes that were recorded.
public enum ProviderResponse {
    /// The answer in a recorded exchange.
    ///
    /// The path of the recorded request says which interface was asked, and the media type of the response says how the body is
    /// framed. So a record is read without its endpoint file. Where the path is none that is known, the shape of the answer
    /// decides between the two interfaces of OpenAI.
    ///
    /// - Throws: `serverError` for a status that is no success and for an error inside the answer; `http`, `truncated`, `size`,
    ///   `encoding`, `framing`; `syntax`, `text`, `duplicateKey`, `depth`; `shape` for JSON that holds no answer.
    public static func completion(of transcript: Transcript) throws(WireFormatsError) -> Completion {
        switch transcript.outcome {
        case .imported:
            return try ImportedRecord(transcript.response).completion(probe: transcript.probe, draw: transcript.draw)
        case .http:
            let response = try HTTPResponse(wire: transcript.response)
            return try completion(
                of: response, target: requestTarget(transcript.request), probe: transcript.probe,
                draw: transcript.draw)
        case .errorAnswer: throw Self.errorObject
        default:
            throw WireFormatsError(.truncated, "the exchange did not end with a complete response")
        }
    }

    /// The answer in a response.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - target: The path that was asked, with or without a query; nil leaves the interface to the shape of the answer.
    ///   - probe: The probe that was asked.
    ///   - draw: Which draw of it.
    /// - Throws: As `completion(of:)`.
    public static func completion(
        of response: HTTPResponse, target: String?, probe: Digest, draw: Int
    ) throws(WireFormatsError) -> Completion {
        if let failure = ServerFailure(response) {
            throw WireFormatsError(.serverError, "status \(response.status): \(failure.rawValue)")
        }
        let interface = target.flatMap { ProviderRoutes.interface(at: $0) }
        return try answer(in: response.body, framing: BodyFraming(response), from: interface)
            .completion(probe: probe, draw: draw)
    }

    /// The answer in the JSON body of a successful response of one of OpenAI's interfaces.
    public static func completion(
        body: [UInt8], probe: Digest, draw: Int
    ) throws(WireFormatsError) -> Completion {
        try answer(in: body, framing: .json, from: nil).completion(probe: probe, draw: draw)
    }

    static func answer(
        in body: [UInt8], framing: BodyFraming, from interface: (any ProviderInterface)?
    ) throws(WireFormatsError) -> ProviderAnswer {
        if let events = try framing.events(body) { return try (interface ?? ChatCompletions()).answer(events) }
        let root = try JSONDocument(body).root
        guard root.isObject else { throw WireFormatsError(.shape, "the answer is no JSON object") }
        guard root["error"] == nil else { throw errorObject }
        return try (interface ?? byShape(root)).answer(root)
    }

    private static var errorObject: WireFormatsError {
        WireFormatsError(.serverError, "an error object behind a status of success")
    }

    /// Whether a successful response is an error object and no answer, as some relays send it in the place of an error status.
    public static func isError(_ response: HTTPResponse) -> Bool {
        guard (200..<300).contains(response.status), BodyFraming(response) == .json,
            let document = try? JSONDocument(response.body)
        else { return false }
        return document.root["error"] != nil
    }

    private static func byShape(_ root: JSONNode) -> any ProviderInterface {
        root["choices"]?.elements?.first?["message"] != nil ? ChatCompletions() : TextCompletions()
    }

    /// Whether a response declares its body to be a stream of events.
    public static func isStream(_ response: HTTPResponse) -> Bool { BodyFraming(response) != .json }

    /// Whether a successful response is a stream that ends before its answer does, ends in an error, or cannot be split.
    ///
    /// HTTP cannot tell: the transfer may be complete although the stream in it is not.
    public static func isBrokenStream(_ response: HTTPResponse, target: String) -> Bool {
        guard (200..<300).contains(response.status), BodyFraming(response) != .json else { return false }
        do {
            _ = try answer(
                in: response.body, framing: BodyFraming(response), from: ProviderRoutes.interface(at: target))
            return false
        } catch {
            return [.truncated, .serverError, .framing, .syntax, .text].contains(error.code)
        }
    }

    /// The path and query in the first line of a recorded request; nil where there is none.
    public static func requestTarget(_ wire: [UInt8]) -> String? {
        let words = wire.prefix { $0 != 0x0D && $0 != 0x0A }.split(separator: 0x20, omittingEmptySubsequences: false)
        guard words.count == 3 else { return nil }
        return String(decoding: words[1], as: UTF8.self)
    }

    /// The names in an endpoint's list of models, in the order of the list.
    ///
    /// - Throws: The codes of `JSONDocument`; `shape` for anything that is no list of this provider.
    public static func models(body: [UInt8], of provider: ProviderProtocol = .openAI) throws(WireFormatsError)
        -> [String]
    {
        guard let models = provider.provider.models(try JSONDocument(body).root) else {
            throw WireFormatsError(.shape, "the answer has no list of models")
        }
        return models
    }
}
