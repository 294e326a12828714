import Comparison
import Foundation
import LinearAlgebra
import Statistics
import TestSupport
import Testing

struct TwoSampleTests {
    /// The statistic straight from its definition, in a loop over all pairs.
    private func direct(_ observations: [TwoSampleObservation], length: Int) -> Double {
        var (sums, counts) = ([0.0, 0.0, 0.0], [0, 0, 0])
        let padded = observations.map { observation in
            let scalars = String(decoding: observation.text, as: UTF8.self).unicodeScalars.prefix(length).map(\.value)
            return scalars + Array(repeating: .max, count: length - scalars.count)
        }
        for left in observations.indices {
            for right in observations.indices
            where left != right && observations[left].prompt == observations[right].prompt {
                let equal = zip(padded[left], padded[right]).count { $0 == $1 }
                let kind = [observations[left].side, observations[right].side].count { $0 == .b }
                sums[kind] += Double(equal) / Double(length)
                counts[kind] += 1
            }
        }
        return sums[0] / Double(counts[0]) - 2 * sums[1] / Double(counts[1]) + sums[2] / Double(counts[2])
    }

    private func reference() throws -> [TwoSampleObservation] {
        let url = Bundle.module.bundleURL.appending(path: "Fixtures/TwoSample/equal-25x10x50.jsonl")
        return try TwoSampleFile.parse([UInt8](Data(contentsOf: url))).observations
    }

    @Test func equalsTheModelEqualityTestingPackage() throws {
        let observations = try reference()
        let test = try TwoSampleTest(kernel: .hamming(length: 50), permutations: 1000, seed: 1)
        let result = try test.prepare(observations).permute()
        #expect(isClose(result.statistic, 0.002817777777777808, relative: 0, absolute: 1e-12))
        #expect(isClose(result.statistic, direct(observations, length: 50), relative: 0, absolute: 1e-12))
        #expect(result.countA == 250 && result.countB == 250 && result.promptCount == 25)
        // An independent implementation gives 0.284; two estimates from 1,000 labellings differ by 0.02 (one sigma).
        #expect(abs(result.pValue.value - 0.284) < 0.08)
    }

    /// The same number on every machine, thread count and processor kernel. Run this suite again with
    /// `OPENBLAS_CORETYPE=Haswell` and `Prescott`.
    @Test func pValueIsTheSameEverywhere() async throws {
        let observations = try reference()
        let test = try TwoSampleTest(kernel: .hamming(length: 50), permutations: 999, seed: 7)
        let prepared = try test.prepare(observations)
        let result = try prepared.permute()
        #expect(result.pValue.exceedances == 284)
        #expect(try await prepared.permuteConcurrently() == result)

        let spectrum = try TwoSampleTest(kernel: .spectrum(order: 3, length: 50), permutations: 999, seed: 7)
        let runs = try spectrum.prepare(observations)
        #expect(try runs.permute().pValue.exceedances == 583)
        #expect(try await runs.permuteConcurrently() == runs.permute())
    }

