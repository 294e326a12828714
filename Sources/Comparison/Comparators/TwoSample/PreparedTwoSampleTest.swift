internal import LinearAlgebra
internal import Statistics

/// A two-sample test whose kernel is computed: what remains is to permute the labels.
public struct PreparedTwoSampleTest: Sendable {
    /// The test.
    public let test: TwoSampleTest
    /// The prompts that only one model answered, in the order of the samples. They took no part.
    public let excludedPrompts: [String]
    /// How many prompts took part.
    public var promptCount: Int { blocks.count }
    /// How many samples of side a took part.
    public var countA: Int { blocks.reduce(0) { $0 + $1.countA } }
    /// How many samples of side b took part.
    public var countB: Int { blocks.reduce(0) { $0 + $1.countB } }

    let counts: TwoSampleCounts
    let blocks: [TwoSampleBlock]

    init(test: TwoSampleTest, counts: TwoSampleCounts, blocks: [TwoSampleBlock], excluded: [String]) {
        self.test = test
        self.counts = counts
        self.blocks = blocks
        self.excludedPrompts = excluded
    }

    /// Permutes the labels, prompt by prompt.
    public func permute() throws(ComparisonError) -> TwoSampleResult {
        var sums = LabellingSums(labellings: test.permutations + 1)
        for (block, stream) in zip(blocks, streams) {
            sums.add(try Self.sums(block, permutations: test.permutations, using: stream))
        }
        return result(sums)
    }

    /// The same, with the prompts shared among concurrent tasks. The result is the same to the last bit, because each
    /// prompt draws from a stream of its own and whole numbers add up in any order.
    @concurrent
    public func permuteConcurrently() async throws -> TwoSampleResult {
        let permutations = test.permutations
        return try await withThrowingTaskGroup(of: LabellingSums.self) { group in
            for (block, stream) in zip(blocks, streams) {
                group.addTask { try Self.sums(block, permutations: permutations, using: stream) }
            }
            var sums = LabellingSums(labellings: permutations + 1)
            for try await part in group { sums.add(part) }
            return result(sums)
        }
    }

    /// One stream of random numbers per prompt.
    private var streams: [SeededGenerator] {
        var generator = SeededGenerator(seed: test.seed)
        return blocks.map { _ in generator.split() }
    }

    private static func sums(
        _ block: TwoSampleBlock, permutations: Int, using stream: SeededGenerator
    ) throws(ComparisonError) -> LabellingSums {
        do {
            return try block.sums(permutations: permutations, using: stream)
        } catch {
            throw ComparisonError(.outOfRange, error.message)
        }
    }

    private func result(_ sums: LabellingSums) -> TwoSampleResult {
        let total = blocks.reduce(0) { $0 + $1.total }
        let numerators = zip(sums.within, sums.touching).map {
            counts.numerator(within: $0, touching: $1, total: total)
        }
        return TwoSampleResult(
            statistic: Double(numerators[0]) / counts.denominator,
            pValue: PermutationPValue(observed: numerators[0], permuted: numerators.dropFirst()),
            countA: countA, countB: countB, promptCount: promptCount, excludedPrompts: excludedPrompts)
    }
}
