internal import Features
internal import ForensicTypes

/// Mean similarities of all pairs of some models over the probes that both answered, in every view.
///
/// Probes are added one at a time; nothing is kept of them but sums. A copy is a snapshot at a probe budget.
struct PairViews: Sendable {
    /// The models, in the order of rows and columns.
    let models: [String]
    /// The lineage of each model, as an index into ``lineages``.
    let lineageOfModel: [Int]
    /// The lineages, in order of their names.
    let lineages: [Lineage]
    /// How many probes have been added.
    private(set) var probes = 0
    private let weights: [Double]
    private var sums: [[Double]]
    private var counts: [[Int32]]

    /// Prepares for some models.
    init(models: [(name: String, lineage: Lineage)]) {
        self.models = models.map(\.name)
        let lineages = Set(models.map(\.lineage)).sorted()
        var numbers: [Lineage: Int] = [:]
        for (number, lineage) in lineages.enumerated() { numbers[lineage] = number }
        let lineageOfModel = models.map { numbers[$0.lineage] ?? 0 }
        var sizes = [Int](repeating: 0, count: lineages.count)
        for lineage in lineageOfModel { sizes[lineage] += 1 }
        self.lineages = lineages
        self.lineageOfModel = lineageOfModel
        self.weights = lineageOfModel.map { 1 / Double(sizes[$0]) }
        let cells = models.count * models.count
        self.sums = Array(repeating: Array(repeating: 0, count: cells), count: PairView.allCases.count)
        self.counts = Array(repeating: Array(repeating: 0, count: cells), count: PairView.allCases.count)
    }

    /// The models of each lineage.
    var members: [[Int]] {
        var members = [[Int]](repeating: [], count: lineages.count)
        for (model, lineage) in lineageOfModel.enumerated() { members[lineage].append(model) }
        return members
    }

    /// The mean similarities in a view, symmetric, row by row; a kernel view has ones on the diagonal. Pairs without a
    /// common probe have 0.
    func matrix(_ view: PairView) -> [Double] {
        let count = models.count
        var result = [Double](repeating: 0, count: count * count)
        for row in 0..<count {
            result[row * count + row] = PairView.kernels.contains(view) ? 1 : 0
            for column in row + 1..<max(count, row + 1) {
                let cell = row * count + column
                guard counts[view.rawValue][cell] > 0 else { continue }
                let mean = sums[view.rawValue][cell] / Double(counts[view.rawValue][cell])
                result[cell] = mean
                result[column * count + row] = mean
            }
        }
        return result
    }

    /// The same similarities for some of the models only, in the given order.
    func restricted(to chosen: [Int]) -> PairViews {
        var result = PairViews(models: chosen.map { (name: models[$0], lineage: lineages[lineageOfModel[$0]]) })
        result.probes = probes
        let count = models.count
        for view in PairView.allCases.indices {
            for (row, left) in chosen.enumerated() {
                for column in row + 1..<max(chosen.count, row + 1) {
                    let right = chosen[column]
                    let source = min(left, right) * count + max(left, right)
                    result.sums[view][row * chosen.count + column] = sums[view][source]
                    result.counts[view][row * chosen.count + column] = counts[view][source]
                }
            }
        }
        return result
    }

    /// How many probes both models answered.
    func commonProbes(_ first: Int, _ second: Int) -> Int {
        Int(counts[PairView.format.rawValue][min(first, second) * models.count + max(first, second)])
    }

