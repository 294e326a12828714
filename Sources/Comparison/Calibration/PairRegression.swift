internal import LinearAlgebra
internal import Statistics

/// Ridge-logistic fits of a contrast on labelled pairs, classes of equal weight.
struct PairRegression {
    /// The penalty on standardised coefficients. It makes a fit exist where few related lineages are left in and do not
    /// overlap with the unrelated ones.
    static let ridge = 0.001

    /// The pairs that stand for one side or the other.
    let pairs: [PopulationMeasurement.Pair]
    let isTarget: [Bool]
    /// The lineages of each pair.
    let lineages: [(Int, Int)]
    private let contrast: Contrast
    private let values: [[Double]]

    init(_ contrast: Contrast, _ measured: [PopulationMeasurement.Pair], lineageOfModel: [Int]) {
        var pairs: [PopulationMeasurement.Pair] = []
        var isTarget: [Bool] = []
        for pair in measured {
            guard let target = contrast.isTarget(pair.kind), !contrast.score(pair).isNaN else { continue }
            pairs.append(pair)
            isTarget.append(target)
        }
        self.contrast = contrast
        self.pairs = pairs
        self.isTarget = isTarget
        self.lineages = pairs.map { (lineageOfModel[$0.first], lineageOfModel[$0.second]) }
        self.values = pairs.map { contrast.values(lineage: $0.lineage, student: $0.student) }
    }

    /// The number of lineages of pairs on one side.
    func lineageCount(targets: Bool) -> Int {
        var seen: Set<Int> = []
        for (index, lineage) in lineages.enumerated() where isTarget[index] == targets {
            seen.insert(lineage.0)
            seen.insert(lineage.1)
        }
        return seen.count
    }

    /// The number of pairs on one side.
    func count(targets: Bool) -> Int { isTarget.count { $0 == targets } }

    /// Fits with weights, or all pairs alike; nil if a side weighs nothing.
    func fit(weights: [Double]? = nil) -> LogisticCalibration? {
        let chosen = pairs.indices.filter { (weights?[$0] ?? 1) > 0 }
        guard
            let features = try? Matrix(
                rows: chosen.count, columns: contrast.features.count, elements: chosen.flatMap { values[$0] })
        else { return nil }
        return try? LogisticCalibration.fit(
            features: features, isTarget: chosen.map { isTarget[$0] },
            weights: weights.map { all in chosen.map { all[$0] } },
            ridge: Self.ridge)
    }

    /// The natural logarithm of each pair's likelihood ratio, by a fit on the pairs that share no lineage with it.
    ///
    /// Where nothing of one side is left, the ratio is 1: what was never seen cannot be weighed.
    func leftOut() -> [Double] {
        var fits: [[Int]: LogisticCalibration] = [:]
        var tried: Set<[Int]> = []
        return pairs.indices.map { index in
            let (first, second) = lineages[index]
            let key = [min(first, second), max(first, second)]
            if tried.insert(key).inserted {
                fits[key] = fit(
                    weights: lineages.map { key.contains($0.0) || key.contains($0.1) ? 0 : 1 })
            }
            return fits[key]?.logLikelihoodRatio(values[index]) ?? 0
        }
    }

    /// The natural logarithm of each pair's likelihood ratio by given coefficients.
    func logRatios(_ calibration: LogisticCalibration) -> [Double] { values.map { calibration.logLikelihoodRatio($0) } }
}
