import Foundation
import Statistics
import TestSupport
import Testing

struct ExactTestTests {
    struct Vectors: Decodable {
        struct Binomial: Decodable {
            let successes: Int
            let trials: Int
            let probability: Double
            let greater: Double
            let less: Double
            let two_sided: Double
            let lower: Double
            let upper: Double
        }
        struct Fisher: Decodable {
            let table: [Int]
            let p: Double
        }
        struct Correction: Decodable {
            let p: [Double]
            let holm: [Double]
            let bh: [Double]
        }
        let binomial: [Binomial]
        let fisher: [Fisher]
        let corrections: [Correction]
    }

    private let vectors: Vectors

    init() throws { vectors = try ReferenceVectors<Vectors>.load("exact_tests", from: .module) }

    @Test func binomial() throws {
        for entry in vectors.binomial {
            func pValue(_ alternative: Alternative) throws -> Double {
                try BinomialTest(
                    successes: entry.successes, trials: entry.trials, probability: entry.probability,
                    alternative: alternative
                ).pValue
            }
            #expect(isClose(try pValue(.greater), entry.greater, relative: 1e-9))
            #expect(isClose(try pValue(.less), entry.less, relative: 1e-9, absolute: 1e-14))
            #expect(isClose(try pValue(.twoSided), entry.two_sided, relative: 1e-9))
            let interval = try ClopperPearson(successes: entry.successes, trials: entry.trials)
            #expect(isClose(interval.lower, entry.lower, relative: 1e-9))
            #expect(isClose(interval.upper, entry.upper, relative: 1e-9))
        }
    }

    @Test func fisher() throws {
        for entry in vectors.fisher {
            let table = entry.table
            let test = try FisherExact(a: table[0], b: table[1], c: table[2], d: table[3])
            #expect(isClose(test.pValue, entry.p, relative: 1e-9))
        }
    }

    @Test func corrections() throws {
        for entry in vectors.corrections {
            #expect(areClose(try HolmCorrection.adjusted(entry.p), entry.holm))
            #expect(areClose(try BenjaminiHochberg.adjusted(entry.p), entry.bh))
        }
        #expect(try HolmCorrection.adjusted([]).isEmpty)
    }

    @Test func refusesImpossibleCounts() {
        let invalid = StatisticsError.Code.invalidNumber
        #expect(code { try BinomialTest(successes: 3, trials: 2, probability: 0.5) } == invalid)
        #expect(code { try BinomialTest(successes: 1, trials: 2, probability: .nan) } == invalid)
        #expect(code { try ClopperPearson(successes: 0, trials: 0) } == invalid)
        #expect(code { try ClopperPearson(successes: 0, trials: 1, confidence: 1) } == invalid)
        #expect(code { try FisherExact(a: -1, b: 0, c: 0, d: 0) } == invalid)
        #expect(code { try HolmCorrection.adjusted([0.1, 1.1]) } == invalid)
        #expect(code { try BenjaminiHochberg.adjusted([.nan]) } == invalid)
    }

    @Test func extremesAreExact() throws {
        #expect(try BinomialTest(successes: 0, trials: 5, probability: 0).pValue == 1)
        #expect(try BinomialTest(successes: 5, trials: 5, probability: 1, alternative: .twoSided).pValue == 1)
        #expect(try ClopperPearson(successes: 0, trials: 9).lower == 0)
        #expect(try ClopperPearson(successes: 9, trials: 9).upper == 1)
        #expect(try FisherExact(a: 0, b: 0, c: 0, d: 0).pValue == 1)
    }
}

/// The code of the error that `body` throws.
func code<Value>(_ body: () throws -> Value) -> StatisticsError.Code? {
    do {
        _ = try body()
        return nil
    } catch {
        return (error as? StatisticsError)?.code
    }
}
