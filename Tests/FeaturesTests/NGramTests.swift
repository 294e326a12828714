import Features
import TestSupport
import Testing

@Suite struct NGramTests {
    @Test func scalarsFollowTheReference() throws {
        for vector in try FeatureVectors.all() {
            #expect(ScalarText(vector.bytes).scalars == vector.scalars)
        }
    }

    @Test func wordsFollowTheReference() throws {
        for vector in try FeatureVectors.all() {
            let expected = vector.words.compactMap { UInt64($0, radix: 16) }
            #expect(WordSequence(vector.bytes).words == expected)
        }
    }

    @Test func countsFollowTheReference() throws {
        for vector in try FeatureVectors.all() {
            for grams in vector.grams {
                let unit = try #require(HashedNGrams.Unit(rawValue: grams.unit))
                let features = try #require(
                    HashedNGrams(unit: unit, lengths: grams.low...grams.high, bucketBits: grams.bits))
                let counts = features.counts(of: vector.bytes)
                let found = counts.indices.filter { counts[$0] > 0 }.map { [$0, Int(counts[$0])] }
                #expect(found == grams.counts, "\(grams.unit) \(grams.low)...\(grams.high)")
            }
        }
    }

    @Test func brokenBytesStayDifferentAndAreCounted() {
        let first = ScalarText([0x61, 0xFF])
        let second = ScalarText([0x61, 0xFE])
        #expect(first.scalars != second.scalars)
        #expect(first.brokenBytes == 1)
        // A lone continuation, an overlong form, a surrogate and a value above U+10FFFF: one number per byte.
        for bytes: [UInt8] in [[0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]] {
            let expected = bytes.map { (byte: UInt8) -> UInt32 in 0xDC00 + UInt32(byte) }
            #expect(ScalarText(bytes).scalars == expected)
        }
    }

    @Test func everyValidTextDecodesLikeTheStandardLibrary() {
        let text = "a\u{7F}\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF}"
        #expect(ScalarText(Array(text.utf8)).scalars == text.unicodeScalars.map(\.value))
    }

    @Test func countsAddUpAndLogsFollow() throws {
        let features = try #require(HashedNGrams(unit: .bytes, lengths: 3...5, bucketBits: 10))
        let text = Array("abcabcabcabc".utf8)
        #expect(features.counts(of: text).reduce(0, +) == 27)
        let logs = features.logCounts(of: text)
        for (count, log) in zip(features.counts(of: text), logs) { #expect((count == 0) == (log == 0)) }
        var twice = features.counts(of: text)
        features.add(text, to: &twice)
        let doubled = features.counts(of: text).map { (count: UInt32) -> UInt32 in 2 * count }
        #expect(twice == doubled)
    }

    @Test(arguments: [0, 6, 25]) func impossibleDescriptionsAreRefused(bits: Int) {
        #expect(HashedNGrams(unit: .words, lengths: 1...5, bucketBits: bits) == nil)
        #expect(HashedNGrams(unit: .words, lengths: 0...5) == nil)
        #expect(HashedNGrams(unit: .bytes, lengths: 3...6) == nil)
    }

    @Test func aTenMegabyteTextIsCountedOnce() throws {
        let features = try #require(HashedNGrams(unit: .bytes, lengths: 3...5))
        let text = (0..<10_000_000).map { (index: Int) -> UInt8 in
            UInt8(truncatingIfNeeded: (index &* 37) ^ (index >> 8))
        }
        let total = features.counts(of: text).reduce(0) { $0 + Int($1) }
        let expected = 3 * text.count - 9
        #expect(total == expected)
    }
}
