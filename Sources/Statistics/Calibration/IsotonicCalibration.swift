#if canImport(Glibc)
    internal import Glibc
#endif

/// The best non-decreasing map from scores to log likelihood ratios on the pairs it is fitted to: pool adjacent violators
/// (Ayer et al., 1955; Brümmer and du Preez, 2006), each kind of pair with the same total weight.
///
/// It is optimistic by construction: it defines `Cllr_min`, the part of the cost that calibration could not remove, and is
/// no calibration for new pairs. Its ends are infinite wherever one kind of pair is absent.
public struct IsotonicCalibration: Sendable, Hashable {
    /// The least score of each block, ascending.
    public let lowestScores: [Double]
    /// The posterior probability of the target hypothesis at equal priors in each block, ascending, in `[0, 1]`.
    public let posteriors: [Double]

    /// Fits the map.
    /// - Returns: nil if one kind of pair weighs nothing.
    public init?(_ pairs: ScoredPairs, weights: [Double]? = nil) {
        guard let steps = pairs.weighed(weights) else { return nil }
        var blocks: [Block] = []
        for index in pairs.steps.indices.reversed() {
            var block = Block(
                lowest: pairs.steps[index].score, target: steps.targets[index] / steps.allTargets,
                nonTarget: steps.nonTargets[index] / steps.allNonTargets)
            guard block.target + block.nonTarget > 0 else { continue }
            while let last = blocks.last, last.posterior >= block.posterior {
                block = last.merged(with: block)
                blocks.removeLast()
            }
            blocks.append(block)
        }
        lowestScores = blocks.map(\.lowest)
        posteriors = blocks.map(\.posterior)
    }

    /// The natural logarithm of the likelihood ratio at a score; infinite where one kind of pair is absent.
    public func logLikelihoodRatio(_ score: Double) -> Double {
        // The last block that starts at or below the score; scores below all blocks belong to the first.
        var (low, high) = (0, lowestScores.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lowestScores[middle] <= score { low = middle } else { high = middle }
        }
        return log(posteriors[low]) - log(1 - posteriors[low])
    }

    private struct Block {
        let lowest: Double
        let target: Double
        let nonTarget: Double

        var posterior: Double { target / (target + nonTarget) }

        func merged(with higher: Block) -> Block {
            Block(lowest: lowest, target: target + higher.target, nonTarget: nonTarget + higher.nonTarget)
        }
    }
}