    @Test func statisticEqualsItsDefinitionOnUnevenData() throws {
        var generator = SeededGenerator(seed: 12)
        for length in [1, 7, 300] {
            var observations = TwoSampleData(prompts: 6, samples: 9, length: 300, effect: 0.5)
                .observations(using: &generator)
            observations = observations.enumerated().filter { $0.offset % 7 != 3 }.map(\.element)
            generator.shuffle(&observations)
            observations.append(.init(prompt: "0", side: .b, text: Array("日本語 🙂 text".utf8)))
            let test = try TwoSampleTest(kernel: .hamming(length: length), permutations: 9, seed: 1)
            let prepared = try test.prepare(observations)
            #expect(
                isClose(
                    try prepared.permute().statistic, direct(observations, length: length), relative: 0, absolute: 1e-12
                ))
        }
    }

    @Test func manyDistinctCharactersAndManyPositionsStayExact() throws {
        // More than 255 and more than 65,535 distinct scalars, and more positions than a narrow lane counts to.
        for (distinct, length) in [(300, 400), (70_000, 40_000)] {
            let texts = (0..<4).map { text in
                (0..<length).map { UInt32(0xE000 + ($0 * (text < 2 ? 1 : 2) + text) % distinct) }
            }
            let observations = texts.enumerated().map { index, scalars in
                var text = String.UnicodeScalarView()
                text.append(contentsOf: scalars.compactMap(Unicode.Scalar.init))
                return TwoSampleObservation(
                    prompt: "p", side: index % 2 == 0 ? .a : .b, text: Array(String(text).utf8))
            }
            let test = try TwoSampleTest(kernel: .hamming(length: length), permutations: 5, seed: 1)
            let statistic = try test.prepare(observations).permute().statistic
            #expect(isClose(statistic, direct(observations, length: length), relative: 0, absolute: 1e-12))
        }
    }

    @Test func tiesAreKept() throws {
        // Two prompts of two samples each: four labellings, and every one is the observed one or its mirror.
        let texts = [("1", "aaaa", "bbbb"), ("1", "aaaa", "bbbb"), ("2", "cccc", "dddd"), ("2", "cccc", "dddd")]
        let observations = texts.flatMap { prompt, a, b in
            [
                TwoSampleObservation(prompt: prompt, side: .a, text: Array(a.utf8)),
                TwoSampleObservation(prompt: prompt, side: .b, text: Array(b.utf8)),
            ]
        }
        let test = try TwoSampleTest(kernel: .hamming(length: 4), permutations: 20_000, seed: 3)
        let result = try test.prepare(observations).permute()
        // Of the 6 × 6 labellings 2 × 2 reach the observed statistic.
        #expect(abs(result.pValue.value - 4.0 / 36) < 0.01)
        #expect(result.statistic == 2)
    }

    @Test func identicalSamplesGiveNothing() throws {
        let observations = (0..<12).map {
            TwoSampleObservation(prompt: "\($0 % 2)", side: $0 % 4 < 2 ? .a : .b, text: Array("same".utf8))
        }
        for kernel in [TwoSampleKernel.hamming(length: 8), .spectrum(order: 2, length: 8)] {
            let prepared = try TwoSampleTest(kernel: kernel, permutations: 99, seed: 1).prepare(observations)
            let result = try prepared.permute()
            #expect(result.statistic == 0)
            #expect(result.pValue.value == 1)
            #expect(prepared.standardError == 0)
        }
    }

    @Test func oneSidedPromptsAreNamedAndLeftOut() throws {
        var generator = SeededGenerator(seed: 4)
        let both = TwoSampleData(prompts: 3, samples: 4).observations(using: &generator)
        let lonely = [
            TwoSampleObservation(prompt: "only a", side: .a, text: [65]),
            TwoSampleObservation(prompt: "only b", side: .b, text: [65]),
        ]
        let test = try TwoSampleTest(kernel: .hamming(length: 50), permutations: 99, seed: 1)
        let result = try test.prepare([lonely[0]] + both + [lonely[1]]).permute()
        #expect(result.excludedPrompts == ["only a", "only b"])
        #expect(result.countA == 12 && result.countB == 12 && result.promptCount == 3)
        #expect(result.statistic == (try test.prepare(both).permute().statistic))
    }

    @Test func tooFewSamplesAreRefused() throws {
        let test = try TwoSampleTest(kernel: .hamming(length: 5), permutations: 9, seed: 1)
        let a = TwoSampleObservation(prompt: "p", side: .a, text: [65])
        let b = TwoSampleObservation(prompt: "p", side: .b, text: [66])
        let foreign = TwoSampleObservation(prompt: "q", side: .b, text: [66])
        for samples in [[], [a, b], [a, a, b], [a, b, b], [a, a], [a, a, foreign, foreign]] {
            #expect(code { try test.prepare(samples) } == .tooFewSamples)
        }
        // Four of five positions are padding on both sides.
        #expect(isClose(try test.prepare([a, a, b, b]).permute().statistic, 2 * 0.2))
    }

    @Test func settingsOutsideTheirRangeAreRefused() {
        #expect(code { try TwoSampleTest(kernel: .hamming(length: 0), seed: 1) } == .outOfRange)
        #expect(code { try TwoSampleTest(kernel: .hamming(length: 2_000_000), seed: 1) } == .outOfRange)
        #expect(code { try TwoSampleTest(kernel: .spectrum(order: 9, length: 20), seed: 1) } == .outOfRange)
        #expect(code { try TwoSampleTest(kernel: .spectrum(order: 3, length: 2), seed: 1) } == .outOfRange)
        #expect(code { try TwoSampleTest(kernel: .hamming(length: 5), permutations: 0, seed: 1) } == .outOfRange)
    }

    @Test func longAnswersAreCut() throws {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000_000)
        let short = Array(long[..<20])
        func result(_ text: [UInt8]) throws -> TwoSampleResult {
            let observations = [TwoSampleObservation.Side.a, .b, .a, .b].enumerated().map { index, side in
                TwoSampleObservation(prompt: "p", side: side, text: index == 0 ? text : short)
            }
            return try TwoSampleTest(kernel: .hamming(length: 20), permutations: 9, seed: 1)
                .prepare(observations).permute()
        }
        #expect(try result(long) == result(short))
    }

    @Test func labelsStayInTheirBlockOfTime() throws {
        // The endpoints drifted together between two blocks, which is no difference between them.
        let observations = (0..<40).map { index in
            let block = index / 20
            // Side a was asked more often before the drift, side b after it.
            let side: TwoSampleObservation.Side = index % 20 < (block == 0 ? 14 : 6) ? .a : .b
            return TwoSampleObservation(
                prompt: "p", side: side, timeBlock: block, text: Array((block == 0 ? "before" : "behind").utf8))
        }
        let blind = observations.map { TwoSampleObservation(prompt: $0.prompt, side: $0.side, text: $0.text) }
        let test = try TwoSampleTest(kernel: .hamming(length: 6), permutations: 999, seed: 1)
        #expect(try test.prepare(observations).permute().pValue.value == 1)
        #expect(try test.prepare(blind).permute().pValue.value < 0.05)
    }

    /// The code of the error that `body` throws.
    private func code<Value>(_ body: () throws -> Value) -> ComparisonError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? ComparisonError)?.code
        }
    }
}
