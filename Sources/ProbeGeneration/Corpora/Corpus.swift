public import ForensicTypes
internal import ContentAddressing

/// Texts that probes are made from.
public struct Corpus: Sendable, Hashable {
    /// The name, for example `prose-en`.
    public let name: String
    /// The language, as in BCP 47.
    public let language: String
    /// The sentences, passage by passage, in the order of the file.
    public let passages: [[String]]
    /// The digest of the file.
    public let digest: Digest

    /// Reads a corpus: UTF-8 text, passages separated by empty lines, one sentence on each line.
    ///
    /// - Throws: `unusableCorpus` for a text without a sentence or that is not UTF-8.
    public init(name: String, language: String, bytes: [UInt8]) throws(ProbeGenerationError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ProbeGenerationError(.unusableCorpus, "the corpus \(name) is not valid UTF-8")
        }
        var passages: [[String]] = [[]]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.allSatisfy(\.isWhitespace) {
                if passages.last?.isEmpty == false { passages.append([]) }
            } else {
                passages[passages.count - 1].append(String(line))
            }
        }
        passages.removeAll(where: \.isEmpty)
        guard !passages.isEmpty else {
            throw ProbeGenerationError(.unusableCorpus, "the corpus \(name) holds no sentence")
        }
        self.name = name
        self.language = language
        self.passages = passages
        self.digest = SHA256Digest.of(bytes)
    }
}
