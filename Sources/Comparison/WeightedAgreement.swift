internal import Features

/// Agreement of decisions, weighed by how rare a decision is in the panel and normalised at both ends.
struct WeightedAgreement {
    /// The members' decisions by lineage.
    let lineages: [[DecisionTable.Decisions]]
    /// The correct decisions; a source is not compared where it is right.
    let gold: [Decision?]

    /// A normalised agreement.
    struct Result {
        /// The mean of the two ends' z.
        let value: Double
        /// The weighted agreement from the source's end.
        let agreement: Double
        /// Its mean over the lineages.
        let panelMean: Double
    }

    /// Normalises the agreement of two models; nil with fewer than three lineages, nothing in common, or no spread.
    ///
    /// - Parameter fold: Leaves out the probes of one fold of several, for the jackknife.
    func normalised(
        _ source: DecisionTable.Decisions, _ other: DecisionTable.Decisions, leavingOut fold: (Int, Int)?
    ) -> Result? {
        guard lineages.count >= SymmetricNormalisation.fewestLineages else { return nil }
        let kept = gold.indices.filter { index in fold.map { index % $0.1 != $0.0 } ?? true }
        guard let forward = end(source, other, kept), let backward = end(other, source, kept) else { return nil }
        return Result(
            value: (forward.z + backward.z) / 2, agreement: forward.agreement, panelMean: forward.mean)
    }

    /// The z of one end: the agreement of `source` with `other`, by those of `source` with the lineages.
    private func end(
        _ source: DecisionTable.Decisions, _ other: DecisionTable.Decisions, _ kept: [Int]
    ) -> (z: Double, agreement: Double, mean: Double)? {
        guard let agreement = agreement(source, other, against: lineages, kept) else { return nil }
        var means: [Double] = []
        var squares: [Double] = []
        for (index, members) in lineages.enumerated() {
            var reference = lineages
            reference[index] = [other]
            let values = members.compactMap { self.agreement(source, $0, against: reference, kept) }
            guard !values.isEmpty else { continue }
            means.append(values.reduce(0, +) / Double(values.count))
            squares.append(values.reduce(0) { $0 + $1 * $1 } / Double(values.count))
        }
        guard means.count >= SymmetricNormalisation.fewestLineages else { return nil }
        let count = Double(means.count)
        let mean = means.reduce(0, +) / count
        let variance = max(0, squares.reduce(0, +) / count - mean * mean) * count / (count - 1)
        guard variance > 1e-18 else { return nil }
        return ((agreement - mean) / variance.squareRoot(), agreement, mean)
    }

    /// The agreement with a model of what the lineages decided, each in the source's place: what the source's agreement would be if its
    /// decisions were anybody's. Nil where no lineage can be compared.
    func shuffledSource(_ other: DecisionTable.Decisions) -> (mean: Double, deviation: Double)? {
        let values = lineages.indices.compactMap { index -> Double? in
            var reference = lineages
            reference.remove(at: index)
            let found = lineages[index].compactMap {
                agreement($0, other, against: reference, Array(gold.indices))
            }
            return found.isEmpty ? nil : found.reduce(0, +) / Double(found.count)
        }
        guard values.count >= 2 else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, (square / Double(values.count - 1)).squareRoot())
    }

    /// `Σ w · share / Σ w` over the kept questions that both decided and the source got wrong or that have no right answer.
    private func agreement(
        _ source: DecisionTable.Decisions, _ other: DecisionTable.Decisions,
        against reference: [[DecisionTable.Decisions]], _ kept: [Int]
    ) -> Double? {
        var hits = 0.0
        var total = 0.0
        for index in kept {
            guard let mine = source.held[index], let theirs = other.shares[index], mine != gold[index] else { continue }
            let weight = Self.weight(of: mine, at: index, in: reference)
            total += weight
            hits += weight * (theirs[mine] ?? 0)
        }
        return total > 0 ? hits / total : nil
    }

    /// `−ln((1 + h) / (n + 2))` for `h` of `n` lineages; a lineage counts by the mean share of its deciding members' forms that were decided so.
    private static func weight(
        of decision: Decision, at index: Int, in reference: [[DecisionTable.Decisions]]
    ) -> Double {
        var deciding = 0.0
        var hits = 0.0
        for members in reference {
            let decided = members.compactMap { $0.shares[index] }
            guard !decided.isEmpty else { continue }
            deciding += 1
            hits += decided.reduce(0) { $0 + ($1[decision] ?? 0) } / Double(decided.count)
        }
        return -Logarithm.natural((1 + hits) / (deciding + 2))
    }
}
