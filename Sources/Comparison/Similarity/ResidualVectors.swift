internal import Features

/// What is left of the answers to one probe when their mean is taken off: hashed vectors of unit length.
struct ResidualVectors {
    /// The number of buckets, a power of two.
    private let buckets: Int
    /// One row of buckets per model.
    private var values: [Double]
    /// Whether something is left of each model's answer.
    private var isUsable: [Bool]

    /// Hashes vectors to signed buckets, scales them to unit length, takes their weighted mean off and scales again.
    ///
    /// - Parameters:
    ///   - vectors: The n-gram weights.
    ///   - buckets: The number of buckets, a power of two.
    ///   - modelWeights: One weight per model; those of one lineage sum to 1.
    init(_ vectors: ProbeVectors, buckets: Int, modelWeights: [Double]) {
        let models = vectors.isUsable.count
        var values = [Double](repeating: 0, count: models * buckets)
        var mean = [Double](repeating: 0, count: buckets)
        var answered = 0.0
        // A negative place is the complement of the bucket that the n-gram is subtracted from.
        let places = vectors.keys.map { key -> Int32 in
            let mixed = NGramKeys.mixed(key)
            let bucket = Int32(truncatingIfNeeded: mixed & UInt64(buckets - 1))
            return mixed >> 63 == 0 ? bucket : ~bucket
        }
        var isUsable = [Bool](repeating: false, count: models)
        for model in 0..<models where vectors.isUsable[model] {
            let base = model * buckets
            for entry in vectors.offsets[model]..<vectors.offsets[model + 1] {
                let place = places[Int(vectors.grams[entry])]
                if place >= 0 {
                    values[base + Int(place)] += vectors.weights[entry]
                } else {
                    values[base + Int(~place)] -= vectors.weights[entry]
                }
            }
            guard Self.scaleToUnit(&values, base..<(base + buckets)) else { continue }
            isUsable[model] = true
            for bucket in 0..<buckets { mean[bucket] += modelWeights[model] * values[base + bucket] }
            answered += modelWeights[model]
        }
        for model in 0..<models where isUsable[model] {
            let base = model * buckets
            for bucket in 0..<buckets { values[base + bucket] -= mean[bucket] / answered }
            isUsable[model] = Self.scaleToUnit(&values, base..<(base + buckets))
        }
        self.buckets = buckets
        self.values = values
        self.isUsable = isUsable
    }

    /// The cosines of some models' vectors with those of all models, row by row; nan where either is not usable.
    func cosines(rows: [Int]) -> [Double] {
        let models = isUsable.count
        var result = [Double](repeating: .nan, count: rows.count * models)
        for (row, model) in rows.enumerated() where isUsable[model] {
            for other in 0..<models where isUsable[other] {
                result[row * models + other] = Self.dot(values, model * buckets, other * buckets, buckets)
            }
        }
        return result
    }

    /// The mean cosine between models of different groups, as ``ProbeVectors/meanCosine(across:)``.
    func meanCosine(across groups: [[Int]]) -> Double {
        var total = [Double](repeating: 0, count: buckets)
        var within = 0.0
        var usable = 0.0
        for group in groups {
            let members = group.filter { isUsable[$0] }
            guard !members.isEmpty else { continue }
            usable += 1
            var part = [Double](repeating: 0, count: buckets)
            for member in members {
                for bucket in 0..<buckets { part[bucket] += values[member * buckets + bucket] / Double(members.count) }
            }
            for bucket in 0..<buckets { total[bucket] += part[bucket] }
            within += Self.dot(part, 0, 0, buckets)
        }
        guard usable >= 2 else { return .nan }
        return (Self.dot(total, 0, 0, buckets) - within) / (usable * (usable - 1))
    }

    /// Scales a range to unit length; false, and unchanged, if it is zero up to rounding.
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
