/// Shuffles labels inside strata and never across them.
///
/// A stratum is what the null hypothesis makes exchangeable: one probe, or one probe within one block of time where the
/// endpoints may have drifted. Counts of every label stay fixed in every stratum.
public struct StratifiedPermutation: Sendable, Hashable {
    /// What labels may be exchanged within.
    public struct Stratum: Sendable, Hashable, Comparable {
        /// The number of the probe.
        public let probe: Int
        /// The number of the block of time.
        public let timeBlock: Int

        /// Names a stratum.
        public init(probe: Int, timeBlock: Int = 0) {
            self.probe = probe
            self.timeBlock = timeBlock
        }

        /// Orders by probe, then by time.
        public static func < (left: Self, right: Self) -> Bool {
            (left.probe, left.timeBlock) < (right.probe, right.timeBlock)
        }
    }

    /// The positions of each stratum, in order of the strata.
    public let groups: [[Int]]
    /// How many labels a shuffle takes.
    public let count: Int

    /// Groups observations by stratum.
    /// - Parameter strata: the stratum of each observation.
    public init(strata: [Stratum]) {
        count = strata.count
        groups = Dictionary(grouping: strata.indices, by: { strata[$0] })
            .sorted { $0.key < $1.key }
            .map(\.value)
    }

    /// Shuffles the labels inside each stratum, every arrangement equally likely.
    /// - Throws: `lengthMismatch` unless there is one label per observation.
    public func shuffle<Label>(
        _ labels: inout [Label], using generator: inout SeededGenerator
    ) throws(StatisticsError) {
        guard labels.count == count else {
            throw StatisticsError(.lengthMismatch, "\(labels.count) labels for \(count) observations")
        }
        for group in groups {
            for last in stride(from: group.count - 1, to: 0, by: -1) {
                labels.swapAt(group[last], group[generator.index(below: last + 1)])
            }
        }
    }
}
