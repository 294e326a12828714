internal import LinearAlgebra

/// The prompt-stratified two-sample test: do two models answer the same prompts with the same distributions?
///
/// Null hypothesis: for every prompt (and block of time), the answers of both models are draws from one distribution. The
/// statistic is the unbiased squared maximum mean discrepancy (Gretton et al., JMLR 2012) with a kernel that is 0 between
/// prompts (Gao, Liang and Guestrin, ICLR 2025):
///
/// `T = S_aa / Σ n(n−1) − 2 S_ab / Σ nm + S_bb / Σ m(m−1)`,
///
/// where S sums the kernel over pairs of different samples and n, m count each prompt's samples of a and b. Labels are
/// permuted inside each prompt and block of time, so that the denominators are constants and `T` of a labelling is a linear
/// function of two whole numbers. Labellings are compared by it in whole numbers: ties are kept, and the p-value is the
/// same for every thread count and processor kernel.
///
/// Rejection says that the samplers differ, which another system prompt, temperature or quantisation also brings about.
/// Failure to reject says nothing: it is not evidence that the models are the same.
///
/// The work is in two steps that a caller can time: ``prepare(_:)`` computes the kernel, and
/// ``PreparedTwoSampleTest/permute()`` the p-value.
public struct TwoSampleTest: Sendable, Hashable {
    /// The kernel.
    public let kernel: TwoSampleKernel
    /// How many labellings are drawn, 1 to 10,000,000.
    public let permutations: Int
    /// The seed of the labellings.
    public let seed: UInt64

    /// Sets up a test.
    /// - Throws: `outOfRange` for a length, run or number of permutations outside its range.
    public init(kernel: TwoSampleKernel, permutations: Int = 1000, seed: UInt64) throws(ComparisonError) {
        try kernel.check()
        guard (1...10_000_000).contains(permutations) else {
            throw ComparisonError(.outOfRange, "\(permutations) permutations asked for; give 1 to 10000000")
        }
        self.kernel = kernel
        self.permutations = permutations
        self.seed = seed
    }

    /// Groups samples by prompt and computes the kernel of each.
    ///
    /// A prompt that only one of the models answered has nothing to compare; it is left out and named in the result.
    /// - Parameter observations: samples in any order; prompts are taken in the order of their first sample.
    /// - Throws: `tooFewSamples` if no prompt has two samples of side a, or none has two of side b, or no prompt has both
    ///   sides; `outOfRange` for more samples than whole numbers can count.
    public func prepare(_ observations: [TwoSampleObservation]) throws(ComparisonError) -> PreparedTwoSampleTest {
        let prompts = PromptGroups(observations)
        let counts = try TwoSampleCounts(prompts.groups, kernel: kernel)
        var blocks: [TwoSampleBlock] = []
        blocks.reserveCapacity(prompts.groups.count)
        do {
            for group in prompts.groups { blocks.append(try TwoSampleBlock(group, kernel: kernel)) }
        } catch {
            throw ComparisonError(.outOfRange, error.message)
        }
        return PreparedTwoSampleTest(test: self, counts: counts, blocks: blocks, excluded: prompts.excluded)
    }
}

/// Samples grouped by prompt, in the order of each prompt's first sample.
struct PromptGroups {
    /// The samples of each prompt that both models answered.
    private(set) var groups: [[TwoSampleObservation]] = []
    /// The prompts that only one model answered.
    private(set) var excluded: [String] = []

    init(_ observations: [TwoSampleObservation]) {
        var order: [String: Int] = [:]
        var all: [[TwoSampleObservation]] = []
        for observation in observations {
            if let index = order[observation.prompt] {
                all[index].append(observation)
            } else {
                order[observation.prompt] = all.count
                all.append([observation])
            }
        }
        for group in all {
            if group.contains(where: { $0.side == .a }), group.contains(where: { $0.side == .b }) {
                groups.append(group)
            } else if let first = group.first {
                excluded.append(first.prompt)
            }
        }
    }
}
