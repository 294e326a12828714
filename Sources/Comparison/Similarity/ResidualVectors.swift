/// What is left of the answers to one probe when their mean is taken off: hashed vectors of unit length.
struct ResidualVectors {
    /// The number of buckets, a power of two.
    private let buckets: Int
    private let models: Int
    /// One row of models per bucket: every step below goes over all models at once.
    private var values: [Double]
    /// Whether something is left of each model's answer.
    private(set) var isUsable: [Bool]

    /// Hashes vectors to signed buckets, scales them to unit length, takes their weighted mean off and scales again.
    ///
    /// - Parameters:
    ///   - vectors: The n-gram weights, added up in a power of two of buckets.
    ///   - modelWeights: One weight per model; those of one lineage sum to 1.
    init(_ vectors: ProbeVectors, modelWeights: [Double]) {
        let models = modelWeights.count
        let buckets = models == 0 ? 0 : vectors.buckets.count / models
        self.buckets = buckets
        self.models = models
        self.values = vectors.buckets
        self.isUsable = vectors.isUsable
        scale(by: vectors.scales)
        scaleToUnit()
        var answered = 0.0
        var shares = [Double](repeating: 0, count: models)
        var present = shares
        for model in 0..<models where isUsable[model] {
            answered += modelWeights[model]
            shares[model] = modelWeights[model]
            present[model] = 1
        }
        guard answered > 0 else { return }
        var rows = values.mutableSpan
        for bucket in 0..<buckets {
            let base = bucket &* models
            var mean = 0.0
            for model in 0..<models { mean += shares[model] * rows[base &+ model] }
            mean /= answered
            for model in 0..<models { rows[base &+ model] -= mean * present[model] }
        }
        scaleToUnit()
    }

    /// Scales every vector to unit length. One that is zero up to rounding becomes zero and unusable.
    private mutating func scaleToUnit() {
        var squares = [Double](repeating: 0, count: models)
        addProducts(of: nil, to: &squares)
        let scales = squares.enumerated().map { isUsable[$0] && $1 > 1e-18 ? 1 / $1.squareRoot() : 0 }
        for model in 0..<models where scales[model] == 0 { isUsable[model] = false }
        scale(by: scales)
    }

    /// Multiplies every vector by a number of its own.
    private mutating func scale(by factors: [Double]) {
        let (buckets, models) = (buckets, models)
        var rows = values.mutableSpan
        let factors = factors.span
        for bucket in 0..<buckets {
            let base = bucket &* models
            for model in 0..<models { rows[base &+ model] *= factors[model] }
        }
    }

    /// Adds to `sums` the inner product of each model's vector with that of `row`, or with itself.
    private func addProducts(of row: Int?, to sums: inout [Double]) {
        let rows = values.span
        var sums = sums.mutableSpan
        for bucket in 0..<buckets {
            let base = bucket &* models
            if let row {
                let factor = rows[base &+ row]
                for model in 0..<models { sums[model] += factor * rows[base &+ model] }
            } else {
                for model in 0..<models { sums[model] += rows[base &+ model] * rows[base &+ model] }
            }
        }
    }

    /// The cosines of some models' vectors with those of all models, row by row; nan where either is not usable.
    func cosines(rows: [Int]) -> [Double] {
        var result: [Double] = []
        result.reserveCapacity(rows.count * models)
        for row in rows {
            var sums = [Double](repeating: 0, count: models)
            addProducts(of: row, to: &sums)
            result += sums.enumerated().map { isUsable[row] && isUsable[$0] ? $1 : .nan }
        }
        return result
    }

    /// The mean cosine between models of different groups, as ``ProbeVectors/meanCosine(across:)``.
    func meanCosine(across groups: [[Int]]) -> Double {
        var parts: [(members: [Int], share: Double)] = []
        for group in groups {
            let members = group.filter { isUsable[$0] }
            if !members.isEmpty { parts.append((members, 1 / Double(members.count))) }
        }
        guard parts.count >= 2 else { return .nan }
        var across = 0.0
        for bucket in 0..<buckets {
            let base = bucket &* models
            var (total, within) = (0.0, 0.0)
            for part in parts {
                var sum = 0.0
                for member in part.members { sum += values[base &+ member] }
                let mean = sum * part.share
                total += mean
                within += mean * mean
            }
            across += total * total - within
        }
        return across / Double(parts.count * (parts.count - 1))
    }

    /// One row of single-precision numbers per model, in which buckets that agree in their low bits are added up.
    ///
    /// Adding up signed buckets is the same hashing to fewer of them. A model without a vector has zeros.
    func folded(to columns: Int) -> [Float] {
        var result = [Float](repeating: 0, count: models * columns)
        for bucket in 0..<buckets {
            let column = bucket & (columns - 1)
            for model in 0..<models { result[model &* columns &+ column] += Float(values[bucket &* models &+ model]) }
        }
        return result
    }
}
