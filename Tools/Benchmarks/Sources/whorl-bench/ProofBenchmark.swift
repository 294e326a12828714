import Evidence

/// Inclusion proofs of records out of a bundle that was verified and opened.
enum ProofBenchmark {
    static func run(_ arguments: [String]) throws {
        guard arguments.count == 2 else { return print("usage: whorl-bench proof BUNDLE KEY.pub") }
        let clock = ContinuousClock()
        let start = clock.now
        let bundle = try VerifiedBundle(path: arguments[0], pinned: VerificationKey.load(path: arguments[1]))
        print("verified and opened: \(clock.now - start), \(ProcessorTime.peakMemory) MiB at most")
        let count = bundle.facts.records
        var longest = Duration.zero
        var sum = Duration.zero
        let sequences = stride(from: 0, to: count, by: max(1, count / 1_000))
        var proofs = 0
        for sequence in sequences {
            let time = try clock.measure { _ = try bundle.inclusionProof(record: sequence) }
            longest = max(longest, time)
            sum += time
            proofs += 1
        }
        print("\(proofs) proofs out of \(count) records: \(sum / proofs) each, the longest \(longest)")
    }
}
