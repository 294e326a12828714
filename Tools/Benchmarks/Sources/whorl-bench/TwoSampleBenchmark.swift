import Comparison
import Foundation

/// The phases of the two-sample test on a file of samples.
enum TwoSampleBenchmark {
    static func run(_ arguments: [String]) throws {
        guard arguments.count == 3, let length = Int(arguments[1]), let permutations = Int(arguments[2]) else {
            print("give FILE LENGTH PERMUTATIONS")
            return
        }
        let start = ProcessorTime.seconds
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: arguments[0])))
        let observations = try TwoSampleFile.parse(bytes).observations
        let parsed = ProcessorTime.seconds
        let test = try TwoSampleTest(kernel: .hamming(length: length), permutations: permutations, seed: 1)
        let prepared = try test.prepare(observations)
        let computed = ProcessorTime.seconds
        let result = try prepared.permute()
        let permuted = ProcessorTime.seconds
        print("statistic \(result.statistic), p \(result.pValue.value)")
        print("parse \(parsed - start) s, kernel \(computed - parsed) s, permutations \(permuted - computed) s")
        print("processor time \(permuted) s, peak memory \(ProcessorTime.peakMemory) MiB")
    }
}
