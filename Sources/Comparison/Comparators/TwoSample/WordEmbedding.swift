internal import Features

/// A deterministic embedding of the answers to one prompt: which words and pairs of words they hold, whatever their order.
///
/// The weight of a word or pair g in answer i is `l(1 + count) · (l(1 + n) − l(1 + d(g)))`, with `d(g)` of the `n` pooled answers holding g and
/// `l` the base-2 logarithm in whole sixteenths, cut. The vector of weights is projected to ``dimensions`` numbers by a matrix of signs drawn
/// from the hash of g (Achlioptas, 2003), scaled to the length ``length`` and rounded. Everything is a whole number from the start, so
/// that the same texts have the same embedding on every machine, and inner products are exact.
///
/// It is no neural embedding: it knows no meaning, and a synonym is another word.
package struct WordEmbedding {
    /// The numbers of a vector.
    package static let dimensions = 256
    /// The length that a vector is scaled to. Rounding adds at most half of √256 to it, so that no sum of an inner product
    /// exceeds 4008² < 2²⁴, and a single-precision product is exact.
    static let length = 4000.0
    /// Where the signs begin; another number would be another embedding.
    private static let seed: UInt64 = 0x5748_4F52_4C20_5731

    /// One row of ``dimensions`` whole numbers per text. A text without words, or all of whose words are everybody's, has zeros.
    package let rows: [[Int32]]

    /// Embeds the pooled answers to one prompt.
    package init(texts: [[UInt8]], scalars limit: Int) {
        let documents = texts.map { text -> [(key: UInt64, count: Int)] in
            let words = WordSequence(text, scalarLimit: limit).words
            return Self.counted(words.map { NGramKeys.mixed($0 &+ 1) } + NGramKeys.keys(of: words, length: 2))
        }
        var holders: [UInt64: Int] = [:]
        for document in documents { for gram in document { holders[gram.key, default: 0] += 1 } }
        let everybody = Self.sixteenths(1 + texts.count)
        rows = documents.map { document in
            var sums = [Int64](repeating: 0, count: Self.dimensions)
            for gram in document {
                let rarity = everybody - Self.sixteenths(1 + (holders[gram.key] ?? 0))
                let weight = Int64(Self.sixteenths(1 + gram.count) * rarity)
                if weight != 0 { Self.add(weight, signsOf: gram.key, to: &sums) }
            }
            return Self.scaled(sums)
        }
    }

    /// The distinct keys in ascending order, with how often each occurs.
    private static func counted(_ keys: [UInt64]) -> [(key: UInt64, count: Int)] {
        var result: [(key: UInt64, count: Int)] = []
        for key in keys.sorted() {
            if let last = result.last, last.key == key {
                result[result.count - 1].count += 1
            } else {
                result.append((key, 1))
            }
        }
        return result
    }

    /// Adds a weight with the signs of a key: bit b of the w-th word of a SplitMix64 stream decides number 64 w + b.
    private static func add(_ weight: Int64, signsOf key: UInt64, to sums: inout [Int64]) {
        for word in 0..<(dimensions / 64) {
            let bits = NGramKeys.mixed(key ^ (seed &+ UInt64(word + 1) &* 0x9E37_79B9_7F4A_7C15))
            for bit in 0..<64 {
                // All ones where the bit is set: the complement plus one is the negative.
                let flip = 0 &- Int64(truncatingIfNeeded: bits >> UInt64(bit) & 1)
                sums[word &* 64 &+ bit] &+= (weight ^ flip) &- flip
            }
        }
    }

    /// The base-2 logarithm of a number of 1 or more in sixteenths, cut: by squaring four times, in whole numbers.
    package static func sixteenths(_ value: Int) -> Int {
        let exponent = Int.bitWidth - 1 - value.leadingZeroBitCount
        // The number over its power of two, in units of 2⁻³⁰: in 1..<2.
        var fraction = exponent > 30 ? UInt64(value) >> UInt64(exponent - 30) : UInt64(value) << UInt64(30 - exponent)
        var result = exponent
        for _ in 0..<4 {
            fraction = (fraction * fraction) >> 30
            result *= 2
            if fraction >= 1 << 31 {
                fraction >>= 1
                result += 1
            }
        }
        return result
    }

    private static func scaled(_ sums: [Int64]) -> [Int32] {
        let square = sums.reduce(0.0) { $0 + Double($1) * Double($1) }
        guard square > 0 else { return Array(repeating: 0, count: sums.count) }
        let scale = length / square.squareRoot()
        return sums.map { Int32((Double($0) * scale).rounded()) }
    }
}
