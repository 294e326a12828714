/// A stretch of text that a prefix may be cut from: a sentence and what follows it within its passage.
struct Passage: Sendable {
    let language: String
    /// The words, in order.
    let words: [String]

    /// One stretch for each sentence of a corpus: the sentence and the next two.
    static func passages(of corpus: Corpus) -> [Passage] {
        corpus.passages.flatMap { sentences in
            sentences.indices.map { start in
                let text = sentences[start..<min(start + 3, sentences.count)].joined(separator: " ")
                return Passage(language: corpus.language, words: text.split(separator: " ").map(String.init))
            }
        }
    }
}
