import Features

/// Hashed n-grams, in megabytes of text per second on one core.
enum FeatureBenchmark {
    static func run(_ arguments: [String]) throws {
        let texts = SyntheticAnswers(seed: 7).texts(count: 4000, words: 420)
        let megabytes = Double(texts.reduce(0) { $0 + $1.count }) / 1e6
        print("\(texts.count) texts of \(Int(1e6 * megabytes) / texts.count) bytes on average")
        let cases: [(HashedNGrams.Unit, ClosedRange<Int>)] = [
            (.bytes, 3...5), (.bytes, 4...4), (.scalars, 4...4), (.scalars, 3...5), (.words, 1...5), (.words, 5...5),
        ]
        for (unit, lengths) in cases {
            for bits in [14, 16, 18] {
                guard let features = HashedNGrams(unit: unit, lengths: lengths, bucketBits: bits) else { continue }
                var counts = [UInt32](repeating: 0, count: features.bucketCount)
                let seconds = ProcessorTime.best(of: 7) { for text in texts { features.add(text, to: &counts) } }
                print("\(unit.rawValue) \(lengths) 2^\(bits): \(Int((megabytes / seconds).rounded())) MB/s")
            }
        }
    }
}