    /// Adds the answers to one probe: one per model, in the order of ``models``, nil where it is missing.
    mutating func add(_ answers: [AnswerFeatures?]) {
        precondition(answers.count == models.count, "\(answers.count) answers for \(models.count) models")
        let characters = answers.map { $0.map { $0.characters.map(UInt64.init) } }
        addCosines(of: characters, to: .characters)
        // 197 4-grams begin and end within the first 200 scalars.
        addCosines(of: characters.map { $0.map { Array($0.prefix(197)) } }, to: .openingCharacters)
        addCosines(of: answers.map { $0?.wordKeys(3) }, to: .wordTriples)
        addCosines(of: answers.map { $0?.wordKeys(5) }, to: .wordQuintuples)
        let vectors = ProbeVectors(
            documents: answers.map { $0.map { $0.wordKeys(1) + $0.wordKeys(2) } }, modelWeights: weights, buckets: 512)
        let residuals = ResidualVectors(vectors, modelWeights: weights).cosines(
            rows: Array(models.indices))
        let count = models.count
        for row in 0..<count {
            for column in row + 1..<max(count, row + 1) where !residuals[row * count + column].isNaN {
                add(residuals[row * count + column], to: .panelResidual, row * count + column)
            }
        }
        addAligned(answers)
        probes += 1
    }

    /// Adds the probes of another collection of similarities of the same models.
    mutating func add(_ other: PairViews) {
        precondition(other.models == models, "views of other models are added")
        for view in sums.indices {
            for cell in sums[view].indices where other.counts[view][cell] > 0 {
                sums[view][cell] += other.sums[view][cell]
                counts[view][cell] += other.counts[view][cell]
            }
        }
        probes += other.probes
    }

    private mutating func add(_ value: Double, to view: PairView, _ cell: Int) {
        sums[view.rawValue][cell] += value
        counts[view.rawValue][cell] += 1
    }

    private mutating func addCosines(of documents: [[UInt64]?], to view: PairView) {
        let vectors = ProbeVectors(documents: documents, modelWeights: weights)
        vectors.addUpperCosines(to: &sums[view.rawValue], counting: &counts[view.rawValue])
    }

    private mutating func addAligned(_ answers: [AnswerFeatures?]) {
        let count = models.count
        for row in 0..<count {
            guard let left = answers[row] else { continue }
            for column in row + 1..<max(count, row + 1) {
                guard let right = answers[column] else { continue }
                let cell = row * count + column
                var difference = 0.0
                for mark in left.format.indices { difference += Double(abs(left.format[mark] - right.format[mark])) }
                add(-difference, to: .format, cell)
                add(LogTable.onePlus(Self.common(left.words, right.words)), to: .commonPrefix, cell)
                add(Self.equalPositions(left.opening, right.opening), to: .alignedOpening, cell)
            }
        }
    }

    private static func common(_ left: [UInt32], _ right: [UInt32]) -> Int {
        let shared = min(left.count, right.count)
        for index in 0..<shared where left[index] != right[index] { return index }
        return shared
    }

    private static func equalPositions(_ left: [UInt32], _ right: [UInt32]) -> Double {
        var equal = 0
        for index in 0..<min(left.count, right.count) where left[index] == right[index] { equal += 1 }
        // Positions that neither answer reaches are equal.
        equal += max(0, AnswerFeatures.alignedScalars - max(left.count, right.count))
        return Double(equal) / Double(AnswerFeatures.alignedScalars)
    }
}

extension ProbeVectors {
    /// Adds the cosine of every pair above the diagonal to a matrix of sums, row by row.
    func addUpperCosines(to sums: inout [Double], counting counts: inout [Int32]) {
        let models = isUsable.count
        var products = [Double](repeating: 0, count: models * models)
        for gram in 0..<sharedGrams {
            let (first, end) = (Int(starts[gram]), Int(starts[gram &+ 1]))
            for entry in first..<end {
                let (base, weight) = (Int(holders[entry]) &* models, weights[entry])
                for other in (entry &+ 1)..<end { products[base &+ Int(holders[other])] += weight * weights[other] }
            }
        }
        for row in 0..<models where isUsable[row] {
            for column in row + 1..<max(models, row + 1) where isUsable[column] {
                let cell = row * models + column
                sums[cell] += products[cell] * scales[row] * scales[column]
                counts[cell] += 1
            }
        }
    }
}
