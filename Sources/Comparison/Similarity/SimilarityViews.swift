public import ForensicTypes

/// Mean similarities of models over probes, in every view, built up probe by probe so that no text need be held.
///
/// For `M` models it holds `rows × M` sums and counts per view and fold, where the rows are the models that are asked about.
///
/// ```swift
/// var views = SimilarityViews(models: population.map(\.identity))     // all pairs
/// for probe in probes {
///     views.add(population.map { $0.answer(to: probe) })               // [UInt8]? per model, in the same order
/// }
/// let cohort = SymmetricNormalisation.Cohort(models: unrelated, of: views, excluding: (3, 17))
/// let score = try SymmetricNormalisation.score(3, 17, in: views, cohort: cohort)
/// ```
public struct SimilarityViews: Sendable {
    /// The models, in the order of the columns.
    public let models: [ModelIdentity]
    /// The indices of the models that have a row.
    public let rows: [Int]
    /// Computes the similarities of one probe for these models.
    public let kernel: ProbeSimilarityKernel
    /// How many probes have been added.
    public private(set) var probes = 0
    /// Into how many folds the probes are dealt in turn, for the jackknife.
    let folds: Int
    private let rowOfModel: [Int]
    private var sums: [[[Double]]]
    private var counts: [[[Int32]]]
    /// The cohort that the views were made for, by lineage; empty if every model has a row.
    let cohort: [[Int]]
    /// The answers to the first probes as points; nil unless it was asked for.
    private(set) var geometry: ResponseGeometry?
    private var levelSums = [Double](repeating: 0, count: SimilarityView.allCases.count)
    private var levelCounts = [Double](repeating: 0, count: SimilarityView.allCases.count)

    /// Prepares for some models.
    ///
    /// - Parameters:
    ///   - models: The models. One without a lineage is a lineage by itself; the models of one lineage share one weight in the
    ///     rarity of n-grams and in the mean answer, so that a large family does not decide what is common.
    ///   - rows: The indices of the models whose similarities are wanted; nil for all of them. With two rows and a cohort
    ///     the cost per probe is linear in the number of models.
    ///   - cohort: The indices of the models that normalise, where they have no rows: their mutual similarity is summed up.
    ///   - folds: Into how many folds the probes are dealt, 2 or more.
    public init(models: [ModelIdentity], rows: [Int]? = nil, cohort: [Int] = [], folds: Int = 20) {
        self.init(models: models, rows: rows, cohort: cohort, folds: folds, keepsGeometry: false)
    }

    /// The same; `keepsGeometry` keeps the answers to the first probes as points.
    init(models: [ModelIdentity], rows: [Int]?, cohort: [Int], folds: Int = 20, keepsGeometry: Bool) {
        let rows = rows ?? Array(models.indices)
        self.models = models
        self.geometry = keepsGeometry ? ResponseGeometry(models: models.count) : nil
        self.rows = rows
        self.folds = max(2, folds)
        var members: [Lineage: Int] = [:]
        for case let lineage? in models.map(\.lineage) { members[lineage, default: 0] += 1 }
        let weights = models.map { model in model.lineage.flatMap { members[$0] }.map { 1 / Double($0) } ?? 1 }
        let grouped = Dictionary(grouping: cohort.filter { models[$0].lineage != nil }) { models[$0].lineage }
        self.cohort = grouped.keys.compactMap(\.self).sorted().map { (grouped[$0] ?? []).sorted() }
        self.kernel = ProbeSimilarityKernel(modelWeights: weights, rows: rows, cohort: self.cohort)
        var rowOfModel = [Int](repeating: -1, count: models.count)
        for (row, model) in rows.enumerated() { rowOfModel[model] = row }
        self.rowOfModel = rowOfModel
        let cells = rows.count * models.count
        let views = SimilarityView.allCases.count
        self.sums = Array(
            repeating: Array(repeating: Array(repeating: 0, count: cells), count: self.folds + 1), count: views)
        self.counts = Array(
            repeating: Array(repeating: Array(repeating: 0, count: cells), count: self.folds + 1), count: views)
    }

    /// Adds the answers to one probe: one per model, in the order of ``models``, nil where it is missing.
    public mutating func add(_ texts: [[UInt8]?]) { add(kernel.similarities(of: texts)) }

    /// Adds the answers to several probes, compared on all processors. The same as adding them one by one.
    public mutating func add(each probes: [[[UInt8]?]]) {
        // In blocks, so that the similarities of no more than a block are held at once.
        let size = max(32, min(512, 4_000_000 / max(1, rows.count * models.count)))
        for start in stride(from: 0, to: probes.count, by: size) {
            let block = Array(probes[start..<min(start + size, probes.count)])
            let wanted = geometry.map { $0.isFull ? 0 : ResponseGeometry.mostProbes } ?? 0
            for similarity in kernel.similarities(ofEach: block, embedding: wanted) { add(similarity) }
        }
    }

    /// Adds the similarities of one probe that ``kernel`` computed. The order of the calls decides the folds.
    public mutating func add(_ probe: ProbeSimilarity) {
        let fold = probes % folds
        for view in probe.values.indices {
            for cell in probe.values[view].indices where !probe.values[view][cell].isNaN {
                sums[view][fold][cell] += probe.values[view][cell]
                counts[view][fold][cell] += 1
                sums[view][folds][cell] += probe.values[view][cell]
                counts[view][folds][cell] += 1
            }
        }
        for view in probe.levels.indices where !probe.levels[view].isNaN {
            levelSums[view] += probe.levels[view]
            levelCounts[view] += 1
        }
        if !probe.embeddings.isEmpty { geometry?.add(probe.embeddings, isUsable: probe.isEmbedded) }
        probes += 1
    }

    /// The mean over probes of the mean similarity within the cohort that the views were made for; nil without one.
    func cohortLevel(_ view: SimilarityView) -> Double? {
        levelCounts[view.index] > 0 ? levelSums[view.index] / levelCounts[view.index] : nil
    }

    /// The mean similarity of two models over the probes that both answered; nil if there is none.
    ///
    /// - Parameters:
    ///   - view: The view.
    ///   - first: A model; it or `second` must have a row.
    ///   - second: Another model.
    ///   - fold: A fold to leave out, for the jackknife.
    public func similarity(_ view: SimilarityView, _ first: Int, _ second: Int, without fold: Int? = nil) -> Double? {
        guard let cell = cell(first, second) else { return nil }
        // The last fold of each array is the total of the others.
        var sum = sums[view.index][folds][cell]
        var count = counts[view.index][folds][cell]
        if let fold {
            sum -= sums[view.index][fold][cell]
            count -= counts[view.index][fold][cell]
        }
        return count > 0 ? sum / Double(count) : nil
    }

    /// How many probes both models answered, in a view.
    public func usableProbes(_ view: SimilarityView, _ first: Int, _ second: Int) -> Int {
        guard let cell = cell(first, second) else { return 0 }
        return Int(counts[view.index][folds][cell])
    }

    /// Whether a model's similarities to all models are held.
    func hasRow(_ model: Int) -> Bool { rowOfModel[model] >= 0 }

    private func cell(_ first: Int, _ second: Int) -> Int? {
        if rowOfModel[first] >= 0 { return rowOfModel[first] * models.count + second }
        if rowOfModel[second] >= 0 { return rowOfModel[second] * models.count + first }
        return nil
    }
}
