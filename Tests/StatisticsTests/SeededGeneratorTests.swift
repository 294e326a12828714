import Foundation
import Statistics
import TestSupport
import Testing

struct SeededGeneratorTests {
    struct Vectors: Decodable {
        struct Seed: Decodable {
            let seed: String
            let first: [String]
            let after_jump: [String]
        }
        let from_state_1234: [String]
        let seeds: [Seed]
    }

    @Test func knownAnswers() throws {
        let vectors = try ReferenceVectors<Vectors>.load("generators", from: .module)
        var generator = SeededGenerator(state: (1, 2, 3, 4))
        #expect(vectors.from_state_1234.map { _ in String(generator.next()) } == vectors.from_state_1234)
        for entry in vectors.seeds {
            let seed = try #require(UInt64(entry.seed))
            var rest = SeededGenerator(seed: seed)
            var first = rest.split()
            #expect(entry.first.map { _ in String(first.next()) } == entry.first)
            #expect(entry.after_jump.map { _ in String(rest.next()) } == entry.after_jump)
        }
    }

    @Test func boundedIntegersAreUniform() {
        var generator = SeededGenerator(seed: 7)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[generator.index(below: 7)] += 1 }
        // Chi-squared with 6 degrees of freedom exceeds 22.5 once in a thousand seeds; the seed is fixed.
        let chiSquared = counts.reduce(0.0) { $0 + pow(Double($1) - 10_000, 2) / 10_000 }
        #expect(chiSquared < 22.5)
        #expect(generator.integer(below: 1) == 0)
        for _ in 0..<1000 { #expect(generator.integer(below: 1 << 63 + 1) <= 1 << 63) }
    }

    @Test func shufflesAreUniform() {
        var generator = SeededGenerator(seed: 11)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<24_000 {
            var order = [0, 1, 2, 3]
            generator.shuffle(&order)
            counts[order, default: 0] += 1
        }
        #expect(counts.count == 24)
        // 23 degrees of freedom, 99.9 % quantile.
        #expect(counts.values.reduce(0.0) { $0 + pow(Double($1) - 1000, 2) / 1000 } < 49.7)
    }

    @Test func normalDeviatesHaveTheirMoments() {
        var generator = SeededGenerator(seed: 3)
        let values = (0..<100_000).map { _ in generator.normal() }
        let mean = values.reduce(0, +) / 1e5
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1e5
        #expect(abs(mean) < 0.012)
        #expect(abs(variance - 1) < 0.02)
        #expect(abs(Double(values.count { $0 > 1.959964 }) / 1e5 - 0.025) < 0.002)
    }

    @Test func uniformNumbersAreInRange() {
        var generator = SeededGenerator(seed: 5)
        let values = (0..<10_000).map { _ in generator.uniform() }
        #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
        #expect(abs(values.reduce(0, +) / 1e4 - 0.5) < 0.012)
    }
}
