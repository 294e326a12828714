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
        var lastEntry: [Int] = []
        holders.reserveCapacity(total / 2)
        lastEntry.reserveCapacity(total / 2)
        grams.reserveCapacity(total)
        counts.reserveCapacity(total)
        var answered = 0.0
        for (model, document) in documents.enumerated() {
            let start = grams.count
            for key in document ?? [] {
                let number = interner.number(of: key)
                if number == holders.count {
                    holders.append(0)
                    lastEntry.append(-1)
                }
                let last = lastEntry[number]
                if last >= start {
                    counts[last] += 1
                } else {
                    lastEntry[number] = grams.count
                    grams.append(Int32(number))
                    counts.append(1)
                    holders[number] += modelWeights[model]
                }
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

    /// The cosines of what is left of the vectors, hashed to `buckets` signed buckets (a power of two) and scaled to unit length, when their
    /// mean with the given weights is taken off; nan where a vector is not usable or nothing is left of it.
    func residualCosines(rows: [Int], buckets: Int, modelWeights: [Double]) -> [Double] {
        let models = isUsable.count
        var hashed = [Double](repeating: 0, count: models * buckets)
        var mean = [Double](repeating: 0, count: buckets)
        var answered = 0.0
        let places = keys.map { key -> Int32 in
            let mixed = NGramKeys.mixed(key)
            let bucket = Int32(truncatingIfNeeded: mixed & UInt64(buckets - 1))
            return mixed >> 63 == 0 ? bucket : ~bucket
        }
        for model in 0..<models where isUsable[model] {
            let base = model * buckets
            for entry in offsets[model]..<offsets[model + 1] {
                let place = places[Int(grams[entry])]
                if place >= 0 {
                    hashed[base + Int(place)] += weights[entry]
                } else {
                    hashed[base + Int(~place)] -= weights[entry]
                }
            }
            Self.scaleToUnit(&hashed, base..<(base + buckets))
            for bucket in 0..<buckets { mean[bucket] += modelWeights[model] * hashed[base + bucket] }
            answered += modelWeights[model]
        }
        var hasResidual = [Bool](repeating: false, count: models)
        guard answered > 0 else { return [Double](repeating: .nan, count: rows.count * models) }
        for model in 0..<models where isUsable[model] {
            let base = model * buckets
            for bucket in 0..<buckets { hashed[base + bucket] -= mean[bucket] / answered }
            hasResidual[model] = Self.scaleToUnit(&hashed, base..<(base + buckets))
        }
        var result = [Double](repeating: .nan, count: rows.count * models)
        for (row, model) in rows.enumerated() where hasResidual[model] {
            for other in 0..<models where hasResidual[other] {
                result[row * models + other] = Self.dot(hashed, model * buckets, other * buckets, buckets)
            }
        }
        return result
    }

    /// Scales a range to unit length; false, and unchanged, if it is zero up to rounding.
    @discardableResult
    private static func scaleToUnit(_ values: inout [Double], _ range: Range<Int>) -> Bool {
        let square = dot(values, range.lowerBound, range.lowerBound, range.count)
        guard square > 1e-18 else { return false }
        let scale = 1 / square.squareRoot()
        for index in range { values[index] *= scale }
        return true
    }

    /// A dot product with four partial sums in a fixed order: the same bits on every processor.
    private static func dot(_ values: [Double], _ left: Int, _ right: Int, _ count: Int) -> Double {
        var sum0 = 0.0
        var sum1 = 0.0
        var sum2 = 0.0
        var sum3 = 0.0
        var index = 0
        while index + 4 <= count {
            sum0 += values[left + index] * values[right + index]
            sum1 += values[left + index + 1] * values[right + index + 1]
            sum2 += values[left + index + 2] * values[right + index + 2]
            sum3 += values[left + index + 3] * values[right + index + 3]
            index += 4
        }
        while index < count {
            sum0 += values[left + index] * values[right + index]
            index += 1
        }
        return (sum0 + sum1) + (sum2 + sum3)
    }
}
