/// A file of recorded exchanges in the HTTP archive format, version 1.2 (HAR).
public struct HTTPArchive: Sendable {
    /// The greatest size of a file, in bytes.
    public static let maximumLength = 512 << 20

    /// The entries in the order of the file, each as the bytes that stand there.
    public let entries: [[UInt8]]
    /// The secrets in each entry, in the order of the entries: the values of fields, cookies and parameters that carry them.
    public let secrets: [[Secret]]

    /// A secret in an entry.
    public struct Secret: Sendable, Hashable {
        /// Where it stands in the bytes of the entry.
        public let place: Range<Int>
        /// The key itself, which may stand elsewhere in the entry too; empty for a cookie or a signature.
        public let token: [UInt8]
    }

    /// Reads a file; a byte order mark before it is passed over.
    ///
    /// - Throws: The codes of `JSONDocument`; `shape` for JSON without a log of entries.
    public init(_ bytes: [UInt8]) throws(WireFormatsError) {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        let root = try JSONDocument(
            text, maximumLength: Self.maximumLength, maximumDepth: ArchivedExchange.maximumDepth
        ).root
        guard let list = root["log"]?["entries"]?.elements else {
            throw WireFormatsError(.shape, "the file is no HTTP archive: it has no log with entries")
        }
        for entry in list where entry["request"] == nil || entry["response"] == nil {
            throw WireFormatsError(.shape, "an entry has no request or no response")
        }
        entries = list.map(\.source)
        secrets = list.map { entry in
            Self.secrets(of: entry).map { secret in
                Secret(
                    place: (secret.place.lowerBound - entry.place)..<(secret.place.upperBound - entry.place),
                    token: secret.token)
            }
        }
    }

    private static let secretFields: Set<String> = [
        "authorization", "proxy-authorization", "api-key", "x-api-key", "x-goog-api-key", "x-amz-security-token",
        "cookie", "set-cookie", "x-auth-token", "x-functions-key", "ocp-apim-subscription-key",
    ]
    private static let secretParameters: Set<String> = [
        "key", "api_key", "apikey", "api-key", "access_token", "token", "sig", "signature", "x-amz-security-token",
        "x-amz-credential", "x-amz-signature",
    ]

    private static func secrets(of entry: JSONNode) -> [Secret] {
        var secrets: [Secret] = []
        for part in [entry["request"], entry["response"]] {
            for field in part?["headers"]?.elements ?? [] where isNamed(field, in: secretFields) {
                if let value = field["value"] {
                    secrets.append(Secret(place: value.inside, token: token(in: value.string ?? [])))
                }
            }
            for cookie in part?["cookies"]?.elements ?? [] {
                if let value = cookie["value"] { secrets.append(Secret(place: value.inside, token: [])) }
            }
            for parameter in part?["queryString"]?.elements ?? [] where isNamed(parameter, in: secretParameters) {
                if let value = parameter["value"] {
                    secrets.append(Secret(place: value.inside, token: token(in: value.string ?? [])))
                }
            }
        }
        return secrets.filter { !$0.place.isEmpty }
    }

    /// The key in a value: all of it, or what follows `Bearer`. Values of several words, such as signatures, hold none.
    private static func token(in value: [UInt8]) -> [UInt8] {
        let words = value.split(separator: 0x20)
        if words.count == 1, let word = words.first, !word.contains(UInt8(ascii: ";")) { return Array(word) }
        guard words.count == 2, String(decoding: words[0], as: UTF8.self).lowercased() == "bearer" else { return [] }
        return Array(words[1])
    }

    private static func isNamed(_ pair: JSONNode, in names: Set<String>) -> Bool {
        pair["name"]?.text.map { names.contains($0.lowercased()) } ?? false
    }
}
