import Comparison
import ForensicTypes
import Statistics
import Testing

@Suite struct SmallAlphabetTests {
    private static let reading = Reading.choice(options: ["red", "green", "blue", "yellow"])

    private func score(suspectShares: [Double], draws: Int = 24, unreadable: Int = 0) throws -> Score {
        let probes = try (0..<24).map { try EvidenceBuilder.probe($0, Self.reading, draws: draws) }
        func model(_ role: ModelRole, _ shares: [Double], _ seed: UInt64) -> ResponseSet {
            var generator = SeededGenerator(seed: seed)
            let names = ["Red.", "green", "I say blue", "Yellow!"]
            return EvidenceBuilder.model("\(role)", role, probes: probes) { _ in
                (0..<draws).map { draw in
                    if draw < unreadable, role == .suspect { return "purple" }
                    let point = generator.uniform()
                    var sum = 0.0
                    for (share, name) in zip(shares, names) {
                        sum += share
                        if point < sum { return name }
                    }
                    return names[3]
                }
            }
        }
        return SmallAlphabet().score(
            EvidenceBuilder.evidence(
                probes, model(.protected, [0.6, 0.2, 0.1, 0.1], 1), model(.suspect, suspectShares, 2)))
    }

    @Test func equalHabitsHaveNoExcessAndOthersDo() throws {
        let same = try score(suspectShares: [0.6, 0.2, 0.1, 0.1])
        #expect(abs(try #require(same.value)) < 4 * (try #require(same.standardError)))
        let other = try score(suspectShares: [0.1, 0.1, 0.2, 0.6])
        #expect(try #require(other.value) > 0.15)
        #expect(other.validity == .valid)
        #expect(other.usableProbes == 24)
    }

    @Test func unreadableDrawsAreMissingAndCounted() throws {
        let score = try score(suspectShares: [0.6, 0.2, 0.1, 0.1], unreadable: 12)
        #expect(abs(try #require(score.value)) < 4 * (try #require(score.standardError)))
        #expect(score.details["unread_answers"] == 288)
    }

    @Test func tooFewDrawsAreRefused() throws {
        let score = try score(suspectShares: [0.6, 0.2, 0.1, 0.1], draws: 4)
        #expect(score.validity == .notComputable)
    }

    @Test func theSeedDecidesTheHalvings() throws {
        #expect(try score(suspectShares: [0.5, 0.3, 0.1, 0.1]) == score(suspectShares: [0.5, 0.3, 0.1, 0.1]))
    }
}
