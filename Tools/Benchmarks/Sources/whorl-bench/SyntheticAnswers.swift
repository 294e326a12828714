/// Texts with the statistics of answers: words of a Zipf-like vocabulary, punctuation, and one letter in a hundred outside ASCII.
struct SyntheticAnswers {
    private var state: UInt64
    private let vocabulary: [[UInt8]]

    init(seed: UInt64) {
        var state = seed
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        self.vocabulary = (0..<20_000).map { _ in
            var word = (0..<Int(2 + next() % 8)).map { _ in UInt8(97 + next() % 26) }
            if next() % 16 == 0 { word += [0xC3, UInt8(0xA0 + next() % 16)] }
            return word
        }
        self.state = state
    }

    /// Some texts with about this many words each.
    func texts(count: Int, words: Int) -> [[UInt8]] {
        var generator = self
        return (0..<count).map { _ in generator.text(words: words / 2 + Int(generator.next() % UInt64(words))) }
    }

    private mutating func text(words: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for index in 0..<words {
            // The minimum of three draws makes early words common.
            let rank = min(next() % 20_000, next() % 20_000, next() % 20_000)
            bytes += vocabulary[Int(rank)]
            if index % 11 == 10 { bytes.append(UInt8(ascii: ".")) }
            bytes.append(UInt8(ascii: " "))
        }
        return bytes
    }

    private mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}
