import Comparison

/// How often the two-sample test finds a difference with each of its kernels, against three kinds of differences.
///
/// Each data set has 8 prompts and 6 answers a side of about 24 words; 199 permutations, level 5 %. With the effect as probability an answer of
/// side b follows another opening; a word of it comes from another vocabulary; or a sentence that all know stands before it.
enum KernelBenchmark {
    private enum Difference: String, CaseIterable {
        case opening = "another opening", vocabulary = "other words", preface = "a sentence before the answer"
    }

    static func run(_ arguments: [String]) throws {
        let dataSets = arguments.first.flatMap { Int($0) } ?? 200
        let kernels: [(String, TwoSampleKernel)] = [
            ("hamming", .hamming(length: 200)), ("spectrum", .spectrum(order: 4, length: 200)),
            ("embedding", .embedding(length: 200)),
        ]
        print("rejected of \(dataSets) data sets at 5 %: hamming, spectrum, embedding")
        for difference in Difference.allCases {
            for effect in difference == .opening ? [0, 0.2, 0.3, 0.6] : [0.2, 0.3, 0.6] {
                var generator = Draws(state: 11)
                var rejected = kernels.map { _ in 0 }
                for number in 0..<dataSets {
                    let observations = answers(difference, effect, &generator)
                    for (index, kernel) in kernels.enumerated() {
                        let test = try TwoSampleTest(kernel: kernel.1, permutations: 199, seed: UInt64(number))
                        if try test.prepare(observations).permute().pValue.value <= 0.05 { rejected[index] += 1 }
                    }
                }
                print("\(difference.rawValue), effect \(effect): \(rejected.map(String.init).joined(separator: ", "))")
            }
        }
    }

    private static func answers(
        _ difference: Difference, _ effect: Double, _ generator: inout Draws
    ) -> [TwoSampleObservation] {
        var result: [TwoSampleObservation] = []
        for prompt in 0..<8 {
            let openings = (0..<2).map { _ in (0..<12).map { _ in generator.word(60) } }
            for side in [TwoSampleObservation.Side.a, .b] {
                for _ in 0..<6 {
                    let isOther = side == .b && generator.uniform() < effect
                    // An answer leaves its opening at a word of its own, as sampled answers do.
                    let kept = 2 + generator.below(10)
                    var words = Array(openings[difference == .opening && isOther ? 1 : 0].prefix(kept))
                    while words.count < 24 {
                        let isChanged = difference == .vocabulary && side == .b && generator.uniform() < effect
                        words.append(generator.word(60, from: isChanged ? 1000 : 0))
                    }
                    if difference == .preface, isOther {
                        words = ["Certainly", "here", "is", "what", "I", "think"] + words
                    }
                    result.append(
                        TwoSampleObservation(
                            prompt: "\(prompt)", side: side, text: Array(words.joined(separator: " ").utf8)))
                }
            }
        }
        return result
    }

    /// A linear congruential generator and words of its numbers.
    private struct Draws {
        var state: UInt64

        mutating func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }

        mutating func uniform() -> Double { Double(below(1 << 30)) / Double(1 << 30) }

        /// A word of three to eight letters; low numbers are more common.
        mutating func word(_ count: Int, from start: Int = 0) -> String {
            var number = UInt64(start + min(below(count), below(count)) + 1) &* 0x9E37_79B9_7F4A_7C15
            var word = ""
            for _ in 0..<(3 + Int(number >> 61)) {
                word.unicodeScalars.append(Unicode.Scalar(UInt8(97 + (number >> 40) % 26)))
                number = number &* 6_364_136_223_846_793_005 &+ 1
            }
            return word
        }
    }
}
