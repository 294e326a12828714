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

    @Test func positionsBehindBothEndsAreEqual() {
        #expect(TextPrefix.equalPositions(Array("abc".utf8), Array("abd".utf8), count: 10) == 9)
        #expect(TextPrefix.equalPositions(Array("abc".utf8), Array("ab".utf8), count: 10) == 9)
        #expect(TextPrefix.equalPositions([], [], count: 10) == 10)
    }
}
