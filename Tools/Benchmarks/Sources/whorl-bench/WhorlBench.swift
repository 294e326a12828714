import LinearAlgebra

/// Measures the kernels. Every figure is processor time of this process, best of several runs.
@main
enum WhorlBench {
    private static let benchmarks: [(name: String, summary: String, run: @Sendable ([String]) throws -> Void)] = [
        ("gram", "Gram and general products as a share of the measured multiply-add peak", GramBenchmark.run),
        ("features", "hashed n-grams, megabytes of text per second, and what bounds them", FeatureBenchmark.run),
        ("answers", "answers of providers scanned and read, beside Python", AnswerBenchmark.run),
        ("similarity", "panel-normalised similarity of a pair and of a population", SimilarityBenchmark.run),
        (
            "kernels", "power of the kernels of the two-sample test against three kinds of differences",
            KernelBenchmark.run
        ),
        ("probes", "generation of instances, and selection out of ten thousand candidates", ProbeBenchmark.run),
        ("proof", "inclusion proofs out of an opened bundle: BUNDLE KEY", ProofBenchmark.run),
    ]

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard let name = arguments.first, let benchmark = benchmarks.first(where: { $0.name == name }) else {
            for benchmark in benchmarks { print("whorl-bench \(benchmark.name): \(benchmark.summary)") }
            return
        }
        let engine = BLASConfiguration.current
        print("# \(engine.version), kernel \(engine.kernel), \(engine.threads) thread")
        try benchmark.run(Array(arguments.dropFirst()))
    }
}
