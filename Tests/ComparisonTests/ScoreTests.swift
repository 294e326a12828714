import Comparison
import Foundation
import TestSupport
import Testing

@Suite struct ScoreTests {
    @Test(
        arguments: [
            (0.123_456_78, 0.123_457), (-1234.5678, -1234.57), (1e-7, 1e-7), (9_999_996, 1e7), (0, 0), (-0.0, 0),
            (1.234_565, 1.23457), (123_456.5, 123_457), (2.5e-300, 2.5e-300), (1.999_999_9e20, 2e20),
            (.leastNonzeroMagnitude, .leastNonzeroMagnitude),
        ] as [(Double, Double)]) func sixDigitsAreKept(value: Double, rounded: Double)
    {
        #expect(value.roundedToSixDigits == rounded)
        #expect(value.roundedToSixDigits.roundedToSixDigits == rounded)
    }

    @Test func aScoreSurvivesEncodingUpToSixDigits() throws {
        let score = Score(
            comparator: .decisionAgreement, value: 2.123_456_789, standardError: 0.1, usableProbes: 40,
            validity: .limited,
            reasons: [Score.Reason(code: "too-few-probes", text: "40 usable probes.", numbers: ["found": 40])],
            details: ["weighted_agreement": 1.0 / 3])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = String(decoding: try encoder.encode(score), as: UTF8.self)
        #expect(
            json == #"{"comparator":"decision-agreement","details":{"weighted_agreement":"0.333333"},"#
                + #""reasons":[{"code":"too-few-probes","numbers":{"found":"40.0"},"text":"40 usable probes."}],"#
                + #""standard_error":"0.1","usable_probes":40,"validity":"limited","value":"2.12346"}"#)
        let decoded = try JSONDecoder().decode(Score.self, from: Data(json.utf8))
        #expect(decoded.value == 2.12346)
        #expect(decoded.reasons == score.reasons)
    }

    @Test func aValueThatIsNoNumberMakesTheScoreAbsent() {
        let score = Score(
            comparator: .smallAlphabet, value: .nan, usableProbes: 3, details: ["a": .infinity, "b": 1])
        #expect(score.validity == .notComputable)
        #expect(score.value == nil)
        #expect(score.reasons.map(\.code) == ["not-finite"])
        #expect(score.details == ["b": 1])
    }

    @Test(arguments: [
        #"{"comparator":"small-alphabet","details":{},"reasons":[],"usable_probes":0,"validity":"valid"}"#,
        #"{"comparator":"small-alphabet","details":{},"reasons":[],"usable_probes":0,"validity":"not_computable","value":"1"}"#,
        #"{"comparator":"small-alphabet","details":{},"reasons":[],"usable_probes":0,"validity":"valid","value":"inf"}"#,
        #"{"comparator":"unheard-of","details":{},"reasons":[],"usable_probes":0,"validity":"valid","value":"1"}"#,
    ]) func contradictionsAreRefused(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Score.self, from: Data(json.utf8)) }
    }

    @Test func jackknifeOfAMeanIsItsStandardError() throws {
        let values = [1.0, 4, 2, 8, 5]
        let mean = values.reduce(0, +) / 5
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4
        let found = try #require(Jackknife.standardErrorOfRatio(values, [1, 1, 1, 1, 1]))
        #expect(isClose(found, (variance / 5).squareRoot(), relative: 1e-12))
        #expect(Jackknife.standardErrorOfRatio([1], [1]) == nil)
    }
}
