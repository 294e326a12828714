internal import ForensicTypes
internal import Statistics

/// Two simple filters that somebody might put before a model, and what ordinary text looks like to them.
///
/// *Perplexity*: the surprise of a text under a model of characters. *Template*: the longest beginning or end that a text shares
/// with another one. Both flag a text whose value few sentences of the corpora reach: by the conformal p-value against them, so
/// that of ordinary texts like these the stated share is flagged. Sentences are scored by models that have not seen their passage.
///
/// Real filters know more, and real traffic is not these corpora: to pass here is no promise.
public struct TrafficDetectors: Sendable {
    /// In how many parts the passages are divided to score each by the others.
    static let parts = 5

    /// The share of ordinary text that each filter flags.
    public let level: Double
    private let model: CharacterModel
    private let surprises: [Double]
    private let sentences: [[UInt8]]

    /// Learns what the corpora look like.
    ///
    /// - Parameters:
    ///   - corpora: Ordinary text.
    ///   - level: The share of it that may be flagged, above 0 and below 1.
    /// - Throws: `budget` for another level, `unusableCorpus` if the corpora have too few sentences for it.
    public init(_ corpora: [Corpus], level: Double = 0.05) throws(ProbeGenerationError) {
        guard level > 0, level < 1 else {
            throw ProbeGenerationError(.budget, "the level is \(level); give a share above 0 and below 1")
        }
        let passages = corpora.flatMap(\.passages).map { $0.map { Array($0.utf8) } }
        var surprises: [Double] = []
        for part in 0..<Self.parts {
            let others = passages.indices.filter { $0 % Self.parts != part }.flatMap { passages[$0] }
            let model = CharacterModel(others)
            for index in passages.indices where index % Self.parts == part {
                surprises += passages[index].map(model.surprise)
            }
        }
        guard ConformalPValue.floor(lineages: surprises.count) <= level else {
            throw ProbeGenerationError(
                .unusableCorpus,
                "\(surprises.count) sentences cannot show a share of \(level); give more text or a greater level")
        }
        self.level = level
        self.surprises = surprises
        sentences = passages.flatMap(\.self)
        model = CharacterModel(sentences)
    }

    /// How many sentences the filters know.
    public var ordinaryTexts: Int { sentences.count }

    /// For each text, whether each filter flags it among the others.
    func flags(_ texts: [[UInt8]]) -> [(perplexity: Bool, template: Bool)] {
        let shared = Self.shared(texts)
        let ordinary = ordinaryShared(texts.count)
        return texts.indices.map { index in
            (
                perplexity: isSurprising(texts[index]),
                template: isUnusual(Double(shared[index]), among: ordinary)
            )
        }
    }

    /// Whether the perplexity filter flags a text.
    func isSurprising(_ text: [UInt8]) -> Bool { isUnusual(model.surprise(text), among: surprises) }

    /// The longest beginning or end that texts may share with one another, among so many, before the template filter flags them.
    func mostShared(among count: Int) -> Int {
        let ordinary = ordinaryShared(count)
        return (0...(ordinary.max().map { Int($0) } ?? 0) + 1).last { !isUnusual(Double($0), among: ordinary) } ?? 0
    }

    /// What sentences share with one another among as many as there are texts: among more, more is shared by chance.
    private func ordinaryShared(_ count: Int) -> [Double] {
        let groups = max(1, sentences.count / max(2, count))
        return (0..<groups).flatMap { group in
            Self.shared(sentences.indices.filter { $0 % groups == group }.map { sentences[$0] }).map(Double.init)
        }
    }

    private func isUnusual(_ value: Double, among ordinary: [Double]) -> Bool {
        guard let p = try? ConformalPValue(score: value, panel: ordinary) else { return false }
        return p.value <= level
    }

    /// The longest beginning or end in bytes that each text shares with another.
    static func shared(_ texts: [[UInt8]]) -> [Int] {
        var result = [Int](repeating: 0, count: texts.count)
        for text in [texts, texts.map { $0.reversed() }] {
            // In order, the text with the longest common beginning is a neighbour.
            let order = text.indices.sorted { text[$0].lexicographicallyPrecedes(text[$1]) }
            for (left, right) in zip(order, order.dropFirst()) {
                let length = zip(text[left], text[right]).prefix { $0 == $1 }.count
                result[left] = max(result[left], length)
                result[right] = max(result[right], length)
            }
        }
        return result
    }
}
