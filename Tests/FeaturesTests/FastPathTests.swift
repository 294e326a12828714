import Features
import Statistics
import TestSupport
import Testing

/// The readers in one pass against the definitions, on texts of ASCII, other scripts, and bytes that are not UTF-8.
@Suite("Features in one pass")
struct FastPathTests {
    private static let pieces: [[UInt8]] =
        [
            "a", " ", "Bc9", "世", "界é", "🙂", "ＡＢ", "\u{2014}", "ZEBRA of words, and more of them ", "안녕", "\0", "ß",
        ].map { Array($0.utf8) } + [[0xFF], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x99], [0xC3]]

    private static func texts(_ count: Int) -> [[UInt8]] {
        var generator = SeededGenerator(seed: 17)
        return (0..<count).map { _ in
            (0..<generator.index(below: 24)).flatMap { _ in pieces[generator.index(below: pieces.count)] }
        }
    }

    /// Scalars one by one, by the rule that ``ScalarText`` states.
    private static func scalars(_ text: [UInt8]) -> [UInt32] {
        var result: [UInt32] = []
        var rest = text[...]
        while let first = rest.first {
            let length = (1...4).last { length in
                let text = String(validating: rest.prefix(length), as: UTF8.self)
                return rest.count >= length && text?.unicodeScalars.count == 1
            }
            if let length, let scalar = String(decoding: rest.prefix(length), as: UTF8.self).unicodeScalars.first {
                result.append(scalar.value)
                rest = rest.dropFirst(length)
            } else {
                result.append(0xDC00 + UInt32(first))
                rest = rest.dropFirst()
            }
        }
        return result
    }

    @Test func scalarsAndWordsFollowTheRules() {
        for text in Self.texts(2000) {
            let scalars = Self.scalars(text)
            #expect(ScalarText(text).scalars == scalars)
            let words = WordSequence(scalars: scalars).words
            #expect(WordSequence(text).words == words)
            for limit in [0, 1, 3] {
                #expect(ScalarText(text, limit: limit).scalars == Array(scalars.prefix(limit)))
                #expect(WordSequence(text, limit: limit).words == Array(words.prefix(limit)))
            }
            #expect(WordSequence(text, scalarLimit: 7).words == WordSequence(scalars: Array(scalars.prefix(7))).words)
        }
    }

    @Test func countsFollowTheKeys() throws {
        for lengths in [3...5, 4...4, 1...2, 2...5, 5...5] {
            for unit in [HashedNGrams.Unit.scalars, .words] {
                let features = try #require(HashedNGrams(unit: unit, lengths: lengths, bucketBits: 12))
                for text in Self.texts(300) {
                    let units = unit == .words ? WordSequence(text).words : ScalarText(text).scalars.map(UInt64.init)
                    var expected = [UInt32](repeating: 0, count: features.bucketCount)
                    for length in lengths {
                        for key in NGramKeys.keys(of: units, length: length) {
                            expected[Int(NGramKeys.mixed(key &+ UInt64(length)) >> 52)] += 1
                        }
                    }
                    #expect(features.counts(of: text) == expected)
                }
            }
        }
    }

    @Test func appendedKeysAreThoseOfTheUnits() {
        for text in Self.texts(1000) {
            for limit in [3, 4, 20, 600] {
                let opening = ScalarText(text, limit: limit).scalars.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
                var keys: [UInt64] = [9]
                NGramKeys.appendFourGrams(ofOpening: text, scalars: limit, to: &keys)
                #expect(keys == [9] + NGramKeys.keys(ofScalars: opening, length: 4))
            }
            let words = WordSequence(text).words
            var keys: [UInt64] = [9]
            NGramKeys.appendKeys(of: words, length: 5, to: &keys)
            #expect(keys == [9] + NGramKeys.keys(of: words, length: 5))
        }
    }
}
