import Features

/// Hashed n-grams, in megabytes of text per second on one core, and what bounds the slowest of them.
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
                print("\(unit.rawValue) \(lengths) 2^\(bits): \(rate(megabytes, seconds))")
            }
        }
        bounds(texts, megabytes)
    }

    /// The parts of the slowest case, each by itself on texts that are decoded already. Both together give the same counts.
    private static func bounds(_ texts: [[UInt8]], _ megabytes: Double) {
        let scalars = texts.map { ScalarText($0).scalars }
        let decoding = ProcessorTime.best(of: 7) {
            for text in texts { sink &+= UInt64(ScalarText(text).scalars.count) }
        }
        print("scalars decoded and nothing else: \(rate(megabytes, decoding))")
        for bits in [14, 16, 18] {
            guard let features = HashedNGrams(unit: .scalars, lengths: 3...5, bucketBits: bits) else { continue }
            let places = scalars.map { GramBounds.places($0, bits: bits) }
            var (counts, expected) = (features.counts(of: []), features.counts(of: []))
            for (text, places) in zip(texts, places) {
                features.add(text, to: &expected)
                GramBounds.countOnly(places, in: &counts)
            }
            guard counts == expected else { return print("the bound does not count what the feature counts") }
            let keys = ProcessorTime.best(of: 7) {
                for text in scalars { sink &+= GramBounds.placesOnly(text, bits: bits) }
            }
            let counting = ProcessorTime.best(of: 7) {
                for place in places { GramBounds.countOnly(place, in: &counts) }
            }
            print(
                "scalars 3...5 2^\(bits): places without counting \(rate(megabytes, keys)), counting known places "
                    + "\(rate(megabytes, counting)), one after the other \(rate(megabytes, keys + counting))")
        }
    }

    // What was found, so that no work can be left out.
    nonisolated(unsafe) private static var sink: UInt64 = 0

    private static func rate(_ megabytes: Double, _ seconds: Double) -> String {
        "\(Int((megabytes / seconds).rounded())) MB/s"
    }
}
