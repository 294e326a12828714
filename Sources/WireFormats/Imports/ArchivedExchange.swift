public import ForensicTypes
internal import FoundationEssentials

/// One exchange in an HTTP archive (HAR 1.2): a request to a provider and the response to it, as somebody else recorded them.
///
/// Nothing in it is checked against a wire, and a recorder may have decoded, decompressed or reordered what it kept.
public struct ArchivedExchange: Sendable {
    /// The greatest length of an entry, in bytes.
    public static let maximumLength = 32 << 20
    /// The greatest nesting of an entry. Recorders in browsers nest the stacks of calls deeply.
    public static let maximumDepth = 1_024

    /// The path and query of the request.
    public let target: String
    /// The host of the request.
    public let host: String
    /// The status of the response; 0 where none came.
    public let status: Int
    /// What was asked; nil where the request went to no interface that is known, or its body cannot be read.
    public let question: RecordedQuestion?

    private let mediaType: String
    private let body: [UInt8]

    /// Reads an entry.
    ///
    /// - Throws: `shape` for a value that is no entry of an archive; `encoding` for a body that is not what it says.
    init(_ entry: JSONNode) throws(WireFormatsError) {
        guard let request = entry["request"], let response = entry["response"],
            let method = request["method"]?.text, let address = request["url"]?.text,
            let status = response["status"]?.integer
        else { throw WireFormatsError(.shape, "the entry has no request with a method and a url, or no status") }
        let scheme = address.hasPrefix("https://") ? 8 : address.hasPrefix("http://") ? 7 : 0
        let rest = address.dropFirst(scheme)
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        target = String(rest.dropFirst(host.count).prefix { $0 != "#" })
        self.host = String(host)
        self.status = status
        let content = response["content"]
        mediaType = content?["mimeType"]?.text ?? ""
        let text = content?["text"]?.string ?? []
        switch content?["encoding"]?.text {
        case nil, "": body = text
        case "base64":
            guard let decoded = Self.decoded(text) else {
                throw WireFormatsError(.encoding, "a body that is said to be base64 is not")
            }
            body = decoded
        case .some: throw WireFormatsError(.encoding, "a body in an unknown encoding")
        }
        question =
            if method == "POST", let interface = ProviderRoutes.interface(at: target),
                let sent = request["postData"]?["text"]?.string, let root = try? JSONDocument(sent).root
            { interface.question(root) } else { nil }
    }

    /// The bytes of base64 in which a secret may be masked by asterisks. Masked digits stand for the letter j, which leaves every
    /// byte that a masked digit has a part in a letter or a mark that JSON does not escape.
    private static func decoded(_ text: [UInt8]) -> [UInt8]? {
        let letters = Array("ampq".utf8)
        var digits: [UInt8] = []
        digits.reserveCapacity(text.count)
        for byte in text where byte > 0x20 {
            digits.append(byte == UInt8(ascii: "*") ? letters[digits.count % 4] : byte)
        }
        return Data(base64Encoded: Data(digits)).map { Array($0) }
    }

    /// Reads the bytes of an entry.
    ///
    /// - Throws: The codes of `JSONDocument`; `shape`, `encoding`.
    public init(entry: [UInt8]) throws(WireFormatsError) {
        let root = try JSONDocument(entry, maximumLength: Self.maximumLength, maximumDepth: Self.maximumDepth).root
        try self.init(root)
    }

    /// The answer as a value.
    ///
    /// - Throws: `serverError` for a status that is no success; the codes of reading an answer.
    public func completion(probe: Digest, draw: Int) throws(WireFormatsError) -> Completion {
        guard (200..<300).contains(status) else {
            throw WireFormatsError(.serverError, "the archive holds a status of \(status)")
        }
        guard let interface = ProviderRoutes.interface(at: target) else {
            throw WireFormatsError(.shape, "the request went to no interface that is known")
        }
        let framing = BodyFraming(mediaType: mediaType)
        return try ProviderResponse.answer(in: body, framing: framing, from: interface)
            .completion(probe: probe, draw: draw)
    }
}
