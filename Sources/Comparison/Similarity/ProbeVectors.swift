internal import Features

/// The answers of all models to one probe as sparse vectors of n-gram weights, n-gram by n-gram.
///
/// The weight of n-gram g in answer i is `ln(1 + count) · ln((1 + W) / (1 + d(g)))`, where `W` is the weight of all models
/// that answered and `d(g)` that of the ones whose answer holds g, one weight per lineage. An n-gram that every lineage uses
/// weighs nothing: what is shared because the question asks for it is not evidence. Cosines divide by the lengths of the vectors.
struct ProbeVectors {
    /// Whether each model has a vector that is not zero.
    let isUsable: [Bool]
    /// One over the length of each model's vector; 0 where it is zero.
    let scales: [Double]
    /// One record per n-gram, which names its bucket.
    let grams: [UInt64]
    /// Where the entries of each n-gram begin; one more than there are n-grams.
    let starts: [Int32]
    /// The models of the entries, ascending within an n-gram.
    let holders: [Int32]
    /// The weights of the entries.
    let weights: [Double]

    /// Builds the vectors.
    ///
    /// - Parameters:
    ///   - documents: The n-gram keys of each model's answer, in order; nil where the answer is missing.
    ///   - modelWeights: One weight per model; those of one lineage sum to 1.
    init(documents: [[UInt64]?], modelWeights: [Double]) {
        let sorted = SortedGrams(documents)
        let records = sorted.records.span
        let modelBits = UInt64(sorted.modelBits)
        let modelMask = UInt64(1) << modelBits - 1
        var answered = 0.0
        for (model, document) in documents.enumerated() where document?.isEmpty == false {
            answered += modelWeights[model]
        }
        var rarities = RarityTable(answered: answered)
        var grams: [UInt64] = []
        var starts: [Int32] = [0]
        var holders: [Int32] = []
        var weights: [Double] = []
        grams.reserveCapacity(records.count / 2)
        starts.reserveCapacity(records.count / 2)
        holders.reserveCapacity(records.count)
        weights.reserveCapacity(records.count)
        var squares = [Double](repeating: 0, count: documents.count)
        let once = LogTable.onePlus(1)
        let alone = modelWeights.map { once * rarities.rarity(ofHolders: $0) }
        var index = 0
        while index < records.count {
            let gram = records[index]
            let first = holders.count
            if index &+ 1 == records.count || records[index &+ 1] >> modelBits != gram >> modelBits {
                // Most n-grams stand in one answer, once.
                let model = Int(truncatingIfNeeded: gram & modelMask)
                let weight = alone[model]
                holders.append(Int32(truncatingIfNeeded: model))
                weights.append(weight)
                squares[model] += weight * weight
                grams.append(gram)
                starts.append(Int32(truncatingIfNeeded: first &+ 1))
                index &+= 1
                continue
            }
            var weight = 0.0
            while index < records.count, records[index] >> modelBits == gram >> modelBits {
                let record = records[index]
                var count = 1
                index &+= 1
                while index < records.count, records[index] == record {
                    count &+= 1
                    index &+= 1
                }
                let model = Int(truncatingIfNeeded: record & modelMask)
                holders.append(Int32(truncatingIfNeeded: model))
                weights.append(count == 1 ? once : LogTable.onePlus(count))
                weight += modelWeights[model]
            }
            let rarity = rarities.rarity(ofHolders: weight)
            for entry in first..<holders.count {
                let scaled = weights[entry] * rarity
                weights[entry] = scaled
                squares[Int(holders[entry])] += scaled * scaled
            }
            grams.append(gram)
            starts.append(Int32(truncatingIfNeeded: holders.count))
        }
        self.isUsable = squares.map { $0 > 1e-24 }
        self.scales = squares.map { $0 > 1e-24 ? 1 / $0.squareRoot() : 0 }
        self.grams = grams
        self.starts = starts
        self.holders = holders
        self.weights = weights
    }

    /// The cosines of some models' vectors with those of all models, row by row; nan where either is not usable.
    func cosines(rows: [Int]) -> [Double] {
        let models = isUsable.count
        var rowOfModel = [Int](repeating: -1, count: models)
        for (row, model) in rows.enumerated() { rowOfModel[model] = row }
        var result = [Double](repeating: 0, count: rows.count * models)
        for gram in grams.indices {
            let entries = Int(starts[gram])..<Int(starts[gram &+ 1])
            // An n-gram of a single answer adds to its length only.
            guard entries.count > 1 else { continue }
            for entry in entries {
                let row = rowOfModel[Int(holders[entry])]
                guard row >= 0 else { continue }
                let (base, weight) = (row &* models, weights[entry])
                for other in entries { result[base &+ Int(holders[other])] += weight * weights[other] }
            }
        }
        for (row, model) in rows.enumerated() {
            for other in 0..<models {
                let cell = row * models + other
                if isUsable[model], isUsable[other] {
                    result[cell] = model == other ? 1 : result[cell] * scales[model] * scales[other]
                } else {
                    result[cell] = .nan
                }
            }
        }
        return result
    }

    /// The mean cosine between models of different groups, one weight per group; nan with fewer than two usable groups.
    ///
    /// With `v_g` the mean vector of group g this is `(|Σ v_g|² − Σ |v_g|²) / (G(G − 1))`: linear in the entries, where the
    /// cosines one by one would be quadratic in the models.
    func meanCosine(across groups: [[Int]]) -> Double {
        var groupOfModel = [Int](repeating: -1, count: isUsable.count)
        var shares = [Double](repeating: 0, count: isUsable.count)
        var usable = 0
        for group in groups {
            let members = group.filter { isUsable[$0] }
            guard !members.isEmpty else { continue }
            for member in members {
                groupOfModel[member] = usable
                shares[member] = scales[member] / Double(members.count)
            }
            usable += 1
        }
        guard usable >= 2 else { return .nan }
        var parts = [Double](repeating: 0, count: usable)
        var across = 0.0
        for gram in grams.indices {
            let entries = Int(starts[gram])..<Int(starts[gram &+ 1])
            guard entries.count > 1 else { continue }
            for entry in entries {
                let model = Int(holders[entry])
                if groupOfModel[model] >= 0 { parts[groupOfModel[model]] += weights[entry] * shares[model] }
            }
            var (total, within) = (0.0, 0.0)
            for entry in entries {
                let group = groupOfModel[Int(holders[entry])]
                guard group >= 0 else { continue }
                total += parts[group]
                within += parts[group] * parts[group]
                parts[group] = 0
            }
            across += total * total - within
        }
        return across / Double(usable * (usable - 1))
    }
}

/// `ln((1 + W) / (1 + d))` for the few values that d takes: sums of the weights of some lineages.
private struct RarityTable {
    private let answered: Double
    private var holders = [Double](repeating: -1, count: 1024)
    private var values = [Double](repeating: 0, count: 1024)

    init(answered: Double) { self.answered = answered }

    mutating func rarity(ofHolders weight: Double) -> Double {
        let place = Int(truncatingIfNeeded: (weight.bitPattern &* 0x9E37_79B9_7F4A_7C15) >> 54)
        if holders[place] != weight {
            holders[place] = weight
            values[place] = max(0, Logarithm.natural((1 + answered) / (1 + weight)))
        }
        return values[place]
    }
}
