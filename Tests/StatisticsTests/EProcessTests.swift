import Foundation
import Statistics
import TestSupport
import Testing

struct EProcessTests {
    struct Case: Decodable {
        let null: EProcess.Null
        let bound: Double
        let observations: [Double]
        let wealth: Double
        let largest: Double
    }

    @Test func knownAnswers() throws {
        for entry in try ReferenceVectors<[Case]>.load("betting", from: .module) {
            var process = try EProcess(null: entry.null, bound: entry.bound)
            for observation in entry.observations { try process.observe(observation) }
            #expect(isClose(exp(process.logWealth), entry.wealth, relative: 1e-9))
            #expect(isClose(process.pValue, 1 / entry.largest, relative: 1e-9))
            #expect(process.observations == entry.observations.count)
        }
    }

    @Test func villeBoundsFalseRejectionUnderOptionalStopping() throws {
        var generator = SeededGenerator(seed: 6)
        var rejected = 0
        for _ in 0..<2000 {
            var process = try EProcess(null: .atLeast, bound: 0.8)
            for _ in 0..<200 { try process.observe(generator.uniform() < 0.8 ? 1 : 0) }
            if process.isRejected(alpha: 0.05) { rejected += 1 }
        }
        // At most 100 expected; three standard deviations above that.
        #expect(rejected <= 130)
    }

    @Test func aSwappedModelIsRefutedFast() throws {
        var generator = SeededGenerator(seed: 8)
        var process = try EProcess(null: .atLeast, bound: 0.9)
        while !process.isRejected(alpha: 0.01), process.observations < 100 {
            try process.observe(generator.uniform() < 0.4 ? 1 : 0)
        }
        #expect(process.observations < 20)
    }

    @Test func refusesBadNumbers() throws {
        for bound in [0, 1, Double.nan] {
            #expect(code { try EProcess(null: .atMost, bound: bound) } == .invalidNumber)
        }
        var process = try EProcess(null: .atMost, bound: 0.5)
        for value in [-0.1, 1.1, Double.nan] { #expect(code { try process.observe(value) } == .invalidNumber) }
        #expect(process.observations == 0)
        #expect(process.pValue == 1)
    }
}
