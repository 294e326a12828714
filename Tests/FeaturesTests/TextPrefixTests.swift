import Features
import Testing

@Suite struct TextPrefixTests {
    @Test func firstScalarsCutBetweenCharactersOnly() {
        let text = Array("aé你🙂b".utf8)
        let lengths = [0, 1, 3, 6, 10, 11, 11]
        for count in 0...6 { #expect(TextPrefix.first(count, scalarsOf: text).count == lengths[count]) }
        #expect(TextPrefix.first(2, scalarsOf: [0xFF, 0xFE, 0x61]).count == 2)
        #expect(TextPrefix.first(.max, scalarsOf: text).count == text.count)
    }

    @Test func commonPrefixesCountUnits() {
        let left = Array("The cat sat, and slept".utf8)
        let right = Array("the cat sat. And ran".utf8)
        #expect(TextPrefix.commonScalars(left, right) == 0)
        #expect(TextPrefix.commonWords(left, right) == 4)
        #expect(TextPrefix.commonScalars(left, left) == left.count)
        #expect(TextPrefix.commonWords([], right) == 0)
    }

    @Test func commonWordsAreThoseOfTheSequences() {
        var state: UInt64 = 3
        func index(below bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let pieces =
            ["a", "B", "é", "你", "🙂", " ", ". ", "12", "\u{2019}", "word", "ー"].map { Array($0.utf8) } + [
                [0xFF], [0xC3],
            ]
        for _ in 0..<500 {
            let shared = (0..<index(below: 12)).flatMap { _ in pieces[index(below: pieces.count)] }
            let texts = (0..<2).map { _ in
                shared + (0..<index(below: 6)).flatMap { _ in pieces[index(below: pieces.count)] }
            }
            let words = texts.map { WordSequence(scalars: ScalarText($0).scalars).words }
            #expect(texts.map { WordSequence($0).words } == words)
            let expected = zip(words[0], words[1]).prefix { $0 == $1 }.count
            #expect(TextPrefix.commonWords(texts[0], texts[1]) == expected)
            let limit = index(below: 9)
            let scalars = ScalarText(texts[0], limit: limit).scalars
            #expect(WordSequence(texts[0], scalarLimit: limit).words == WordSequence(scalars: scalars).words)
            #expect(WordSequence(texts[0], limit: limit).words == Array(words[0].prefix(limit)))
        }
    }

    @Test func positionsBehindBothEndsAreEqual() {
        #expect(TextPrefix.equalPositions(Array("abc".utf8), Array("abd".utf8), count: 10) == 9)
        #expect(TextPrefix.equalPositions(Array("abc".utf8), Array("ab".utf8), count: 10) == 9)
        #expect(TextPrefix.equalPositions([], [], count: 10) == 10)
    }
}
