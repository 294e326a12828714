internal import Features

/// The answers of all models to one probe as sparse vectors of n-gram weights, of unit length.
///
/// The weight of n-gram g in answer i is `ln(1 + count) · ln((1 + W) / (1 + d(g)))`, where `W` is the weight of all models
/// that answered and `d(g)` that of the ones whose answer holds g, one weight per lineage. An n-gram that every lineage uses
/// weighs nothing: what is shared because the question asks for it is not evidence.
struct ProbeVectors {
    /// The distinct n-grams, by number.
    let keys: [UInt64]
    /// Where the entries of each model begin; one more than there are models.
    let offsets: [Int]
    /// The n-gram numbers of the entries.
    let grams: [Int32]
    /// The weights of the entries. A vector without information has zeros only.
    let weights: [Double]
    /// Whether each model has a vector of unit length.
    let isUsable: [Bool]

    /// Builds the vectors.
    ///
    /// - Parameters:
    ///   - documents: The n-gram keys of each model's answer, in order; nil where the answer is missing.
    ///   - modelWeights: One weight per model; those of one lineage sum to 1.
    init(documents: [[UInt64]?], modelWeights: [Double]) {
        let total = documents.reduce(0) { $0 + ($1?.count ?? 0) }
        var interner = GramInterner(expected: total / 2)
        var offsets = [0]
        var grams: [Int32] = []
        var counts: [Int32] = []
        var holders: [Double] = []
        holders.reserveCapacity(total / 2)
        grams.reserveCapacity(total)
        counts.reserveCapacity(total)
        var answered = 0.0
        for (model, document) in documents.enumerated() {
            let start = grams.count
            for key in document ?? [] {
                let (number, held) = interner.find(key, entry: grams.count, start: start)
                if let held {
                    counts[held] += 1
                    continue
                }
                if number == holders.count { holders.append(0) }
                grams.append(Int32(number))
                counts.append(1)
                holders[number] += modelWeights[model]
            }
            if grams.count > start { answered += modelWeights[model] }
            offsets.append(grams.count)
        }
        let rarity = holders.map { max(0, Logarithm.natural((1 + answered) / (1 + $0))) }
        var weights = [Double](repeating: 0, count: grams.count)
        var isUsable = [Bool](repeating: false, count: documents.count)
        for model in documents.indices {
            var square = 0.0
            for entry in offsets[model]..<offsets[model + 1] {
                let weight = LogTable.onePlus(Int(counts[entry])) * rarity[Int(grams[entry])]
                weights[entry] = weight
                square += weight * weight
            }
            guard square > 1e-24 else { continue }
            let scale = 1 / square.squareRoot()
            for entry in offsets[model]..<offsets[model + 1] { weights[entry] *= scale }
            isUsable[model] = true
        }
        self.keys = interner.keys
        self.offsets = offsets
        self.grams = grams
        self.weights = weights
        self.isUsable = isUsable
    }

    /// The cosines of some models' vectors with those of all models, row by row; nan where either is not usable.
    func cosines(rows: [Int]) -> [Double] {
        let models = isUsable.count
        var result = [Double](repeating: .nan, count: rows.count * models)
        var dense = [Double](repeating: 0, count: keys.count)
        for (row, model) in rows.enumerated() where isUsable[model] {
            for entry in offsets[model]..<offsets[model + 1] { dense[Int(grams[entry])] = weights[entry] }
            for other in 0..<models where isUsable[other] {
                var sum = 0.0
                for entry in offsets[other]..<offsets[other + 1] { sum += dense[Int(grams[entry])] * weights[entry] }
                result[row * models + other] = sum
            }
            for entry in offsets[model]..<offsets[model + 1] { dense[Int(grams[entry])] = 0 }
        }
        return result
    }

    /// The mean cosine between models of different groups, one weight per group; nan with fewer than two usable groups.
    ///
    /// With `v_g` the mean vector of group g this is `(|Σ v_g|² − Σ |v_g|²) / (G(G − 1))`: linear in the entries, where the
    /// cosines one by one would be quadratic in the models.
    func meanCosine(across groups: [[Int]]) -> Double {
        var total = [Double](repeating: 0, count: keys.count)
        var part = [Double](repeating: 0, count: keys.count)
        var within = 0.0
        var usable = 0.0
        for group in groups {
            let members = group.filter { isUsable[$0] }
            guard !members.isEmpty else { continue }
            usable += 1
            for member in members {
                for entry in offsets[member]..<offsets[member + 1] {
                    part[Int(grams[entry])] += weights[entry] / Double(members.count)
                }
            }
            for member in members {
                for entry in offsets[member]..<offsets[member + 1] {
                    let gram = Int(grams[entry])
                    total[gram] += part[gram]
                    within += part[gram] * part[gram]
                    part[gram] = 0
                }
            }
        }
        guard usable >= 2 else { return .nan }
        return (total.reduce(0) { $0 + $1 * $1 } - within) / (usable * (usable - 1))
    }
}
