internal import Features

/// The answers of all models to one probe as sparse vectors of n-gram weights, shared n-gram by n-gram.
///
/// The weight of n-gram g in answer i is `ln(1 + count) · ln((1 + W) / (1 + d(g)))`, where `W` is the weight of all models
/// that answered and `d(g)` that of the ones whose answer holds g, one weight per lineage. An n-gram that every lineage uses
/// weighs nothing: what is shared because the question asks for it is not evidence. Cosines divide by the lengths of the vectors.
struct ProbeVectors {
    /// Whether each model has a vector that is not zero.
    let isUsable: [Bool]
    /// One over the length of each model's vector; 0 where it is zero.
    let scales: [Double]
    /// Where the entries of each shared n-gram begin; one more than there are n-grams that two models or more wrote.
    ///
    /// An n-gram of a single answer adds to its length and to ``buckets`` only.
    let starts: [Int32]
    /// The models of the entries, ascending within an n-gram.
    let holders: [Int32]
    /// The weights of the entries.
    let weights: [Double]
    /// The weights of all n-grams added up with their signs in the buckets that they are hashed to, one row of models per bucket;
    /// empty where none were asked for.
    let buckets: [Double]

    /// Builds the vectors of documents.
    ///
    /// - Parameters:
    ///   - documents: The n-gram keys of each model's answer, in order; nil where the answer is missing.
    ///   - modelWeights: One weight per model; those of one lineage sum to 1.
    ///   - buckets: How many buckets to add up in as well, a power of two up to 65,536, or none.
    init(documents: [[UInt64]?], modelWeights: [Double], buckets: Int = 0) {
        self.init(SortedGrams(documents), modelWeights: modelWeights, buckets: buckets)
    }

    /// Builds the vectors of sorted n-grams.
    init(_ sorted: SortedGrams, modelWeights: [Double], buckets bucketCount: Int = 0) {
        let models = modelWeights.count
        let records = sorted.records.span
        let modelBits = UInt64(sorted.modelBits)
        let modelMask = UInt64(1) << modelBits - 1
        var answered = 0.0
        for model in 0..<models where sorted.isAnswered[model] { answered += modelWeights[model] }
        var rarities = RarityTable(answered: answered)
        let once = LogTable.onePlus(1)
        let alone = modelWeights.map { once * rarities.rarity(ofHolders: $0) }
        var squares = [Double](repeating: 0, count: models)
        var buckets = [Double](repeating: 0, count: models * bucketCount)
        var starts: [Int32] = [0]
        var holders = [Int32](repeating: 0, count: records.count)
        var weights = [Double](repeating: 0, count: records.count)
        starts.reserveCapacity(records.count / 4)
        var (index, entries) = (0, 0)
        do {
            var lengths = squares.mutableSpan
            var sums = buckets.mutableSpan
            var names = holders.mutableSpan
            var values = weights.mutableSpan
            let (lonely, shares) = (alone.span, modelWeights.span)
            while index < records.count {
                let gram = records[index]
                let place = SortedGrams.bucket(of: gram, buckets: max(1, bucketCount))
                let (base, sign) = (place.bucket &* models, place.isNegative ? -1.0 : 1.0)
                if index &+ 1 == records.count || (records[index &+ 1] ^ gram) &>> modelBits != 0 {
                    // Most n-grams stand in one answer, once.
                    let model = Int(truncatingIfNeeded: gram & modelMask)
                    let weight = lonely[model]
                    lengths[model] += weight * weight
                    if bucketCount > 0 { sums[base &+ model] += sign * weight }
                    index &+= 1
                    continue
                }
                let first = entries
                var held = 0.0
                while index < records.count, (records[index] ^ gram) &>> modelBits == 0 {
                    let record = records[index]
                    var count = 1
                    index &+= 1
                    while index < records.count, records[index] == record {
                        count &+= 1
                        index &+= 1
                    }
                    let model = Int(truncatingIfNeeded: record & modelMask)
                    names[entries] = Int32(truncatingIfNeeded: model)
                    values[entries] = count == 1 ? once : LogTable.onePlus(count)
                    entries &+= 1
                    held += shares[model]
                }
                let rarity = rarities.rarity(ofHolders: held)
                for entry in first..<entries {
                    let model = Int(names[entry])
                    let scaled = values[entry] * rarity
                    values[entry] = scaled
                    lengths[model] += scaled * scaled
                    if bucketCount > 0 { sums[base &+ model] += sign * scaled }
                }
                // One answer that repeats an n-gram of its own shares it with nobody.
                if entries &- first > 1 {
                    starts.append(Int32(truncatingIfNeeded: entries))
                } else {
                    entries = first
                }
            }
        }
        self.isUsable = squares.map { $0 > 1e-24 }
        self.scales = squares.map { $0 > 1e-24 ? 1 / $0.squareRoot() : 0 }
        self.starts = starts
        self.holders = holders
        self.weights = weights
        self.buckets = buckets
    }

    /// How many n-grams two models or more wrote.
    var sharedGrams: Int { starts.count - 1 }

    /// The cosines of some models' vectors with those of all models, row by row; nan where either is not usable.
    func cosines(rows: [Int]) -> [Double] {
        let models = isUsable.count
        var rowOfModel = [Int](repeating: -1, count: models)
        for (row, model) in rows.enumerated() { rowOfModel[model] = row }
        var result = [Double](repeating: 0, count: rows.count * models)
        addProducts(rows: rowOfModel.span, last: rows.max() ?? -1, to: result.mutableSpan)
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

    /// Adds the inner products of some models' vectors with all of them, row by row.
    private func addProducts(rows: Span<Int>, last: Int, to sums: consuming MutableSpan<Double>) {
        let models = rows.count
        let (starts, holders, weights) = (starts.span, holders.span, weights.span)
        for gram in 0..<sharedGrams {
            let (first, end) = (Int(starts[gram]), Int(starts[gram &+ 1]))
            var entry = first
            // Models ascend, so that what comes after the last row has none.
            while entry < end, holders[entry] <= last {
                let row = rows[Int(holders[entry])]
                if row >= 0 {
                    let (base, weight) = (row &* models, weights[entry])
                    for other in first..<end { sums[base &+ Int(holders[other])] += weight * weights[other] }
                }
                entry &+= 1
            }
        }
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
        var parts = [Double](repeating: 0, count: usable + 1)
        var across = 0.0
        // What has no group adds zeros to a place of its own.
        let nobody = usable
        for model in groupOfModel.indices where groupOfModel[model] < 0 { groupOfModel[model] = nobody }
        let (starts, holders, weights) = (starts.span, holders.span, weights.span)
        let (ofModel, share) = (groupOfModel.span, shares.span)
        var partOfGroup = parts.mutableSpan
        for gram in 0..<sharedGrams {
            let (first, end) = (Int(starts[gram]), Int(starts[gram &+ 1]))
            for entry in first..<end {
                let model = Int(holders[entry])
                partOfGroup[ofModel[model]] += weights[entry] * share[model]
            }
            var (total, within) = (0.0, 0.0)
            for entry in first..<end {
                let group = ofModel[Int(holders[entry])]
                let part = partOfGroup[group]
                total += part
                within += part * part
                partOfGroup[group] = 0
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
