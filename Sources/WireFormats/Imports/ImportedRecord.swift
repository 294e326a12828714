public import ForensicTypes

/// What stands in a record of the outcome `imported`: a line of recorded answers, or an entry of an HTTP archive.
public enum ImportedRecord: Sendable {
    /// A line of JSON.
    case answer(ImportedAnswer)
    /// An entry of an HTTP archive.
    case archive(ArchivedExchange)

    /// Reads the bytes of a record.
    ///
    /// An object with `request` and `response` is an entry of an archive; a line of answers knows neither key.
    ///
    /// - Throws: The codes of `JSONDocument`, and `shape`.
    public init(_ bytes: [UInt8]) throws(WireFormatsError) {
        let root = try JSONDocument(
            bytes, maximumLength: ArchivedExchange.maximumLength, maximumDepth: ArchivedExchange.maximumDepth
        ).root
        if root["request"] != nil && root["response"] != nil {
            self = .archive(try ArchivedExchange(root))
        } else {
            self = .answer(try ImportedAnswer(line: bytes))
        }
    }

    /// The answer as a value.
    ///
    /// - Throws: `shape` where a line belongs to another draw; the codes of reading an answer.
    public func completion(probe: Digest, draw: Int) throws(WireFormatsError) -> Completion {
        switch self {
        case .answer(let answer): try answer.completion(probe: probe, draw: draw)
        case .archive(let exchange): try exchange.completion(probe: probe, draw: draw)
        }
    }
}
