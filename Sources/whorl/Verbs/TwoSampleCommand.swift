import ArgumentParser
import Comparison
import ForensicTypes
import LinearAlgebra
import Reporting
import Statistics

struct TwoSampleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "two-sample",
        abstract: "Test whether two samplers answer the same prompts with the same distributions.",
        discussion: """
            FILE holds JSON lines: {"prompt": 3, "side": "a", "text": "..."}. Give several samples per prompt and side. \
            Labels are permuted inside a prompt, so the p-value is never 0 and needs no assumption about the prompts.

            A small p says that the samplers differ. Another system prompt or temperature does that too. A large p says \
            nothing: it is no evidence that the models are the same.

            EXAMPLE
              whorl two-sample answers.jsonl --kernel hamming --chars 200 --permutations 1000 --seed 7
            """)

    enum Kernel: String, ExpressibleByArgument, CaseIterable { case hamming, spectrum, embedding }

    @Argument(help: "The file of samples.")
    var file: String

    @Option(help: "hamming: equal positions. spectrum: shared runs of characters. embedding: shared words.")
    var kernel = Kernel.hamming

    @Option(help: "How many characters (Unicode scalars) of an answer count.")
    var chars = 1000

    @Option(help: "The length of the runs of the spectrum kernel, 1 to 8.")
    var order = 4

    @Option(help: "How many labellings are drawn.")
    var permutations = 1000

    @Option(help: "The seed of the labellings.")
    var seed: UInt64 = 1

    @Option(help: "How many threads one matrix product uses. The numbers are the same.")
    var threads = 1

    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let statistic: Double
        let pValue: Double
        let permutations: Int
        let nA: Int
        let nB: Int
        let prompts: Int
        let excludedPrompts: [String]
        let kernelSeconds: Double
        let permutationSeconds: Double
        let arithmetic: BLASConfiguration

        private enum CodingKeys: String, CodingKey {
            case statistic, permutations, prompts, arithmetic
            case pValue = "p_value"
            case nA = "n_a"
            case nB = "n_b"
            case excludedPrompts = "excluded_prompts"
            case kernelSeconds = "kernel_seconds"
            case permutationSeconds = "permutation_seconds"
        }
    }

    func run() async throws {
        try await output.reportingErrors {
            let test = try TwoSampleTest(
                kernel: chosenKernel, permutations: permutations, seed: seed)
            do throws(LinearAlgebraError) {
                try BLASConfiguration.setThreads(threads)
            } catch {
                throw CommandError(.badInput, "--threads: \(error.message)")
            }
            let samples = try samples()
            let clock = ContinuousClock()
            let started = clock.now
            let prepared = try test.prepare(samples)
            let permuting = clock.now
            let result = try await prepared.permuteConcurrently()
            let ended = clock.now
            try output.print(
                Result(
                    statistic: result.statistic, pValue: result.pValue.value, permutations: permutations,
                    nA: result.countA, nB: result.countB, prompts: result.promptCount,
                    excludedPrompts: result.excludedPrompts, kernelSeconds: (permuting - started).inSeconds,
                    permutationSeconds: (ended - permuting).inSeconds, arithmetic: .current),
                text: Self.text(result, permutations: permutations))
        }
    }

    private var chosenKernel: TwoSampleKernel {
        switch kernel {
        case .hamming: .hamming(length: chars)
        case .spectrum: .spectrum(order: order, length: chars)
        case .embedding: .embedding(length: chars)
        }
    }

    // The file's bytes are released before the kernel is computed.
    private func samples() throws -> [TwoSampleObservation] {
        do {
            return try TwoSampleFile.parse(FileBytes.read(file)).observations
        } catch let error as ComparisonError {
            throw CommandError(.badInput, "\(file): \(error.message)")
        }
    }

    private static func text(_ result: TwoSampleResult, permutations: Int) -> String {
        var lines = [
            "statistic  \(result.statistic.roundedToSixDigits)",
            "p          \(result.pValue.value.roundedToSixDigits) from \(permutations.counted("permutation")) inside prompts",
            "samples    \(result.countA) and \(result.countB), over \(result.promptCount.counted("prompt"))",
        ]
        if !result.excludedPrompts.isEmpty {
            lines.append("left out   \(result.excludedPrompts.count.counted("prompt")) that only one side answered")
        }
        return lines.joined(separator: "\n")
    }
}
